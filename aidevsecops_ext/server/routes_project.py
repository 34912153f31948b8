"""Routes of a project: how it is, looking up its advisories, adopting it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from types import ModuleType


class ProjectRouteHandler(BaseRouteHandler):
    """The project that a file or a folder is in."""

    @allowed("read")
    async def get(self) -> None:
        """Answer how it is, and what is next."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show(self.backstage, body, self.gone)
            )
        )


class ProjectAuditsRouteHandler(BaseRouteHandler):
    """Advisories against all that a project locks."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that looks them up."""
        body = await self.read_body("ProjectAuditRequest")
        job = await self.backstage.in_patient_thread(
            lambda: _calls().submit_audit(self.backstage, body, self.gone)
        )
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class ProjectAdoptionsRouteHandler(BaseRouteHandler):
    """Projects that are adopted."""

    @allowed("write")
    async def post(self) -> None:
        """Write the files of the template that were chosen."""
        body = await self.read_body("ProjectAdoptionRequest")
        written = await self.backstage.in_patient_thread(
            lambda: _calls().adopt(self.backstage, body, self.gone)
        )
        await self.answer(written, HTTPStatus.CREATED)


class ProjectAdoptionPreviewsRouteHandler(BaseRouteHandler):
    """Projects that could be adopted."""

    @allowed("read")
    async def post(self) -> None:
        """Answer what would be written; nothing is."""
        body = await self.read_body("ProjectAdoptionPreviewRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().preview_adoption(self.backstage, body, self.gone)
            )
        )


class ProjectAdoptionUndosRouteHandler(BaseRouteHandler):
    """Projects whose adoption is taken back."""

    @allowed("write")
    async def post(self) -> None:
        """Delete what was written, but for what was changed since."""
        body = await self.read_body("ProjectAdoptionUndoRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().take_back_adoption(self.backstage, body, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import project_calls

    return project_calls
