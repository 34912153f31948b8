"""A complete file goes to its place, on file systems that cannot do everything, too.

On shared and network disks a rename may be refused for a moment, and some have no hard links.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# A server of files was busy, or had forgotten a handle.
_PASSING = frozenset({errno.EBUSY, errno.ESTALE, errno.EINTR})
_ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_TRIES, _PAUSE_SECONDS = 4, 0.05


def may_be_replaced(target: Path) -> bool:
    """True for a file that can be written.

    Who is root may write all, and a rename asks for nothing of the file; but whoever made it
    read-only meant that.

    Raises:
        OSError: there is none.
    """
    return bool(target.stat().st_mode & _ANY_WRITE) and os.access(target, os.W_OK)


def put_in_place(made: Path | str, target: Path | str) -> None:
    """Have ``target`` be the file ``made``, whatever was there.

    Raises:
        OSError: the operating system refuses, also when asked again.
    """
    tries = _TRIES
    while not _is_placed(made, target, is_last=tries <= 1):
        tries -= 1
        time.sleep(_PAUSE_SECONDS)


def _is_placed(made: Path | str, target: Path | str, *, is_last: bool) -> bool:
    try:
        os.replace(made, target)
    except OSError as error:
        is_read = os.name == "nt" and isinstance(error, PermissionError)
        if is_last or (error.errno not in _PASSING and not is_read):
            raise
        return False
    return True


def put_if_new(made: Path | str, target: Path | str) -> None:
    """Have ``target`` be the file ``made``, which may stay as well, if nothing is there.

    Raises:
        FileExistsError: something is there.
        OSError: the operating system refuses.
    """
    try:
        # Unlike a rename, this fails where somebody else made the file meanwhile.
        os.link(made, target)
    except FileExistsError:
        raise
    except OSError:
        # There are no hard links on FAT, and on some disks of networks and of containers. What
        # somebody makes between the look and the rename is lost: nothing better is to be had.
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        put_in_place(made, target)


def keep_aside(path: Path, aside: Path) -> None:
    """Have what is in a file under another name, too; it is whole, or the name is not there.

    Raises:
        OSError: the operating system refuses.
    """
    try:
        os.link(path, aside)
    except OSError:
        # Slow to import, and rarely needed.
        import shutil

        try:
            shutil.copy2(path, aside)
        except OSError:
            with suppress(OSError):
                aside.unlink()
            raise
