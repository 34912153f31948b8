"""Routes of splits: preview, make, verify, and the report of a verification."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from ..domain.jobs import Job

# What a notebook printed is in it: no script runs, nothing is loaded, and it has no origin.
_PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)


class _SplitJobRouteHandler(BaseRouteHandler):
    """Starts jobs."""

    async def start(self, submit: Callable[[], Job]) -> None:
        """Answer the job that was submitted in a worker thread."""
        job = await self.backstage.in_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class SplitsRouteHandler(_SplitJobRouteHandler):
    """Splits that are made."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that splits the notebook in the request."""
        body = await self.read_body("SplitApplyRequest")
        await self.start(lambda: _calls().submit_split(self.backstage, body))


class SplitPreviewsRouteHandler(BaseRouteHandler):
    """Splits that could be made."""

    @allowed("read")
    async def post(self) -> None:
        """Answer what splitting the notebook in the request would do; nothing is written."""
        body = await self.read_body("SplitRequest")
        preview = await self.backstage.in_patient_thread(
            lambda: _calls().preview_open(self.backstage, body, self.gone)
        )
        await self.answer(preview)


class SplitVerificationsRouteHandler(_SplitJobRouteHandler):
    """Verifications of splits that were made."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that runs the notebook in the request and its steps, and compares."""
        body = await self.read_body("VerificationRequest")
        await self.start(lambda: _calls().submit_verification(self.backstage, body))


class SplitVerificationRouteHandler(BaseRouteHandler):
    """The report of a verification."""

    @allowed("read")
    async def get(self, report: str) -> None:
        """Show it as a page that can do nothing."""
        page = await self.backstage.in_thread(lambda: self.backstage.services.reports.read(report))
        self.set_header("Content-Security-Policy", _PAGE_POLICY)
        self.set_header("Content-Disposition", 'inline; filename="verification.html"')
        self.set_header("X-Content-Type-Options", "nosniff")
        await self.finish(page, set_content_type="text/html; charset=utf-8")


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import split_calls

    return split_calls
