"""Routes of pipelines that run elsewhere: submit, export, retry, list what was stored."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from types import ModuleType

    from ..domain.jobs import Job


class _JobRouteHandler(BaseRouteHandler):
    """Starts jobs."""

    async def answer_job(self, job: Job) -> None:
        """Answer a job that has been accepted."""
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class SubmissionsRouteHandler(_JobRouteHandler):
    """Pipelines that are handed to an engine."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that hands one over."""
        body = await self.read_body("SubmissionRequest")
        await self.answer_job(
            await self.backstage.in_thread(lambda: _calls().submit(self.backstage, body))
        )


class PipelineExportsRouteHandler(_JobRouteHandler):
    """Pipelines as their engine reads them."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that exports one; it stores the files of its steps."""
        body = await self.read_body("PipelineExportRequest")
        await self.answer_job(
            await self.backstage.in_thread(lambda: _calls().export(self.backstage, body))
        )


class RunRetriesRouteHandler(BaseRouteHandler):
    """Runs elsewhere that failed."""

    @allowed("execute")
    async def post(self, run: str) -> None:
        """Have the engine run again what failed."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().retry(self.backstage, run, path, self.gone)
            ),
            HTTPStatus.ACCEPTED,
        )


class RunOutputsRouteHandler(BaseRouteHandler):
    """What runs elsewhere have stored."""

    @allowed("read")
    async def get(self, run: str) -> None:
        """List it."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().list_outputs(self.backstage, run, path, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import submission_calls

    return submission_calls
