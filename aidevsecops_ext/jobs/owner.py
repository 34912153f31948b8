"""Which server process a job belongs to, and whether that process is still alive.

A server holds an operating-system lock on a file of its own for as long as it lives. Unlike a
process id, the lock cannot be taken for another process's, holds between containers that share a
home folder, and is let go by the system however the process ends.
"""

from __future__ import annotations

import errno
import os
import sys
import time
import uuid
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_STALE_SECONDS = 24 * 3600.0
_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


def _try_lock(descriptor: int) -> bool:
    """True unless another process holds the lock.

    Where the file system has no locks, nobody can be seen holding one: then a server that was
    started again, which happens far more often than two at once, finds the old one gone.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _HELD
    return True


class Owner:
    """This server process as the owner of its jobs, until :meth:`release`."""

    def __init__(self, folder: Path) -> None:
        self.id = uuid.uuid4().hex
        self._path = folder / f"{self.id}.lock"
        self._descriptor: int | None = None
        # Where the home cannot be written the records are in memory too, and need no owner.
        with suppress(OSError):
            # One by one, because the mode holds for the last folder only.
            folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            self._descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            _try_lock(self._descriptor)

    def release(self) -> None:
        """Give up the ownership: whatever is still unfinished is now lost."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._path.unlink(missing_ok=True)


def is_alive(folder: Path, owner_id: str) -> bool:
    """True when the owner's process still holds its lock."""
    try:
        descriptor = os.open(folder / f"{owner_id}.lock", os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def remove_stale(folder: Path) -> None:
    """Remove the lock files of processes that died long ago."""
    for path in folder.glob("*.lock"):
        # A young file may belong to a process that is about to lock it.
        is_old = path.stat().st_mtime < time.time() - _STALE_SECONDS
        if is_old and not is_alive(folder, path.stem):
            path.unlink(missing_ok=True)
