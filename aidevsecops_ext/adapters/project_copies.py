"""Copies of a project to run its notebooks in: what a run writes stays in the copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError, RefusedError
from ..domain.run_ids import is_run_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..app.ports import CancelToken
    from ..app.verification_ports import CopyRequest

# What is made again by tools, belongs to them, or is an environment; runs write some of it.
_SKIPPED = frozenset(
    (
        *(".git", ".hg", ".svn", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".nox"),
        *(".ipynb_checkpoints", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
    )
)
_ENVIRONMENT = "pyvenv.cfg"
_PIECE = 1 << 20
_FICLONE = 0x40049409


class RootedCopy:
    """The port ``ProjectCopy``: a project below the root, copied into the folder ``home``."""

    def __init__(self, root: Path, request: CopyRequest, home: Path, *, limit: int) -> None:
        project = project_folder(root, request.notebook, request.others)
        self._source = root / project
        self._project = PurePosixPath(project)
        self._target = home / "project"
        self._limit = limit
        self._left_out = frozenset(os.path.normpath(root / path) for path in request.left_out)
        self._texts = request.texts
        self._known: dict[str, tuple[int, int]] = {}
        self._notes: tuple[str, ...] = ()
        self._size = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was not copied and why, in sentences."""
        return self._notes

    def folder(self, path: str) -> str:
        """Where a folder (as seen from the root) is in the copy; it is made if need be."""
        folder = self._target / PurePosixPath(path or ".").relative_to(self._project)
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder)

    def reset(self, cancel: CancelToken) -> None:
        """Begin again with a fresh copy.

        Raises:
            RefusedError: the project is larger than the limit.
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled.
        """
        try:
            shutil.rmtree(self._target, ignore_errors=True)
            self._copy(cancel)
            for path, text in self._texts.items():
                folder, name = os.path.split(path)
                Path(self.folder(folder), name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise OutsideFailedError(
                ErrorCode.VERIFY_COPY_FAILED,
                f"The project cannot be copied: {error.strerror or error}.",
                hint="Look at the free space where temporary files are (TMPDIR).",
                details={"project": str(self._project)},
            ) from error
        self._known = dict(self._stamps())

    def changed_files(self) -> Mapping[str, str | None]:
        """The SHA-256 of each file that was written since the copy, None for one deleted."""
        now = dict(self._stamps())
        changed = [path for path, stamp in now.items() if self._known.get(path) != stamp]
        found: dict[str, str | None] = dict.fromkeys(set(self._known) - set(now))
        found.update({path: _sha256(self._target / path) for path in changed})
        return {str(self._project / path): found[path] for path in sorted(found)}

    def _copy(self, cancel: CancelToken) -> None:
        self._size = 0
        self._notes = ()
        self._target.mkdir(parents=True)
        self._copy_folder(self._source, self._target, cancel)

    def _copy_folder(self, folder: Path, target: Path, cancel: CancelToken) -> None:
        for path, inside in _walk(folder, self._left_out):
            cancel.raise_if_cancelled()
            new = target / inside
            if not path.is_symlink():
                self._copy_one(path, new)
            elif (place := self._place_of(path)) is not None:
                new.symlink_to(os.path.relpath(place, new.parent))
            elif path.is_dir() and not self._is_around(path):
                # A link would lead what is written out of the copy.
                new.mkdir()
                self._copy_folder(Path(os.path.realpath(path)), new, cancel)
            elif path.is_file():
                self._copy_one(path, new)
            else:
                said = f"{inside} was not copied: the link leads nowhere, or in a circle."
                self._notes = (*self._notes, said)

    def _copy_one(self, path: Path, new: Path) -> None:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            new.mkdir()
        elif stat.S_ISREG(status.st_mode):
            self._size += status.st_size
            self._check(self._size)
            copy_file(path, new)

    def _is_around(self, link: Path) -> bool:
        """True for a link to a folder that the link itself, or the project, is in."""
        to = os.path.realpath(link)
        return any(
            Path(os.path.realpath(place)).is_relative_to(to)
            for place in (link.parent, self._source)
        )

    def _place_of(self, link: Path) -> Path | None:
        """Where in the copy a link leads; None when it leads out of the project."""
        to, source = Path(os.path.realpath(link)), os.path.realpath(self._source)
        return self._target / to.relative_to(source) if to.is_relative_to(source) else None

    def _check(self, size: int) -> None:
        if size > self._limit:
            raise RefusedError(
                ErrorCode.VERIFY_PROJECT_TOO_LARGE,
                f"The project around the notebook is larger than {self._limit / 1e6:g} MB, and "
                "is copied to run in.",
                hint="Raise the limit (verify_copy_bytes), or move large data out of the project "
                "and name it by its whole path.",
                details={"project": str(self._project), "limit": self._limit},
            )

    def _stamps(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for path, inside in _walk(self._target, frozenset()):
            with suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode):
                    yield str(inside), (status.st_size, status.st_mtime_ns)


def project_folder(root: Path, notebook: str, others: tuple[str, ...]) -> str:
    """The project of a notebook, as seen from the root: up to the repository, else its folder.

    ``others`` are paths of files that the project must hold as well.
    """
    folder = PurePosixPath(notebook).parent
    found = next(
        (above for above in (folder, *folder.parents) if (root / above / ".git").exists()), folder
    )
    for path in others:
        while not PurePosixPath(path).is_relative_to(found):
            found = found.parent
    return str(found)


def _walk(folder: Path, left_out: frozenset[str]) -> Iterator[tuple[Path, PurePosixPath]]:
    """Everything below a folder, folders before what is in them; links are not followed."""
    for base, folders, files in os.walk(folder):
        inside = PurePosixPath(Path(base).relative_to(folder).as_posix())
        folders[:] = sorted(
            name
            for name in folders
            if name not in _SKIPPED
            and not is_run_id(name)
            and os.path.normpath(os.path.join(base, name)) not in left_out
            and not os.path.exists(os.path.join(base, name, _ENVIRONMENT))
        )
        for name in (*folders, *sorted(files)):
            yield Path(base, name), inside / name


def copy_file(source: Path, target: Path) -> None:
    """A copy that shares nothing with the file: blocks are shared where writing unshares them."""
    with source.open("rb") as read, target.open("wb") as write:
        if not _clone(read, write):
            shutil.copyfileobj(read, write, _PIECE)
    shutil.copystat(source, target)
    target.chmod(stat.S_IMODE(target.stat().st_mode) | stat.S_IWUSR | stat.S_IRUSR)


if sys.platform == "linux":
    import fcntl

    def _clone(read: IO[bytes], write: IO[bytes]) -> bool:
        try:
            fcntl.ioctl(write.fileno(), _FICLONE, read.fileno())
        except OSError:
            return False
        return True

else:

    def _clone(read: IO[bytes], write: IO[bytes]) -> bool:
        del read, write
        return False


def _sha256(path: Path) -> str | None:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return None
    return digest.hexdigest()
