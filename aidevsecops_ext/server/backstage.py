"""What the request handlers share: made when the first request needs it, let go of at the stop."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable

    from ..app.project_memory import ProjectMemory
    from ..config import Settings
    from ..jobs.engine import JobEngine
    from ..wiring import Services
    from .paths import PathRules

_T = TypeVar("_T")

_THREADS = 4
# People look at one project, or go back and forth between two.
_MEMORIES = 3


class Backstage:
    """The services and the job engine of one server.

    ``emit`` sends a job event, on the event loop.
    ``build`` makes the services, in a worker thread: a server that is asked nothing does not even
    import them.
    """

    def __init__(
        self,
        paths: PathRules,
        settings: Settings,
        emit: Callable[[dict[str, Any]], object],
        log: logging.Logger,
    ) -> None:
        self.build: Callable[[Path, Settings], Services] = _build_services
        self.paths = paths
        self.settings = settings
        self._emit = emit
        self._log = log
        self._lock = threading.Lock()
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._services: Services | None = None
        self._memories: OrderedDict[Path, ProjectMemory] = OrderedDict()
        self._engine: JobEngine | None = None

    async def in_thread(self, function: Callable[[], _T]) -> _T:
        """What ``function`` answers, called in a worker thread.

        Not in the event loop's default ones: a slow neighbour may have taken them all.
        """
        return await self._in_pool("request", function)

    async def in_patient_thread(self, function: Callable[[], _T]) -> _T:
        """The same for what may wait for a package index, so that nothing quick waits behind it."""
        return await self._in_pool("index", function)

    async def _in_pool(self, name: str, function: Callable[[], _T]) -> _T:
        self._loop = asyncio.get_running_loop()
        if name not in self._pools:
            self._pools[name] = ThreadPoolExecutor(_THREADS, f"aidevsecops-{name}")
        return await self._loop.run_in_executor(self._pools[name], function)

    @property
    def services(self) -> Services:
        """The services; only from a worker thread."""
        with self._lock:
            if self._services is None:
                self._services = self.build(self.paths.root, self.settings)
            return self._services

    def memory_of(self, root: Path) -> ProjectMemory:
        """What was seen of the project in that folder; only from a worker thread."""
        from ..app.project_memory import ProjectMemory

        with self._lock:
            memory = self._memories.setdefault(root, ProjectMemory())
            self._memories.move_to_end(root)
            if len(self._memories) > _MEMORIES:
                self._memories.popitem(last=False)
            return memory

    @property
    def engine(self) -> JobEngine:
        """The job engine; only from a worker thread."""
        services = self.services
        with self._lock:
            if self._engine is None:
                self._engine = self._make_engine(services)
            return self._engine

    async def close(self) -> None:
        """Cancel what runs, wait a little, and let go of everything."""
        if self._engine is not None:
            await self.in_thread(self._engine.shutdown)
        if self._services is not None:
            await self.in_thread(self._services.close)
        for pool in self._pools.values():
            pool.shutdown(wait=False, cancel_futures=True)
        self._pools.clear()

    def _make_engine(self, services: Services) -> JobEngine:
        from jupyter_core.paths import jupyter_data_dir

        from ..jobs.engine import JobEngine
        from ..jobs.events import JobEvents
        from ..jobs.store import JobStore, Retention

        settings = self.settings
        store = JobStore(
            Path(jupyter_data_dir()) / "aidevsecops" / "jobs.sqlite3",
            scope=str(self.paths.root.resolve()),
            retention=Retention(
                jobs=settings.kept_jobs,
                hours=settings.kept_hours,
                log_lines=settings.kept_log_lines,
            ),
            log=self._log,
        )
        assert self._loop is not None  # noqa: S101 (a worker thread was started from the loop)
        events = JobEvents(self._loop, self._emit, self._log)
        return JobEngine(store, services.clock, settings.heavy_jobs, events.publish, self._log)


def _build_services(root: Path, settings: Settings) -> Services:
    from ..wiring import Services

    return Services(root, settings)
