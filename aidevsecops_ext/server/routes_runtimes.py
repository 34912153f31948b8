"""Routes of images and runtime configurations."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class RuntimeImagesRouteHandler(BaseRouteHandler):
    """The images that nodes of pipelines run in."""

    @allowed("read")
    async def get(self) -> None:
        """List those that are registered."""
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().list_images(self.backstage))
        )

    @allowed("write")
    async def post(self) -> None:
        """Register the image of an overlay, or any other."""
        body = await self.read_body("RuntimeImageRequest")
        found = await self.backstage.in_thread(
            lambda: _calls().register(self.backstage, body, self.gone)
        )
        await self.answer(found, HTTPStatus.CREATED)


class RuntimesRouteHandler(BaseRouteHandler):
    """Where pipelines are submitted to."""

    @allowed("read")
    async def get(self) -> None:
        """List the configurations, without their secrets."""
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().list_runtimes(self.backstage))
        )

    @allowed("write")
    async def post(self) -> None:
        """Add one."""
        body = await self.read_body("RuntimeRequest")
        added = await self.backstage.in_thread(lambda: _calls().add(self.backstage, body))
        await self.answer(added, HTTPStatus.CREATED)


class RuntimeTestsRouteHandler(BaseRouteHandler):
    """Tests of runtime configurations."""

    @allowed("execute")
    async def post(self) -> None:
        """Ask all that a configuration names whether it answers."""
        body = await self.read_body("RuntimeTestRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().test_one(self.backstage, body, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import runtime_calls

    return runtime_calls
