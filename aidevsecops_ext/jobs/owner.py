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
_TRIES, _PAUSE_SECONDS = 50, 0.01
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
            self.hold()

    def hold(self) -> None:
        """Hold the lock, if it is not held yet.

        Raises:
            OSError: the home cannot be written.
        """
        if self._descriptor is not None:
            return
        # One by one, because the mode holds for the last folder only.
        self._path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        for _ in range(_TRIES):
            descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            # Who only looks whether it is locked has the lock for a moment, and may remove it.
            if _try_lock(descriptor) and self._path.exists():
                self._descriptor = descriptor
                return
            os.close(descriptor)
            time.sleep(_PAUSE_SECONDS)
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(self._path))

    def release(self) -> None:
        """Give up the ownership: whatever is still unfinished is now lost."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            with suppress(OSError):
                self._path.unlink()


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
        # Another server may be as tidy at this moment.
        with suppress(FileNotFoundError):
            # A young file may belong to a process that is about to lock it.
            is_old = path.stat().st_mtime < time.time() - _STALE_SECONDS
            if is_old and not is_alive(folder, path.stem):
                path.unlink()
