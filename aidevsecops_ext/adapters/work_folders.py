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

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACES = ("TMPDIR", "TEMP", "TMP")


def unused_path(folder: str, prefix: str, suffix: str = "") -> str:
    """A path in a folder that nobody can guess, so that nothing is there yet."""
    return os.path.join(folder, f"{prefix}{os.urandom(8).hex()}{suffix}")


@contextmanager
def work_folder(prefix: str) -> Iterator[Path]:
    """A new folder that only this user may enter; it is removed at the end with all that is in it.

    Raises:
        OSError: it cannot be made.
    """
    path = _made(prefix)
    try:
        yield Path(path)
    finally:
        _remove(path)


def _made(prefix: str) -> str:
    # Where it is imported already, it costs nothing, and somebody may have told it another place.
    if "tempfile" not in sys.modules and sys.platform != "win32":
        place = next(filter(None, map(os.environ.get, _PLACES)), "/tmp")  # noqa: S108 - as tempfile
        path = unused_path(os.path.abspath(place), prefix)
        with suppress(OSError):
            os.mkdir(path, 0o700)
            return path
    # It knows more places, and what they are called elsewhere.
    import tempfile

    return tempfile.mkdtemp(prefix=prefix)


def _remove(path: str) -> None:
    with suppress(OSError):
        with os.scandir(path) as entries:
            for entry in entries:
                os.unlink(entry.path)
        os.rmdir(path)
        return
    # There is a folder in it.
    import shutil

    shutil.rmtree(path, ignore_errors=True)
