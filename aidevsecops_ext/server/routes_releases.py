"""Routes of releases: what was released, preview, cut, resume and undo."""

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


class _ReleaseJobRouteHandler(BaseRouteHandler):
    """Starts jobs."""

    async def start(self, submit: Callable[[], Job]) -> None:
        """Answer the job that was submitted in a worker thread; git is asked before."""
        job = await self.backstage.in_patient_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class ReleasesRouteHandler(_ReleaseJobRouteHandler):
    """The releases of a repository."""

    @allowed("read")
    async def get(self) -> None:
        """Answer what was released, and which version the repository is now."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        is_asked = self.read_flag("remote")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show(self.backstage, body, self.gone, is_remote_asked=is_asked)
            )
        )

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that carries out the plan that was agreed to."""
        body = await self.read_body("ReleaseRequest")
        await self.start(lambda: _calls().submit_release(self.backstage, body, self.gone))


class ReleaseBuildsRouteHandler(BaseRouteHandler):
    """The builds of the newest release."""

    @allowed("read")
    async def get(self) -> None:
        """Answer how they stand."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show_builds(self.backstage, body, self.gone)
            )
        )


class ReleaseNotesRouteHandler(BaseRouteHandler):
    """What is not released."""

    @allowed("read")
    async def get(self) -> None:
        """Answer what changed since the last release."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show_notes(self.backstage, body, self.gone)
            )
        )


class ReleaseTokensRouteHandler(BaseRouteHandler):
    """Tokens for forges, which git's credential helper keeps."""

    @allowed("write")
    async def post(self) -> None:
        """Have it keep one that the forge accepts."""
        body = await self.read_body("ReleaseTokenRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().keep_token(self.backstage, body, self.gone)
            )
        )


class ReleasePreviewsRouteHandler(_ReleaseJobRouteHandler):
    """Releases that could be cut."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that plans one."""
        body = await self.read_body("ReleasePreviewRequest")
        await self.start(lambda: _calls().submit_preview(self.backstage, body, self.gone))


class ReleaseResumptionsRouteHandler(_ReleaseJobRouteHandler):
    """Releases that are not done."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that goes on with one."""
        body = await self.read_body("ReleaseResumptionRequest")
        await self.start(lambda: _calls().submit_resumption(self.backstage, body, self.gone))


class ReleaseUndosRouteHandler(_ReleaseJobRouteHandler):
    """Releases that are taken back."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that undoes the newest one."""
        body = await self.read_body("ReleaseUndoRequest")
        await self.start(lambda: _calls().submit_undo(self.backstage, body, self.gone))


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import release_calls

    return release_calls
