"""Runs pieces of work that take time, a few at once, and says how they are doing.

It knows nothing of what the work is. Work is a plain function of (progress, cancel token); it runs
in a thread and ends by returning a JSON object or raising.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from ..app.ports import CancelToken, Clock, Progress
from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
)
from ..domain.jobs import Job, JobError, JobId, JobProgress, JobState
from ..domain.json_value import Json
from ..domain.machine_refusals import refusal_of
from ..formats.visible_text import visible_line
from .cancel import CancelSource
from .reporter import JobReporter
from .store import LOST, JobStore, LogPart
from .tail import LogTail

if TYPE_CHECKING:
    import logging

Work: TypeAlias = Callable[[Progress, CancelToken], dict[str, Json]]

SHUTDOWN_SECONDS = 5.0
_SAVED_EVERY_SECONDS = 1.0
_APART_SECONDS = 0.001
_LOG_LIMIT = 2_000


class JobRequest(Struct, frozen=True):
    """What a job is called and what it works on.

    At most one job runs on a ``key`` (a notebook's path) at a time, the others wait in order;
    the same holds for a ``project`` (a repository or folder that the job writes to), empty when it
    writes to none. A second request with the same idempotency key gets the same job. A preview is
    soon forgotten.
    """

    kind: str
    key: str
    title: str
    project: str = ""
    idempotency_key: str | None = None
    is_preview: bool = False


class _Task(Struct, eq=False):
    """A job that has not ended."""

    job: Job
    request: JobRequest
    work: Work
    tail: LogTail
    cancel: CancelSource = field(default_factory=CancelSource)
    thread: threading.Thread | None = None
    saved_at: float = 0.0


class JobEngine:
    """The jobs of this server; safe to use from any thread, but it blocks: not from an event loop.

    ``notify`` is called in any thread, with the lock held, after each change; it must not block.
    """

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        limit: int,
        notify: Callable[[Job], None],
        log: logging.Logger,
    ) -> None:
        self._store = store
        self._clock = clock
        self._limit = limit
        self._notify = notify
        self._log = log
        self._lock = threading.RLock()
        self._newest = 0.0
        self._tasks: dict[JobId, _Task] = {}
        self._is_closed = False

    def submit(self, request: JobRequest, work: Work) -> Job:
        """The job that will do the work, or the earlier one with the same idempotency key.

        Raises:
            ConflictError: the server is stopping.
        """
        with self._lock:
            if self._is_closed:
                raise ConflictError(ErrorCode.JOB_STOPPING, "The server is stopping.")
            earlier = self.find_repeated(request.kind, request.key, request.idempotency_key)
            if earlier is not None:
                return earlier
            job = Job(
                id=JobId(uuid.uuid4().hex),
                kind=request.kind,
                key=request.key,
                project=request.project,
                title=request.title,
                state=JobState.QUEUED,
                created_at=self._next_moment(),
                is_preview=request.is_preview,
            )
            self._store.save(job, request.idempotency_key)
            self._tasks[job.id] = _Task(job, request, work, LogTail(self._store, job.id))
            self._notify(job)
            self._start_ready()
            return self._current(job)

    def find_repeated(self, kind: str, key: str, idempotency_key: str | None) -> Job | None:
        """The job that an earlier request with the same idempotency key got, if any."""
        if idempotency_key is None:
            return None
        with self._lock:
            earlier = self._store.find_repeated(kind, key, idempotency_key)
            return None if earlier is None else self._current(earlier)

    def find(self, job_id: JobId) -> Job:
        """The job of that id.

        Raises:
            NotFoundError: there is none, or it has been forgotten.
        """
        with self._lock:
            task = self._tasks.get(job_id)
            job = self._store.find(job_id) if task is None else task.job
        if job is None:
            raise NotFoundError(
                ErrorCode.JOB_NOT_FOUND,
                "There is no such job.",
                hint="Jobs that ended are forgotten after a while.",
                details={"job_id": job_id},
            )
        return job

    def find_all(self, key: str | None = None, kind: str | None = None) -> list[Job]:
        """The jobs on record without their results, newest first."""
        with self._lock:
            return [self._current(job) for job in self._store.find_all(key, kind)]

    def read_log(self, job_id: JobId, offset: int) -> tuple[LogPart, bool]:
        """Some lines from line number ``offset`` on, and whether no more will come after them.

        Raises:
            NotFoundError: there is no such job.
        """
        with self._lock:
            task = self._tasks.get(job_id)
        if task is not None:
            task.tail.flush()
        # Asked before the lines are read: what ends meanwhile may have added some.
        has_ended = self.find(job_id).state.is_final
        part = self._store.read_log(job_id, offset, _LOG_LIMIT)
        return part, has_ended and part.is_last

    def cancel(self, job_id: JobId) -> Job:
        """The job, which is being cancelled now, or had ended before.

        Raises:
            NotFoundError: there is no such job.
            ConflictError: another server runs it.
        """
        with self._lock:
            task = self._tasks.get(job_id)
            if task is not None and task.job.state is JobState.QUEUED:
                self._end(task, replace(task.job, state=JobState.CANCELLED))
                return task.job
            if task is not None and task.job.state is JobState.RUNNING:
                self._change(task, replace(task.job, state=JobState.CANCELLING))
        if task is not None:
            self._throw(task)
            return task.job
        job = self.find(job_id)
        if not job.state.is_final:
            raise ConflictError(
                ErrorCode.JOB_ELSEWHERE,
                "Another Jupyter server runs this job.",
                hint="Cancel it in the server that started it.",
                details={"job_id": job_id},
            )
        return job

    def forget_ended(self) -> None:
        """Forget the jobs that have ended."""
        self._store.forget_ended()

    def shutdown(self, timeout: float = SHUTDOWN_SECONDS) -> None:
        """Cancel all, wait a little, and let go of the store; nothing is accepted any more."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            tasks = list(self._tasks.values())
        for task in tasks:
            self.cancel(task.job.id)
        deadline = time.monotonic() + timeout
        for task in tasks:
            if task.thread is not None:
                task.thread.join(max(0.0, deadline - time.monotonic()))
        with self._lock:
            for task in list(self._tasks.values()):
                self._log.warning(
                    "Job %s (%s) did not stop in time.", task.job.id, visible_line(task.job.title)
                )
                self._end(task, replace(task.job, state=JobState.FAILED, error=LOST))
            self._store.close()

    def _next_moment(self) -> float:
        """When a job comes: later than the ones before, also where the clock was set back."""
        self._newest = max(self._clock.now(), self._newest + _APART_SECONDS)
        return self._newest

    def _current(self, job: Job) -> Job:
        """The job as it is now, when it is one of ours that has not ended."""
        task = self._tasks.get(job.id)
        return job if task is None else task.job

    def _start_ready(self) -> None:
        """Start queued jobs, in order, as far as the limits allow."""
        running = [t.job for t in self._tasks.values() if t.job.state is not JobState.QUEUED]
        count = len(running)
        keys = {job.key for job in running}
        projects = {job.project for job in running} - {""}
        for task in list(self._tasks.values()):
            if task.job.state is not JobState.QUEUED or count >= self._limit:
                continue
            if task.job.key not in keys and task.job.project not in projects:
                count += 1
                self._start(task)
            # Also when it has to wait, so that no later job on the same thing overtakes it.
            keys.add(task.job.key)
            projects |= {task.job.project} - {""}

    def _start(self, task: _Task) -> None:
        # The clock may have been set back: nothing begins before it came.
        started_at = max(self._clock.now(), task.job.created_at)
        job = replace(task.job, state=JobState.RUNNING, started_at=started_at)
        self._change(task, job)
        # A daemon, so that work that does not stop cannot keep the server from ending.
        name = f"aidevsecops-job-{task.job.id[:8]}"
        task.thread = threading.Thread(target=self._run, args=(task,), name=name, daemon=True)
        task.thread.start()

    def _run(self, task: _Task) -> None:
        outcome = self._attempt(task)
        with self._lock:
            if task.job.id in self._tasks:
                self._end(task, replace(outcome, progress=task.job.progress))

    def _attempt(self, task: _Task) -> Job:
        """The job as the work left it."""
        reporter = JobReporter(lambda progress: self._note(task, progress), task.tail)
        try:
            result = task.work(reporter, task.cancel)
            # What is not JSON is a mistake in the work, and shall end this job, not the thread.
            json.dumps(result)
            return replace(task.job, state=JobState.SUCCEEDED, result=result)
        except AidevsecopsError as failure:
            error = JobError(
                failure.code.value, failure.message, failure.hint, failure.details or None
            )
        # SystemExit too: whatever ends the work ends the job.
        except BaseException as mistake:
            request_id = uuid.uuid4().hex[:12]
            self._log.exception("Job %s failed (request %s).", task.job.id, request_id)
            refusal = refusal_of(mistake)
            error = JobError(
                code=ErrorCode.INTERNAL_UNEXPECTED.value,
                message="Unexpected error.",
                hint=f"The server's log says more under {request_id}.",
                details={"request_id": request_id},
            )
            if refusal is not None:
                error = JobError(refusal.code.value, refusal.message, refusal.hint)
        if task.cancel.is_cancelled:
            # A child that was stopped makes the work fail in many ways; the cancel is the reason.
            return replace(task.job, state=JobState.CANCELLED)
        return replace(task.job, state=JobState.FAILED, error=error)

    def _end(self, task: _Task, job: Job) -> None:
        """Record the end (lock held), and start what waited for it."""
        task.tail.close()
        began = job.created_at if job.started_at is None else job.started_at
        self._change(task, replace(job, ended_at=max(self._clock.now(), began)))
        del self._tasks[task.job.id]
        if not self._is_closed:
            self._start_ready()

    def _change(self, task: _Task, job: Job) -> None:
        """Take a step between states, record it and tell it (lock held)."""
        if not task.job.state.can_become(job.state):
            raise AssertionError(f"a {task.job.state.value} job cannot become {job.state.value}")
        task.job = job
        task.saved_at = self._clock.now()
        self._store.save(job)
        self._notify(job)

    def _throw(self, task: _Task) -> None:
        """Throw the cancel switch, outside the lock: what watches it may take its time."""
        try:
            task.cancel.cancel()
        except Exception:
            self._log.exception("Stopping what job %s had started failed.", task.job.id)

    def _note(self, task: _Task, progress: JobProgress) -> None:
        """Note how far a job is; recorded now and then, told each time."""
        with self._lock:
            if task.job.id not in self._tasks:
                return
            task.job = replace(task.job, progress=progress)
            now = self._clock.now()
            # Set back, the clock would keep it from being recorded for as long.
            if not 0 <= now - task.saved_at < _SAVED_EVERY_SECONDS:
                task.saved_at = now
                self._store.save(task.job)
            self._notify(task.job)
