"""A lock between processes and threads, let go of by the system however its holder ends.

Where the file system of the file has no locks, as some disks of networks, the lock is on a file of
this machine: it keeps the programs of this machine apart, and not those of another one.
"""

from __future__ import annotations

import errno
import os
import stat
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

    def try_lock(descriptor: int) -> bool:
        """True where the lock of that file is ours now, until it is closed."""
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

    def try_lock(descriptor: int) -> bool:
        """True where the lock of that file is ours now, until it is closed."""
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
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


@contextmanager
def file_lock(path: Path, cancel: CancelToken) -> Iterator[tuple[int, ...]]:
    """What children have to inherit to hold the lock of that file, which nobody else holds now.

    When the block ends nobody holds it; where this process ends before, its children do.

    Raises:
        OSError: the file cannot be made.
        CancelledError: cancelled while somebody else held it.
    """
    descriptor, is_ours = _attempt(path)
    is_asked = threading.Event()
    forget = cancel.on_cancel(is_asked.set)
    try:
        while not is_ours:
            is_asked.wait(_POLL_SECONDS)
            cancel.raise_if_cancelled()
            is_ours = try_lock(descriptor)
        yield _inherited(descriptor)
    finally:
        forget()
        if is_ours:
            _let_go(descriptor)
        else:
            os.close(descriptor)


def take_lock(path: Path) -> int | None:
    """What holds the lock of that file until it is closed; None where somebody else holds it.

    Raises:
        OSError: the file cannot be made.
    """
    descriptor, is_ours = _attempt(path)
    if is_ours:
        return descriptor
    os.close(descriptor)
    return None


@contextmanager
def lock_of_children(path: Path) -> Iterator[tuple[int, ...] | None]:
    """As :func:`file_lock`, without waiting: None where somebody else holds the lock.

    Raises:
        OSError: the file cannot be made.
    """
    descriptor = take_lock(path)
    try:
        yield None if descriptor is None else _inherited(descriptor)
    finally:
        if descriptor is not None:
            _let_go(descriptor)


def _attempt(path: Path) -> tuple[int, bool]:
    """What holds the lock of that file, or would hold it, and whether it does."""
    # The file stays: whoever removed it could not know who waits for it.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        return _attempt_at(path)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return _attempt_at(_stand_in(path))


def _attempt_at(path: Path | str) -> tuple[int, bool]:
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        return descriptor, try_lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise


def _stand_in(path: Path) -> str:
    """The file of this machine that is locked instead."""
    # Slow to import, and rarely needed.
    import hashlib
    import tempfile

    user = getattr(os, "getuid", lambda: 0)()
    folder = os.path.join(tempfile.gettempdir(), f"aidevsecops-locks-{user}")
    os.makedirs(folder, mode=0o700, exist_ok=True)
    state = os.lstat(folder)
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != user or state.st_mode & 0o077:
        raise OSError(errno.ENOLCK, "its file system has no locks", str(path))
    return os.path.join(folder, hashlib.sha256(os.fsencode(path.resolve())).hexdigest())
