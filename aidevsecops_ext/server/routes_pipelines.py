"""Routes of pipelines' documents: drafts, imports and validations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler

if TYPE_CHECKING:
    from types import ModuleType


class PipelineDraftsRouteHandler(BaseRouteHandler):
    """Pipelines that could be made."""

    @allowed("read")
    async def post(self) -> None:
        """Answer the pipeline of the notebooks in the request; nothing is written."""
        body = await self.read_body("PipelineDraftRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().preview_pipeline(self.backstage, body, self.gone)
            )
        )


class PipelineImportsRouteHandler(BaseRouteHandler):
    """Pipelines of older versions of Elyra."""

    @allowed("write")
    async def post(self) -> None:
        """Answer the pipeline in version 8; it is written where that is asked for."""
        body = await self.read_body("PipelineImportRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().import_one(self.backstage, body, self.gone)
            )
        )


class PipelineValidationsRouteHandler(BaseRouteHandler):
    """Validations of pipelines."""

    @allowed("read")
    async def post(self) -> None:
        """Answer what keeps a saved pipeline from doing what it says."""
        body = await self.read_body("PipelineValidationRequest")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().validate_one(self.backstage, body, self.gone)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import pipeline_calls

    return pipeline_calls
