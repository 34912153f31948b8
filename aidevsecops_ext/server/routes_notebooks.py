"""Routes of notebooks: dependencies, requirements, locks, targets."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from types import ModuleType


class NotebookDependenciesRouteHandler(BaseRouteHandler):
    """What a notebook needs, declares and has locked."""

    @allowed("read")
    async def get(self) -> None:
        """Inspect the notebook as it is saved."""
        path = self.read_required_query("path")
        found = await self.backstage.in_patient_thread(
            lambda: _calls().inspect_saved(self.backstage, path, self.gone)
        )
        await self.answer(found)

    @allowed("read")
    async def post(self) -> None:
        """Inspect the notebook as it is in the request."""
        body = await self.read_body("OpenNotebook")
        found = await self.backstage.in_patient_thread(
            lambda: _calls().inspect_open(self.backstage, body, self.gone)
        )
        await self.answer(found)


class NotebookRequirementsRouteHandler(BaseRouteHandler):
    """What a notebook declares."""

    @allowed("read")
    async def post(self) -> None:
        """Answer the edit that changes it; nothing is written, so reading is enough."""
        body = await self.read_body("RequirementsEditRequest")
        edit = await self.backstage.in_patient_thread(
            lambda: _calls().edit_open(self.backstage, body)
        )
        await self.answer(edit)


class NotebookLocksRouteHandler(BaseRouteHandler):
    """The locks of notebooks."""

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that locks the notebook in the request."""
        body = await self.read_body("LockRequest")
        job = await self.backstage.in_thread(lambda: _calls().submit_lock(self.backstage, body))
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class NotebookTargetsRouteHandler(BaseRouteHandler):
    """What a notebook can be locked for."""

    @allowed("read")
    async def get(self) -> None:
        """List the runtime environments of the nearest .thoth.yaml."""
        path = self.read_required_query("path")
        await self.answer(
            await self.backstage.in_thread(lambda: _calls().list_targets(self.backstage, path))
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import notebook_calls

    return notebook_calls
