"""A cancel switch that one thread throws and others watch."""

from __future__ import annotations

import threading
from contextlib import ExitStack
from typing import TYPE_CHECKING

from ..domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable


class CancelSource:
    """The switch behind a ``CancelToken`` (``app/ports.py``); safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        # Keyed by identity, so that the same function may be registered twice.
        self._callbacks: dict[object, Callable[[], None]] = {}

    @property
    def is_cancelled(self) -> bool:
        """True once cancelled."""
        return self._cancelled.is_set()

    def wait(self, timeout: float) -> bool:
        """True as soon as it is cancelled, False when ``timeout`` seconds have passed before."""
        return self._cancelled.wait(timeout)

    def raise_if_cancelled(self) -> None:
        """Do nothing, unless cancelled.

        Raises:
            CancelledError: once cancelled.
        """
        if self._cancelled.is_set():
            raise CancelledError

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back once on cancel, at once if already; returns what takes the callback away."""
        ticket = object()
        with self._lock:
            is_late = self._cancelled.is_set()
            if not is_late:
                self._callbacks[ticket] = callback
        if is_late:
            callback()

        def forget() -> None:
            with self._lock:
                self._callbacks.pop(ticket, None)

        return forget

    def cancel(self) -> None:
        """Cancel; every callback runs once, in this thread, also when an earlier one fails.

        Raises:
            Exception: what a callback raised, after all of them have run.
        """
        with self._lock:
            self._cancelled.set()
            callbacks = list(self._callbacks.values())
            self._callbacks.clear()
        # Closed in reverse order, each one also when another has failed.
        with ExitStack() as stack:
            for callback in reversed(callbacks):
                stack.callback(callback)
