"""Temporary files and folders without ``tempfile``.

The library imports all that packs archives and draws random numbers, which takes as long as reading
a notebook does, and a lock needs its folder before uv can start.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from .left_behind import WORK_NAMES, hold, remove, remove_left, unused_path

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("TMPDIR", "TEMP", "TMP")


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
    # Where it is imported already, it costs nothing, and somebody may have told it another place.
    if "tempfile" not in sys.modules and sys.platform != "win32":
        place = next(filter(None, map(os.environ.get, _PLACES)), "/tmp")  # noqa: S108 - as tempfile
        with suppress(OSError):
            return _made_in(os.path.abspath(place), prefix)
    # It knows more places, and what they are called elsewhere.
    import tempfile

    return _made_in(tempfile.gettempdir(), prefix)


def _made_in(place: str, prefix: str) -> str:
    remove_left(place, WORK_NAMES)
    path = unused_path(place, prefix, WORK_NAMES[1])
    os.mkdir(path, 0o700)
    return path
