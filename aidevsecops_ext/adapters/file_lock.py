"""A lock between processes and threads, let go of by the system however its holder ends."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..app.ports import CancelToken

if sys.platform == "win32":
    import msvcrt

    def _try(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _inherited(descriptor: int) -> tuple[int, ...]:
        # Children inherit nothing there.
        del descriptor
        return ()

    def _let_go(descriptor: int) -> None:
        os.close(descriptor)

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _inherited(descriptor: int) -> tuple[int, ...]:
        return (descriptor,)

    def _let_go(descriptor: int) -> None:
        # Some child that goes on may hold the same lock.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        os.close(descriptor)


_POLL_SECONDS = 0.05


@contextmanager
def file_lock(path: Path, cancel: CancelToken) -> Iterator[None]:
    """Nobody else holds the lock of that file in the block.

    Raises:
        OSError: the file cannot be made, or its file system has no locks.
        CancelledError: cancelled while somebody else held it.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The file stays: whoever removed it could not know who waits for it.
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    is_asked = threading.Event()
    forget = cancel.on_cancel(is_asked.set)
    try:
        while not _try(descriptor):
            is_asked.wait(_POLL_SECONDS)
            cancel.raise_if_cancelled()
        yield
    finally:
        forget()
        os.close(descriptor)


def take_lock(path: Path) -> int | None:
    """What holds the lock of that file until it is closed; None where somebody else holds it.

    Raises:
        OSError: the file cannot be made, or its file system has no locks.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        is_ours = _try(descriptor)
    except OSError:
        os.close(descriptor)
        raise
    if is_ours:
        return descriptor
    os.close(descriptor)
    return None


@contextmanager
def lock_of_children(path: Path) -> Iterator[tuple[int, ...] | None]:
    """What children have to inherit to hold the lock of that file as long as they live.

    It is None where somebody else holds the lock. When the block ends nobody holds it; where this
    process ends before, its children do.

    Raises:
        OSError: the file cannot be made, or its file system has no locks.
    """
    descriptor = take_lock(path)
    try:
        yield None if descriptor is None else _inherited(descriptor)
    finally:
        if descriptor is not None:
            _let_go(descriptor)
