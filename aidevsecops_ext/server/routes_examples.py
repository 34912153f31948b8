"""Route of the example project."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from ..domain.json_value import Json


class ExamplesRouteHandler(BaseRouteHandler):
    """Copies of the example project."""

    @allowed("write")
    async def post(self) -> None:
        """Make one in a new folder."""
        body = await self.read_body("ExamplesRequest")
        copied = await self.backstage.in_patient_thread(lambda: self._copy(body))
        await self.answer(copied, HTTPStatus.CREATED)

    def _copy(self, body: dict[str, Json]) -> dict[str, Json]:
        import msgspec

        from ..app.copy_examples import copy_examples

        parent = self.backstage.paths.check(cast("str", body.get("folder", ".")))
        copied = copy_examples(parent, self.backstage.services.example_ports(), self.gone)
        return cast("dict[str, Json]", msgspec.to_builtins(copied))
