"""What work is given to say how far it is."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..domain.jobs import JobProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from .tail import LogTail


class JobReporter:
    """The ``Progress`` port (``app/ports.py``) of one job; safe to use from any thread.

    Each step that is reported becomes a line of the log as well. What follows a colon, such as a
    running count, is how far the step is, and stays out of it.
    """

    def __init__(self, note: Callable[[JobProgress], None], tail: LogTail) -> None:
        self._note = note
        self._tail = tail
        self._lock = threading.Lock()
        self._step = ""

    def report(self, message: str, fraction: float | None = None) -> None:
        """Say what is being done now."""
        within = None if fraction is None else min(1.0, max(0.0, fraction))
        self._note(JobProgress(message, within))
        step = message.partition(": ")[0]
        with self._lock:
            if step != self._step:
                self._step = step
                self._tail.add(step)

    def log(self, line: str) -> None:
        """Add a line to the log."""
        self._tail.add(line)
