"""Routes of kernels: list, make, refresh, delete, compare."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from ..domain.jobs import Job


class _KernelJobRouteHandler(BaseRouteHandler):
    """Starts jobs."""

    async def start(self, submit: Callable[[], Job]) -> None:
        """Answer the job that was submitted in a worker thread."""
        job = await self.backstage.in_patient_thread(submit)
        url = self.url_of_job(job.id)
        self.set_header("Location", url)
        await self.answer(job_json(job, url), HTTPStatus.ACCEPTED)


class KernelsRouteHandler(_KernelJobRouteHandler):
    """The kernels that were made from locks."""

    @allowed("read")
    async def get(self) -> None:
        """List them, each with its state."""
        await self.answer(
            await self.backstage.in_patient_thread(lambda: _calls().list_all(self.backstage))
        )

    @allowed("execute")
    async def post(self) -> None:
        """Start a job that makes a kernel from the lock of the notebook in the request."""
        body = await self.read_body("KernelRequest")
        await self.start(lambda: _calls().submit_kernel(self.backstage, body))


class KernelRouteHandler(_KernelJobRouteHandler):
    """One kernel that was made from a lock."""

    @allowed("read")
    async def get(self, name: str) -> None:
        """Read it."""
        await self.answer(
            await self.backstage.in_patient_thread(lambda: _calls().find_one(self.backstage, name))
        )

    @allowed("execute")
    async def post(self, name: str) -> None:
        """Start a job that makes it anew from its notebook's lock."""
        await self.start(lambda: _calls().submit_refresh(self.backstage, name))

    @allowed("write")
    async def delete(self, name: str) -> None:
        """Delete it, and the environments that no kernel uses then."""
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().delete_one(self.backstage, name, self.gone)
            )
        )


class NotebookKernelsRouteHandler(BaseRouteHandler):
    """The kernel that a notebook names."""

    @allowed("read")
    async def post(self) -> None:
        """Compare it with the lock of the notebook in the request; it is not started."""
        body = await self.read_body("OpenNotebook")
        await self.answer(
            await self.backstage.in_patient_thread(
                lambda: _calls().check_open(self.backstage, body)
            )
        )


def _calls() -> ModuleType:
    # In the worker thread, and not before somebody asks: this brings every use case and adapter.
    from . import kernel_calls

    return kernel_calls
