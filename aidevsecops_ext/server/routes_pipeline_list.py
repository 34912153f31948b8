"""The route that lists pipelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from ..domain.json_value import Json


class PipelinesRouteHandler(BaseRouteHandler):
    """The pipelines of the project."""

    @allowed("read")
    async def get(self) -> None:
        """List them, each with its nodes and its parameters."""
        await self.answer(await self.backstage.in_patient_thread(self._list))

    def _list(self) -> Json:
        # In the worker thread, and not before somebody asks.
        from ..app.list_pipelines import list_pipelines
        from ..formats.pipeline_listing import entry_json

        return {
            "pipelines": [
                entry_json(each.path, each.pipeline, each.error)
                for each in list_pipelines(self.backstage.services.as_written)
            ]
        }
