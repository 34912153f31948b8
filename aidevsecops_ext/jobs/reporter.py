"""What work is given to say how far it is."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.jobs import JobProgress
from .tail import LogTail


class JobReporter:
    """The ``Progress`` port (``app/ports.py``) of one job; safe to use from any thread."""

    def __init__(self, note: Callable[[JobProgress], None], tail: LogTail) -> None:
        self._note = note
        self._tail = tail

    def report(self, message: str, fraction: float | None = None) -> None:
        """Say what is being done now."""
        within = None if fraction is None else min(1.0, max(0.0, fraction))
        self._note(JobProgress(message, within))

    def log(self, line: str) -> None:
        """Add a line to the log."""
        self._tail.add(line)
