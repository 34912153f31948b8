"""The route of audits."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from ..domain.jobs import Job


class NotebookAuditsRouteHandler(BaseRouteHandler):
    """What is known against a notebook's locked packages."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that audits the notebook in the request."""
        body = await self.read_body("AuditRequest")

        def submit() -> Job:
            # In the worker thread: this brings the use cases.
            from .audit_calls import submit_audit

            return submit_audit(self.backstage, body)

        job = await self.backstage.in_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)
