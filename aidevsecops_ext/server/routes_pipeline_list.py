"""The route that lists and makes pipelines."""

from __future__ import annotations

from http import HTTPStatus
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

    @allowed("write")
    async def post(self) -> None:
        """Make the pipeline of the notebooks in the request."""
        body = await self.read_body("PipelineCreateRequest")
        await self.answer(
            await self.backstage.in_patient_thread(lambda: self._make(body)), HTTPStatus.CREATED
        )

    def _make(self, body: dict[str, Json]) -> Json:
        from .pipeline_calls import make_pipeline

        return make_pipeline(self.backstage, body, self.gone)

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
