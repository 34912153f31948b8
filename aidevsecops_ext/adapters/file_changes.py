"""Several files changed as one: each is made beside its place, then all are moved there."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ConflictError, ErrorCode, OutsideFailedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..app.exchange_ports import FileChange, FileRemoval


_ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class _Staged(Struct, frozen=True):
    change: FileChange
    target: Path
    temporary: Path
    before: bytes | None


class _Removed(Struct, frozen=True):
    target: Path
    before: bytes
    mode: int


class _Aside(Struct, frozen=True):
    """A folder that goes, under the name that it has until all is done."""

    target: Path
    name: Path


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Signals wait until the end: whoever interrupts a change finds all of it done, or nothing."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class RootedChanges:
    """The port ``FileChanges`` for a folder; nothing outside it is touched."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    @_uninterrupted()
    def write(
        self, changes: tuple[FileChange, ...], removals: tuple[FileRemoval, ...] = ()
    ) -> None:
        """Write and delete all of them, or none; folders that are missing are made.

        Of a file that is deleted the folder goes too, if nothing is left in it.

        Raises:
            ConflictError: a file changed, is gone or came to be meanwhile.
            RefusedError: outside the root.
            OutsideFailedError: the operating system refuses (full disk, read-only).
        """
        staged: list[_Staged] = []
        done: list[_Staged] = []
        gone: list[_Removed] = []
        aside: list[_Aside] = []
        made: list[Path] = []
        is_complete = False
        try:
            for change in changes:
                # One at a time: what was staged before a failure must be known.
                staged.append(self._stage(change, made))  # noqa: PERF401
            for entry in staged:
                _move(entry)
                done.append(entry)
            # Last, so that nothing is gone where something could not be written.
            for removal in removals:
                self._take_out(removal, gone, aside)
            is_complete = True
        except OSError as error:
            is_file = isinstance(error, FileExistsError | NotADirectoryError)
            raise OutsideFailedError(
                ErrorCode.NOTEBOOK_WRITE_FAILED,
                f"The files could not be written: {self._reason(error)}. All is as it was.",
                hint="Choose another folder, or move the file away."
                if is_file
                else "Check the free space and the permissions of the folder.",
                details={
                    "files": [*(each.path for each in changes), *(each.path for each in removals)]
                },
            ) from error
        finally:
            for entry in staged:
                with suppress(FileNotFoundError):
                    entry.temporary.unlink()
            if not is_complete:
                _restore(gone, aside)
                _undo(done, made)
        for each in aside:
            shutil.rmtree(each.name, ignore_errors=True)
        emptied = {entry.target.parent for entry in gone} | {entry.target.parent for entry in aside}
        for folder in emptied - {self._root}:
            with suppress(OSError):
                folder.rmdir()

    def _take_out(self, removal: FileRemoval, gone: list[_Removed], aside: list[_Aside]) -> None:
        if removal.is_folder:
            aside.append(self._set_aside(removal))
        else:
            gone.append(self._remove(removal))

    def _stage(self, change: FileChange, made: list[Path]) -> _Staged:
        target = self._inside(change.path)
        missing = [p for p in (target.parent, *target.parent.parents) if not p.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        made += missing
        before = target.read_bytes() if target.exists() else None
        if _revision(before) != change.revision:
            raise _changed(change.path)
        if before is not None and not target.stat().st_mode & _ANY_WRITE:
            raise OSError(errno.EROFS, "it is read-only", str(target))
        try:
            descriptor, temporary = tempfile.mkstemp(
                prefix=".aidevsecops-", suffix=".tmp", dir=target.parent
            )
        except OSError as error:
            # The file beside it is nobody's business.
            raise OSError(error.errno, error.strerror, str(target)) from error
        with os.fdopen(descriptor, "wb") as file:
            file.write(change.text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        # As other programs make files; what is replaced keeps its own.
        mode = 0o666 & ~_umask() if before is None else target.stat().st_mode & 0o7777
        os.chmod(temporary, mode)
        return _Staged(change, target, Path(temporary), before)

    def _remove(self, removal: FileRemoval) -> _Removed:
        target = self._inside(removal.path)
        before = target.read_bytes() if target.is_file() else None
        if before is None or _revision(before) != removal.revision:
            raise _changed(removal.path)
        mode = target.stat().st_mode & 0o7777
        target.unlink()
        return _Removed(target, before, mode)

    def _set_aside(self, removal: FileRemoval) -> _Aside:
        target = self._inside(removal.path)
        manifest = target / "manifest.json"
        before = manifest.read_bytes() if manifest.is_file() else None
        is_link = (self._root / removal.path).is_symlink()
        if before is None or is_link or _revision(before) != removal.revision:
            raise _changed(removal.path)
        # Large ones are not read, and one that cannot go stays whole.
        name = target.with_name(f".{target.name}-{os.urandom(4).hex()}")
        target.rename(name)
        return _Aside(target, name)

    def _inside(self, path: str) -> Path:
        target = (self._root / path).resolve()
        if not target.is_relative_to(self._root):
            raise RefusedError(
                ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
                f"{path!r} is outside the folder that may be used.",
                hint="Name a path inside it; links that lead out of it are not followed.",
                details={"file": path},
            )
        return target

    def _reason(self, error: OSError) -> str:
        """What is wrong, and with which file or folder."""
        what = error.strerror or str(error)
        if error.filename is None:
            return what
        path = os.path.relpath(str(error.filename), self._root)
        if isinstance(error, FileExistsError | NotADirectoryError):
            return f"a file stands where the folder of {path} is to be"
        return f"{path}: {what}"


def _move(entry: _Staged) -> None:
    if entry.before is None:
        # Unlike a rename, this fails where somebody else made the file meanwhile.
        try:
            os.link(entry.temporary, entry.target)
        except FileExistsError as error:
            raise _changed(entry.change.path) from error
        return
    if not entry.target.exists() or entry.target.read_bytes() != entry.before:
        raise _changed(entry.change.path)
    os.replace(entry.temporary, entry.target)


def _undo(done: Sequence[_Staged], made: Sequence[Path]) -> None:
    for entry in done:
        if entry.before is None:
            entry.target.unlink()
        else:
            entry.target.write_bytes(entry.before)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()


def _restore(gone: Sequence[_Removed], aside: Sequence[_Aside]) -> None:
    for each in aside:
        each.name.rename(each.target)
    for entry in gone:
        entry.target.write_bytes(entry.before)
        entry.target.chmod(entry.mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _revision(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _changed(path: str) -> ConflictError:
    return ConflictError(
        ErrorCode.NOTEBOOK_CHANGED,
        f"{path} was changed by another program meanwhile; nothing was written.",
        hint="Run the same again.",
        details={"file": path},
    )
