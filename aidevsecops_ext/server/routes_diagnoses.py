"""The route of diagnoses."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from ..domain.jobs import Job


class DiagnosesRouteHandler(BaseRouteHandler):
    """What is in the way on this machine."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that looks for it."""
        body = await self.read_body("DiagnosisRequest")

        def submit() -> Job:
            # In the worker thread: this brings the use cases.
            from .diagnosis_calls import submit_diagnosis

            return submit_diagnosis(self.backstage, body, self.gone)

        job = await self.backstage.in_patient_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)
