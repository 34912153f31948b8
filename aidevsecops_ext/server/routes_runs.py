"""Routes of runs of pipelines: start, list, read, follow, compare, cancel."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from types import ModuleType


class RunsRouteHandler(BaseRouteHandler):
    """All runs."""

    @allowed("read")
    async def get(self) -> None:
        """List those of a pipeline, or of all below the root, newest first."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(lambda: _calls().list_runs(self.backstage, path))
        )

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that runs a pipeline here."""
        body = await self.read_body("RunRequest")
        job = await self.backstage.in_thread(lambda: _calls().submit_run(self.backstage, body))
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class RunRouteHandler(BaseRouteHandler):
    """One run."""

    @allowed("read")
    async def get(self, run: str) -> None:
        """Read it, as often as wanted."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().read_run(self.backstage, run, path, self.gone)
            )
        )

    @allowed("execute")
    async def delete(self, run: str) -> None:
        """Cancel it, whoever runs it."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().cancel_run(self.backstage, run, path, self.gone)
            ),
            HTTPStatus.ACCEPTED,
        )


class RunComparisonRouteHandler(BaseRouteHandler):
    """Two runs side by side."""

    @allowed("read")
    async def get(self, run: str) -> None:
        """Say what differs from another run to this one."""
        other, path = self.read_required_query("with"), self.read_query("path")
        await self.answer(
            await self.backstage.in_thread(
                lambda: _calls().compare(self.backstage, (other, run), path)
            )
        )


class StepLogRouteHandler(BaseRouteHandler):
    """The log of a step."""

    @allowed("read")
    async def get(self, run: str, step: str) -> None:
        """Read its lines from an offset on."""
        offset, path = self.read_count("offset"), self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().read_log(self.backstage, (run, path), (step, offset), self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import run_calls

    return run_calls
