"""Routes that carry environments to and from the files of other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class NotebookExportsRouteHandler(BaseRouteHandler):
    """A notebook's environment as files."""

    @allowed("read")
    async def post(self) -> None:
        """Answer the files; nothing is written, so reading is enough."""
        body = await self.read_body("ExportRequest")
        answer = await self.backstage.in_patient_thread(
            lambda: _calls().export_open(self.backstage, body, self.gone)
        )
        await self.answer(answer)


class NotebookImportsRouteHandler(BaseRouteHandler):
    """Files as a notebook's environment."""

    @allowed("read")
    async def post(self) -> None:
        """Answer the edit; nothing is written, so reading is enough."""
        body = await self.read_body("ImportRequest")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().import_open(self.backstage, body))
        )


class NotebookConversionsRouteHandler(BaseRouteHandler):
    """Cells that install."""

    @allowed("read")
    async def post(self) -> None:
        """Answer the edit; nothing is written, so reading is enough."""
        body = await self.read_body("OpenNotebook")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().convert_open(self.backstage, body))
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import exchange_calls

    return exchange_calls
