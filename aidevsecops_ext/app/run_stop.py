"""How a run is stopped, and how its steps wait for each other."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable


class RunStop:
    """The port ``CancelToken`` for all steps of a run, which may end for several reasons."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: dict[object, Callable[[], None]] = {}
        self._is_cancelled = False

    @property
    def is_cancelled(self) -> bool:
        """True once stopped."""
        return self._is_cancelled

    def raise_if_cancelled(self) -> None:
        """Raise CancelledError once stopped."""
        if self._is_cancelled:
            raise CancelledError

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back on the stop (at once if already); returns what takes the callback away."""
        ticket = object()
        with self._lock:
            is_late = self._is_cancelled
            if not is_late:
                self._callbacks[ticket] = callback
        if is_late:
            callback()
        return lambda: self._forget(ticket)

    def stop(self) -> None:
        """Stop all steps."""
        with self._lock:
            self._is_cancelled = True
            callbacks = [*self._callbacks.values()]
            self._callbacks.clear()
        for callback in callbacks:
            callback()

    def _forget(self, ticket: object) -> None:
        with self._lock:
            self._callbacks.pop(ticket, None)


class StepGate:
    """The port ``Gate`` of one step."""

    def __init__(self) -> None:
        self._is_decided = threading.Event()
        self._is_open = False

    def wait(self) -> bool:
        """True as soon as the step may begin, False when it is not wanted any more."""
        self._is_decided.wait()
        return self._is_open

    def open(self) -> None:
        """Let the step begin, unless it is not wanted any more."""
        self._is_open = not self._is_decided.is_set() or self._is_open
        self._is_decided.set()

    def close(self) -> None:
        """Send the step away, unless it has begun."""
        self._is_decided.set()
