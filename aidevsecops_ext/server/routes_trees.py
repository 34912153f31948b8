"""The route of dependency trees."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from ..domain.jobs import Job


class NotebookTreesRouteHandler(BaseRouteHandler):
    """Why each of a notebook's locked packages is there."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that finds it out for the notebook in the request."""
        body = await self.read_body("TreeRequest")

        def submit() -> Job:
            # In the worker thread: this brings the use cases.
            from .tree_calls import submit_tree

            return submit_tree(self.backstage, body)

        job = await self.backstage.in_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)
