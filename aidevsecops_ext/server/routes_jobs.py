"""Routes of jobs: list, read, follow, cancel, forget."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from .access import allowed
from .base import BaseRouteHandler
from .views import job_json, log_json

if TYPE_CHECKING:
    from ..domain.jobs import JobId


class JobsRouteHandler(BaseRouteHandler):
    """All jobs."""

    @allowed("read")
    async def get(self) -> None:
        """List them, newest first."""
        key, kind = self.read_query("key"), self.read_query("kind")
        found = await self.backstage.in_thread(lambda: self.backstage.engine.find_all(key, kind))
        await self.answer({"jobs": [job_json(job, self.url_of_job(job.id)) for job in found]})

    @allowed("write")
    async def delete(self) -> None:
        """Forget those that have ended."""
        await self.backstage.in_thread(lambda: self.backstage.engine.forget_ended())
        self.set_status(HTTPStatus.NO_CONTENT)
        await self.finish()


class JobRouteHandler(BaseRouteHandler):
    """One job."""

    @allowed("read")
    async def get(self, job_id: str) -> None:
        """Read it, as often as wanted."""
        job = await self.backstage.in_thread(
            lambda: self.backstage.engine.find(cast("JobId", job_id))
        )
        await self.answer(job_json(job, self.url_of_job(job.id)))

    @allowed("execute")
    async def delete(self, job_id: str) -> None:
        """Cancel it."""
        job = await self.backstage.in_thread(
            lambda: self.backstage.engine.cancel(cast("JobId", job_id))
        )
        await self.answer(job_json(job, self.url_of_job(job.id)), HTTPStatus.ACCEPTED)


class JobLogRouteHandler(BaseRouteHandler):
    """The log of one job."""

    @allowed("read")
    async def get(self, job_id: str) -> None:
        """Read its lines from an offset on."""
        offset = self.read_count("offset")
        part, is_complete = await self.backstage.in_thread(
            lambda: self.backstage.engine.read_log(cast("JobId", job_id), offset)
        )
        await self.answer(log_json(part, is_complete=is_complete))
