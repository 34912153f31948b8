"""Calls of libraries that cannot be interrupted: whoever cancels does not wait for their end."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, TypeVar

from ..domain.errors import CancelledError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..app.ports import CancelToken

T = TypeVar("T")


def run_cancellable(work: Callable[[], T], cancel: CancelToken) -> T:
    """What the work answers, or raises; it goes on in its own thread when somebody cancels.

    Raises:
        CancelledError: cancelled; what the work does then is seen by nobody.
    """
    cancel.raise_if_cancelled()
    ends: queue.SimpleQueue[tuple[T] | BaseException] = queue.SimpleQueue()

    def attempt() -> None:
        try:
            ends.put((work(),))
        except BaseException as error:  # raised again where somebody waits
            ends.put(error)

    threading.Thread(target=attempt, name="aidevsecops-outside", daemon=True).start()
    forget = cancel.on_cancel(lambda: ends.put(CancelledError()))
    try:
        end = ends.get()
    finally:
        forget()
    if isinstance(end, BaseException):
        raise end
    return end[0]
