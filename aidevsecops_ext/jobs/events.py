"""Tells the browser that a job has changed, through Jupyter's event bus.

An event is a hint: it may come late or not at all, and the job itself is read with GET.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    import logging

    from ..domain.jobs import Job, JobId, JobState

_PAUSE_SECONDS = 0.25

Emit = Callable[[dict[str, Any]], object]


class JobEvents:
    """Hands changes over from any thread to the event loop, which emits them.

    A change of state is emitted at once, progress at most four times a second a job; the last
    progress is always emitted. Of many changes one is emitted in each turn of the loop: each is
    written to every browser, and requests are answered in between.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, emit: Emit, log: logging.Logger) -> None:
        self._loop = loop
        self._emit = emit
        self._log = log
        self._lock = threading.Lock()
        self._waiting: dict[JobId, Job] = {}
        self._states: dict[JobId, JobState] = {}
        # Only the loop's thread touches it.
        self._due: deque[Job] = deque()

    def publish(self, job: Job) -> None:
        """Emit an event for this change soon; never blocks."""
        with self._lock:
            is_new_state = self._states.get(job.id) is not job.state
            is_scheduled = job.id in self._waiting
            if is_new_state:
                self._waiting.pop(job.id, None)
                self._states[job.id] = job.state
                if job.state.is_final:
                    del self._states[job.id]
            else:
                self._waiting[job.id] = job
        if is_new_state:
            self._hand_over(lambda: self._send(job))
        elif not is_scheduled:
            self._hand_over(
                lambda: self._loop.call_later(_PAUSE_SECONDS, self._send_waiting, job.id)
            )

    def _hand_over(self, action: Callable[[], object]) -> None:
        try:
            self._loop.call_soon_threadsafe(action)
        except RuntimeError:
            # The loop has stopped, and with it everybody who listened.
            self._log.debug("A job event came after the server's end.")

    def _send_waiting(self, job_id: JobId) -> None:
        with self._lock:
            job = self._waiting.pop(job_id, None)
        if job is not None:
            self._send(job)

    def _send(self, job: Job) -> None:
        self._due.append(job)
        if len(self._due) == 1:
            self._loop.call_soon(self._send_next)

    def _send_next(self) -> None:
        try:
            self._emit(to_event(self._due[0]))
        except Exception:
            # A listener's or a handler's failure must not look like the job's.
            self._log.exception("A job event could not be emitted.")
        self._due.popleft()
        if self._due:
            self._loop.call_soon(self._send_next)


def to_event(job: Job) -> dict[str, Any]:
    """The event that says how a job is; the words of its progress are free of secrets."""
    progress = None
    if job.progress is not None:
        progress = {"message": job.progress.message, "fraction": job.progress.fraction}
    return {
        "job_id": job.id,
        "kind": job.kind,
        "key": job.key,
        "state": job.state.value,
        "progress": progress,
    }
