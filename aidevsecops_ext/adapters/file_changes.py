"""Several files changed as one: each is made beside its place, then all are moved there."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ConflictError, ErrorCode, OutsideFailedError, RefusedError
from .left_behind import ASIDE_NAMES, Held, new_draft, remove, remove_left, unused_path
from .open_places import is_below
from .placing import keep_aside, may_be_replaced, put_if_new, put_in_place
from .work_folders import noting_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..app.exchange_ports import FileChange, FileRemoval
    from .left_behind import Draft


class _Staged(Struct, frozen=True):
    change: FileChange
    target: Path
    temporary: Path
    before: bytes | None

    @property
    def aside(self) -> Path:
        """What the target held is there until all is done: on a full disk no copy could be made."""
        return self.temporary.with_suffix(ASIDE_NAMES[1])


class _Aside(Struct, frozen=True):
    """A file or folder that goes, under the name that it has until all is done."""

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

        Of a file that is deleted the folders go too in which nothing is left.

        Raises:
            ConflictError: a file changed, is gone or came to be meanwhile.
            RefusedError: outside the root.
            OutsideFailedError: the operating system refuses (full disk, read-only).
        """
        with noting_folders() as note, Held(note) as held:
            self._write(changes, removals, held)

    def _write(
        self, changes: tuple[FileChange, ...], removals: tuple[FileRemoval, ...], held: Held
    ) -> None:
        staged: list[_Staged] = []
        done: list[_Staged] = []
        aside: list[_Aside] = []
        made: list[Path] = []
        lost: list[Path] = []
        is_complete = False
        try:
            for change in changes:
                # One at a time: what was staged before a failure must be known.
                staged.append(self._stage(change, made, held))  # noqa: PERF401
            for entry in staged:
                _move(entry, held, is_alone=len(changes) + len(removals) == 1)
                done.append(entry)
            # Last, so that nothing is gone where something could not be written.
            for removal in removals:
                self._take_out(removal, aside, held)
            is_complete = True
        except BaseException as error:
            lost += [*_restore(aside), *_undo(done)]
            names = {each.target: each.name for each in aside}
            _keep(lost, {each.target: each.aside for each in done} | names)
            if isinstance(error, OSError):
                raise self._failed(error, (*changes, *removals), lost) from error
            raise
        finally:
            _remove_drafts(staged, lost)
            if not is_complete:
                _remove_empty(made)
        for each in aside:
            remove(str(each.name), is_folder=each.name.is_dir())
        for folder in {each.target.parent for each in aside}:
            self._remove_emptied(folder)

    def _remove_emptied(self, folder: Path) -> None:
        # With each folder around it that had nothing else in it, as git does.
        with suppress(OSError):
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent

    def _take_out(self, removal: FileRemoval, aside: list[_Aside], held: Held) -> None:
        target = self._inside(removal.path)
        # Large folders are not read; what one of ours holds, its manifest says.
        read = target / "manifest.json" if removal.is_folder else target
        before = read.read_bytes() if read.is_file() else None
        is_link = removal.is_folder and (self._root / removal.path).is_symlink()
        if before is None or is_link or _revision(before) != removal.revision:
            raise _changed(removal.path)
        # What cannot go stays whole, and what has gone comes back as it was.
        held.note(target.parent)
        remove_left(str(target.parent), ASIDE_NAMES)
        name = Path(unused_path(str(target.parent), *ASIDE_NAMES))
        held.hold(target)
        put_in_place(target, name)
        aside.append(_Aside(target, name))
        if name.resolve() != name:
            # It was taken out of a folder that had become a link, and goes back there.
            raise _outside(removal.path)

    def _stage(self, change: FileChange, made: list[Path], held: Held) -> _Staged:
        target = self._inside(change.path)
        # Before they are made: the first may be there when the second cannot be.
        made += [p for p in (target.parent, *target.parent.parents) if not p.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_bytes() if target.exists() else None
        if _revision(before) != change.revision:
            raise _changed(change.path)
        if before is not None and not may_be_replaced(target):
            raise OSError(errno.EROFS, "it is read-only", str(target))
        try:
            held.note(target.parent)
            remove_left(str(target.parent), ASIDE_NAMES)
            draft = new_draft(str(target.parent))
        except OSError as error:
            # The file beside it is nobody's business.
            raise OSError(error.errno, error.strerror, str(target)) from error
        try:
            self._require_inside(draft, change.path)
            _fill(draft, change.text, None if before is None else target.stat())
        except BaseException as error:
            os.unlink(draft.path)
            if isinstance(error, OSError):
                raise OSError(error.errno, error.strerror, str(target)) from error
            raise
        finally:
            held.take(draft.descriptor)
        return _Staged(change, target, Path(draft.path), before)

    def _require_inside(self, draft: Draft, path: str) -> None:
        # Its folder may have become a link. If it does later, a rename does not find the draft.
        if not is_below(draft.descriptor, self._root):
            raise _outside(path)

    def _inside(self, path: str) -> Path:
        target = (self._root / path).resolve()
        if not target.is_relative_to(self._root):
            raise _outside(path)
        if any(part.lower() == ".git" for part in target.relative_to(self._root).parts):
            raise RefusedError(
                ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
                f"{path!r} is in a folder that only Git writes to.",
                hint="Choose a folder of the project.",
                details={"file": path},
            )
        return target

    def _failed(
        self,
        error: OSError,
        wanted: Sequence[FileChange | FileRemoval],
        lost: Sequence[Path],
    ) -> OutsideFailedError:
        is_file = isinstance(error, FileExistsError | NotADirectoryError)
        names = ", ".join(os.path.relpath(path, self._root) for path in lost)
        state = f"These could not be put back: {names}" if lost else "All is as it was"
        advice = (
            "What they held is in files beside them whose names begin with a dot."
            if lost
            else "Choose another folder, or move the file away."
            if is_file
            else "Choose a shorter name."
            if error.errno == errno.ENAMETOOLONG
            else "Check the free space and the permissions of the folder."
        )
        return OutsideFailedError(
            ErrorCode.NOTEBOOK_WRITE_FAILED,
            f"The files could not be written: {self._reason(error)}. {state}.",
            hint=advice,
            details={"files": [each.path for each in wanted]},
        )

    def _reason(self, error: OSError) -> str:
        """What is wrong, and with which file or folder."""
        what = error.strerror or str(error)
        if error.filename is None:
            return what
        path = os.path.relpath(str(error.filename), self._root)
        if isinstance(error, FileExistsError | NotADirectoryError):
            return f"a file stands where the folder of {path} is to be"
        return f"{path}: {what}"


def _fill(draft: Draft, text: str, before: os.stat_result | None) -> None:
    draft.write(text.encode("utf-8"))
    # As other programs make files; what is replaced keeps its own.
    mode = 0o666 & ~_umask() if before is None else before.st_mode & 0o7777
    if before is not None:
        # Only a privileged user may give a file away; without it the owner is the right one.
        with suppress(PermissionError, AttributeError):
            os.chown(draft.path, before.st_uid, before.st_gid)
    os.chmod(draft.path, mode)


def _move(entry: _Staged, held: Held, *, is_alone: bool) -> None:
    if entry.before is None:
        try:
            put_if_new(entry.temporary, entry.target)
        except FileExistsError as error:
            raise _changed(entry.change.path) from error
        return
    if not entry.target.exists() or entry.target.read_bytes() != entry.before:
        raise _changed(entry.change.path)
    if not is_alone:
        held.hold(entry.target)
        keep_aside(entry.target, entry.aside)
    put_in_place(entry.temporary, entry.target)


def _undo(done: Sequence[_Staged]) -> list[Path]:
    """Take back what was written; the targets that cannot be put back."""

    def take_back(entry: _Staged) -> None:
        if entry.before is None:
            entry.target.unlink()
        else:
            put_in_place(entry.aside, entry.target)

    return [each.target for each in reversed(done) if not _succeeds(partial(take_back, each))]


def _restore(aside: Sequence[_Aside]) -> list[Path]:
    """Bring back what was taken out; the targets that stay away."""
    return [
        each.target
        for each in reversed(aside)
        if not _succeeds(partial(put_in_place, each.name, each.target))
    ]


def _keep(lost: Sequence[Path], asides: Mapping[Path, Path]) -> None:
    """Have what could not be put back under a name that nobody takes for left."""
    for target in lost:
        with suppress(OSError):
            put_in_place(asides[target], target.with_name(f".{target.name}-{os.urandom(4).hex()}"))


def _succeeds(step: Callable[[], None]) -> bool:
    try:
        step()
    except OSError:
        return False
    return True


def _remove_drafts(staged: Sequence[_Staged], lost: Sequence[Path]) -> None:
    for entry in staged:
        with suppress(OSError):
            entry.temporary.unlink()
        with suppress(OSError):
            if entry.target not in lost:
                entry.aside.unlink()


def _remove_empty(made: Sequence[Path]) -> None:
    for folder in sorted(made, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _revision(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def _outside(path: str) -> RefusedError:
    return RefusedError(
        ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
        f"{path!r} is outside the folder that may be used.",
        hint="Name a path inside it; links that lead out of it are not followed.",
        details={"file": path},
    )


def _changed(path: str) -> ConflictError:
    return ConflictError(
        ErrorCode.NOTEBOOK_CHANGED,
        f"{path} was changed by another program meanwhile; nothing was written.",
        hint="Run the same again.",
        details={"file": path},
    )
