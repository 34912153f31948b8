"""Drafts and work folders of programs that were killed, known by locks that nobody holds.

Whoever makes one holds a lock on it. The system lets go of the lock however its holder ends, so
what can be locked was left, and goes when something else is made in its place.
"""

from __future__ import annotations

import os
import stat
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from .file_lock import try_lock
from .placing import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DRAFT_NAMES = (".aidevsecops-", ".tmp")
ASIDE_NAMES = (".aidevsecops-", ".old")
WORK_NAMES = ("aidevsecops-", ".work")
# In a work folder: the folders in which whoever made it has drafts.
NOTES = "folders-with-drafts"
_PLACES = ("TMPDIR", "TEMP", "TMP")

_LOOK = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
)
_CREATE = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
)
# Beyond that many files at once nobody is kept from what they are made of: a process may not have
# many more open.
_MOST_HELD = 200
# To look once is enough for what was left before; a folder may have thousands of files.
_looked_at: set[tuple[str, tuple[str, str]]] = set()
_looking = threading.Lock()


class Draft(Struct, frozen=True):
    """A file that is to take the place of another one; nobody takes it away while it is open."""

    descriptor: int
    path: str

    def write(self, content: bytes) -> None:
        """Have it hold that, also on the disk.

        Raises:
            OSError: the operating system refuses.
        """
        with os.fdopen(self.descriptor, "wb", closefd=False) as file:
            file.write(content)
            file.flush()
            os.fsync(self.descriptor)


def unused_path(folder: str, prefix: str, suffix: str = "") -> str:
    """A path in a folder that nobody can guess, so that nothing is there yet."""
    return os.path.join(folder, f"{prefix}{os.urandom(8).hex()}{suffix}")


@contextmanager
def draft_in(folder: str) -> Iterator[Draft]:
    """A new file in that folder, for its owner alone; what is still there at the end is removed.

    Raises:
        OSError: it cannot be made.
    """
    draft = new_draft(folder)
    try:
        yield draft
    finally:
        with suppress(OSError):
            os.close(draft.descriptor)
        with suppress(OSError):
            os.unlink(draft.path)


def new_draft(folder: str) -> Draft:
    """A new file in that folder, for its owner alone.

    Raises:
        OSError: it cannot be made.
    """
    remove_left(folder, DRAFT_NAMES)
    remove_left(temporary_place(), WORK_NAMES)
    while True:
        path = unused_path(folder, *DRAFT_NAMES)
        descriptor = os.open(path, _CREATE, 0o600)
        if is_held(descriptor, path):
            return Draft(descriptor, path)
        os.close(descriptor)


def replace_whole(target: Path, content: bytes, mode: int = 0o600) -> None:
    """Have a file hold that, all of it or what it held before.

    Raises:
        OSError: the operating system refuses.
    """
    with draft_in(str(target.parent)) as draft:
        draft.write(content)
        if mode != 0o600:
            os.chmod(draft.path, mode)
        move_draft(draft, target)


def move_draft(draft: Draft, target: Path | str) -> None:
    """Have the draft be the target.

    Raises:
        OSError: the operating system refuses.
    """
    if sys.platform == "win32":
        # What is open cannot be moved there.
        os.close(draft.descriptor)
    put_in_place(draft.path, target)


class Held:
    """What keeps others from taking drafts for left, until the end of the block.

    ``note`` is told of a folder before there are any in it.
    """

    def __init__(self, note: Callable[[Path], None]) -> None:
        self.note = note
        self._stack = ExitStack()
        self._count = 0

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def hold(self, path: Path) -> None:
        """Hold what is there, under whatever name it goes on."""
        with suppress(OSError):
            if sys.platform != "win32":
                self.take(hold(str(path)))

    def take(self, descriptor: int | None) -> None:
        """Close that at the end, or now where there are too many, or what is open cannot move."""
        if descriptor is None:
            return
        self._count += 1
        if self._count > _MOST_HELD or sys.platform == "win32":
            os.close(descriptor)
        else:
            self._stack.callback(os.close, descriptor)


def hold(path: str) -> int | None:
    """What holds a file or folder, under whatever name it goes on; None where somebody else does.

    Raises:
        OSError: it is gone.
    """
    descriptor = os.open(path, _LOOK)
    if is_held(descriptor, path):
        return descriptor
    os.close(descriptor)
    return None


def is_held(descriptor: int, path: str) -> bool:
    """True where what was made a moment ago is ours, and not taken for left."""
    try:
        if not try_lock(descriptor):
            return False
    except OSError:
        # A file system without locks: there nothing can be seen to be left, either.
        return True
    return os.path.exists(path)


def remove_left(folder: str, names: tuple[str, str]) -> None:
    """Remove what begins and ends so in a folder and is held by nobody; once in this process."""
    if sys.platform == "win32":
        # What is open cannot be removed there, and what is locked cannot be read.
        return
    with _looking:
        if (folder, names) in _looked_at:
            return
        _looked_at.add((folder, names))
    _sweep(folder, names)


def _sweep(folder: str, names: tuple[str, str]) -> None:
    prefix, suffix = names
    with suppress(OSError):
        with os.scandir(folder) as entries:
            found = [
                entry.path
                for entry in entries
                if entry.name.startswith(prefix) and entry.name.endswith(suffix)
            ]
        for path in found:
            _remove_unheld(path)


def _remove_unheld(path: str) -> None:
    with suppress(OSError):
        descriptor = os.open(path, _LOOK)
        try:
            state = os.fstat(descriptor)
            # What others own is theirs, and so is what they say in it.
            if state.st_uid == os.getuid() and try_lock(descriptor):
                _sweep_noted(path)
                remove(path, is_folder=stat.S_ISDIR(state.st_mode))
        finally:
            os.close(descriptor)


def _sweep_noted(work: str) -> None:
    """Remove what is left in the folders that a work folder names."""
    with suppress(OSError):
        with open(os.path.join(work, NOTES), encoding="utf-8", errors="surrogateescape") as file:
            folders = file.read().split("\0")
        for folder in filter(os.path.isabs, folders):
            _sweep(folder, DRAFT_NAMES)
            _sweep(folder, ASIDE_NAMES)


def temporary_place() -> str:
    """The folder for temporary files, as ``tempfile`` has it where that is imported."""
    # Where it is imported already, it costs nothing, and somebody may have told it another place.
    if "tempfile" not in sys.modules and sys.platform != "win32":
        place = next(filter(None, map(os.environ.get, _PLACES)), "/tmp")  # noqa: S108 - as tempfile
        return os.path.abspath(place)
    import tempfile

    return tempfile.gettempdir()


def remove(path: str, *, is_folder: bool) -> None:
    """Remove a file, or a folder with all that is in it, as far as that can be done."""
    with suppress(OSError):
        if not is_folder:
            os.unlink(path)
            return
        with os.scandir(path) as entries:
            for entry in entries:
                os.unlink(entry.path)
        os.rmdir(path)
        return
    if is_folder:
        # There is a folder in it.
        import shutil

        shutil.rmtree(path, ignore_errors=True)
