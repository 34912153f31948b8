"""Routes of workflows by which a forge tags what was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class ReleaseWorkflowsRouteHandler(BaseRouteHandler):
    """The files of the workflow."""

    @allowed("read")
    async def get(self) -> None:
        """Answer them as they would be."""
        body = {
            "folder": self.read_query("folder"),
            "path": self.read_query("path"),
            "forge": self.read_query("forge"),
        }
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().show_workflow(self.backstage, body, self.gone)
            )
        )

    @allowed("write")
    async def post(self) -> None:
        """Write those that were agreed to."""
        body = await self.read_body("ReleaseWorkflowRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().write_workflow(self.backstage, body, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings use cases and adapters.
    from . import workflow_calls

    return workflow_calls
