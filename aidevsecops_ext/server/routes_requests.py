"""Routes of requests to bots: the issues that ask one for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class RequestsRouteHandler(BaseRouteHandler):
    """The issues that are open."""

    @allowed("read")
    async def get(self) -> None:
        """Answer them."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().list_requests(self.backstage, body, self.gone)
            )
        )

    @allowed("execute")
    async def post(self) -> None:
        """Open one, or answer how it would be."""
        body = await self.read_body("BotRequestRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().make_request(self.backstage, body, self.gone)
            )
        )


class RequestRouteHandler(BaseRouteHandler):
    """One issue."""

    @allowed("read")
    async def get(self, number: str) -> None:
        """Answer what became of it."""
        body = {"folder": self.read_query("folder"), "path": self.read_query("path")}
        # A number that is none is one that no issue has.
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show_request(self.backstage, body, wanted, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings use cases and adapters.
    from . import request_calls

    return request_calls
