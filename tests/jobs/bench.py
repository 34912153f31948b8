"""A job engine set up for a test, and work that a test controls."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from aidevsecops_ext.adapters.clock import SystemClock
from aidevsecops_ext.app.ports import CancelToken, Clock, Progress
from aidevsecops_ext.domain.jobs import Job, JobId, JobState
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.jobs.engine import JobEngine, JobRequest
from aidevsecops_ext.jobs.store import JobStore, Retention

LOG = logging.getLogger("aidevsecops-test")
KEEP = Retention(jobs=200, hours=24, log_lines=20_000)
PATIENCE = 20.0


def make_store(folder: Path, scope: str = "/home", retention: Retention = KEEP) -> JobStore:
    """A store in ``folder``; several of the same folder are servers on one home."""
    return JobStore(folder / "jobs.sqlite3", scope, retention, LOG)


class Bench:
    """An engine whose changes can be waited for."""

    def __init__(self, store: JobStore, clock: Clock | None = None) -> None:
        self.changes: list[Job] = []
        self._changed = threading.Condition()
        self.engine = JobEngine(store, clock or SystemClock(), 2, self._note, LOG)

    def _note(self, job: Job) -> None:
        with self._changed:
            self.changes.append(job)
            self._changed.notify_all()

    def submit(self, work: Gate | WorkFunction, key: str = "nb.ipynb", project: str = "") -> JobId:
        """The id of a new job."""
        return self.engine.submit(JobRequest("lock", key, f"Lock {key}", project), work).id

    def states(self, job_id: JobId) -> list[JobState]:
        """The states that a job has been through, in order."""
        seen: list[JobState] = []
        for job in list(self.changes):
            if job.id == job_id and (not seen or seen[-1] is not job.state):
                seen.append(job.state)
        return seen

    def wait_for(self, job_id: JobId, *states: JobState) -> Job:
        """The job once it has been in one of the states; fails when that takes too long."""

        def find() -> Job | None:
            return next((j for j in self.changes if j.id == job_id and j.state in states), None)

        with self._changed:
            assert self._changed.wait_for(lambda: find() is not None, PATIENCE), (
                f"{job_id} went through {self.states(job_id)}"
            )
            found = find()
        assert found is not None
        return found


WorkFunction = Callable[[Progress, CancelToken], dict[str, Json]]


class Gate:
    """Work that ends when the test opens it, or when it is cancelled."""

    def __init__(self, *, heeds_cancel: bool = True) -> None:
        self.started = threading.Event()
        self.opened = threading.Event()
        self._heeds_cancel = heeds_cancel

    def __call__(self, progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        progress.report("waiting", 0.5)
        self.started.set()
        if self._heeds_cancel:
            cancel.on_cancel(self.opened.set)
        assert self.opened.wait(PATIENCE)
        if self._heeds_cancel:
            cancel.raise_if_cancelled()
        return {"done": True}

    def wait_started(self) -> None:
        """Return once the work runs; fails when that takes too long."""
        assert self.started.wait(PATIENCE)
