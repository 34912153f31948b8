"""Temporary files and folders without ``tempfile``.

The library imports all that packs archives and draws random numbers, which takes as long as reading
a notebook does, and a lock needs its folder before uv can start.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .left_behind import (
    NOTES,
    WORK_NAMES,
    hold,
    remove,
    remove_left,
    temporary_place,
    unused_path,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO


@contextmanager
def work_folder(prefix: str) -> Iterator[Path]:
    """A new folder that only this user may enter; it is removed at the end with all that is in it.

    Raises:
        OSError: it cannot be made.
    """
    path, held = _held(prefix)
    try:
        yield Path(path)
    finally:
        remove(path, is_folder=True)
        if held is not None:
            os.close(held)


@contextmanager
def noting_folders() -> Iterator[Callable[[Path], None]]:
    """What is told of a folder before there are drafts in it.

    Where this process is killed, they go with the next work of this user on this machine, also
    where nothing is written in that folder any more.
    """
    with ExitStack() as stack:
        file: BinaryIO | None = None
        # To write is more than to tidy up: a full disk for temporary files keeps nobody from it.
        with suppress(OSError):
            place = stack.enter_context(work_folder("aidevsecops-drafts-"))
            file = stack.enter_context((place / NOTES).open("wb", buffering=0))
        noted: set[Path] = set()

        def note(folder: Path) -> None:
            if file is not None and folder not in noted:
                noted.add(folder)
                with suppress(OSError):
                    file.write(os.fsencode(folder) + b"\0")

        yield note


def _held(prefix: str) -> tuple[str, int | None]:
    """A new folder, and what holds it; on Windows nothing does."""
    while True:
        path = _made(prefix)
        if sys.platform == "win32":
            return path, None
        with suppress(FileNotFoundError):
            held = hold(path)
            if held is not None:
                return path, held


def _made(prefix: str) -> str:
    with suppress(OSError):
        return _made_in(temporary_place(), prefix)
    # It knows more places, and what they are called elsewhere.
    import tempfile

    return _made_in(tempfile.gettempdir(), prefix)


def _made_in(place: str, prefix: str) -> str:
    remove_left(place, WORK_NAMES)
    path = unused_path(place, prefix, WORK_NAMES[1])
    os.mkdir(path, 0o700)
    return path
