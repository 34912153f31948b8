"""The growing end of a job's log, written to the store in batches."""

from __future__ import annotations

import threading
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from .rows import storable_text

if TYPE_CHECKING:
    from ..domain.jobs import JobId
    from .store import JobStore

_BATCH_LINES = 100
_BATCH_SECONDS = 0.2
_LINE_LENGTH = 2_000
# How much of one job's log is kept; its oldest lines go first.
_LOG_BYTES = 8_000_000


class LogTail:
    """Takes lines from the work and passes them on now and then; safe to use from any thread."""

    def __init__(self, store: JobStore, job_id: JobId) -> None:
        self._store = store
        self._job_id = job_id
        self._lock = threading.Lock()
        self._lines: list[str] = []
        self._sizes: deque[int] = deque()
        self._size = 0
        self._flushed_at = float("-inf")
        self._is_closed = False

    def add(self, text: str) -> None:
        """Add the lines of a text; very long ones are cut."""
        with self._lock:
            if self._is_closed:
                return
            self._lines.extend(_cut(line) for line in text.splitlines() or [""])
            is_due = time.monotonic() - self._flushed_at >= _BATCH_SECONDS
            if is_due or len(self._lines) >= _BATCH_LINES:
                self._flush()

    def flush(self) -> None:
        """Pass on what is there."""
        with self._lock:
            self._flush()

    def close(self) -> None:
        """Pass on what is there; what comes later (from work that would not stop) is left out."""
        with self._lock:
            self._flush()
            self._is_closed = True

    def _flush(self) -> None:
        if self._lines:
            self._sizes.extend(len(line.encode()) for line in self._lines)
            self._size += sum(islice(reversed(self._sizes), len(self._lines)))
            while self._size > _LOG_BYTES:
                self._size -= self._sizes.popleft()
            self._store.append_log(self._job_id, self._lines, len(self._sizes))
            self._lines = []
        self._flushed_at = time.monotonic()


def _cut(line: str) -> str:
    text = storable_text(line[:_LINE_LENGTH])
    return text if len(line) <= _LINE_LENGTH else text + " … [cut]"
