"""Routes of configuration files: read, preview and write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class ConfigurationRouteHandler(BaseRouteHandler):
    """A configuration file of a folder."""

    @allowed("read")
    async def get(self) -> None:
        """Answer what it says, and what is off in it."""
        folder, kind = self.read_required_query("folder"), self.read_required_query("kind")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().read(self.backstage, folder, kind))
        )

    @allowed("write")
    async def put(self) -> None:
        """Write other values into it, unless it changed meanwhile."""
        body = await self.read_body("ConfigurationEdit")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().write(self.backstage, body))
        )


class ConfigurationPreviewsRouteHandler(BaseRouteHandler):
    """What a configuration file would be with other values."""

    @allowed("read")
    async def post(self) -> None:
        """Answer it; nothing is written."""
        body = await self.read_body("ConfigurationEdit")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().preview(self.backstage, body))
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings the use cases.
    from . import configuration_calls

    return configuration_calls
