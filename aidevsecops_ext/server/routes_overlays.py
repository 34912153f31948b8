"""Routes of overlays: list and check them, and extract one from a notebook."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from types import ModuleType


class OverlaysRouteHandler(BaseRouteHandler):
    """The overlays of the repository."""

    @allowed("read")
    async def get(self) -> None:
        """List them, each with the state of its lock."""
        path = self.read_query("path")
        await self.answer(
            await self.backstage.in_patient_thread(lambda: _calls().list_all(self.backstage, path))
        )

    @allowed("write")
    async def post(self) -> None:
        """Start a job that writes the environment of the notebook in the request to one."""
        body = await self.read_body("OverlayRequest")
        job = await self.backstage.in_thread(lambda: _calls().submit_overlay(self.backstage, body))
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class OverlayChecksRouteHandler(BaseRouteHandler):
    """Checks of overlays."""

    @allowed("read")
    async def get(self) -> None:
        """Answer whether each lock holds, and holds what its notebook imports."""
        path, folder = self.read_query("path"), self.read_query("folder")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().check_all(self.backstage, path, folder, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import overlay_calls

    return overlay_calls
