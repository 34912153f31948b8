"""Routes of packages: search the user's indexes, and look at one package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class PackagesRouteHandler(BaseRouteHandler):
    """The packages on the user's indexes."""

    @allowed("read")
    async def get(self) -> None:
        """Answer the names that match what is typed."""
        query = self.read_required_query("query")
        limit = self.read_query("limit")
        found = await self.backstage.in_patient_thread(
            lambda: _calls().search(self.backstage, query, limit, self.gone)
        )
        await self.answer(found)


class PackageRouteHandler(BaseRouteHandler):
    """One package."""

    @allowed("read")
    async def get(self, name: str) -> None:
        """Answer its versions."""
        choice = {key: self.read_query(key) for key in ("python_version", "platform")}
        found = await self.backstage.in_patient_thread(
            lambda: _calls().describe(self.backstage, name, choice, self.gone)
        )
        await self.answer(found)


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import package_calls

    return package_calls
