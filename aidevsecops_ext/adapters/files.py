"""Text files below one root folder, replaced atomically."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from ..app.ports import FileText, FolderEntries
from ..domain.errors import (
    AidevsecopsError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    OutsideFailedError,
    RefusedError,
    UserError,
)
from .left_behind import draft_in, move_draft
from .open_places import is_below
from .placing import may_be_replaced

# A pipe must not make the reader wait; the last step of a path must not be swapped for a link.
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
# Of files that are no notebooks: none that people write is a tenth as long.
_LARGEST_TEXT = 10_000_000


class RootedFiles:
    """The port ``Files`` for a folder; nothing outside it is touched, also not through links."""

    def __init__(self, root: Path, size_limit: int) -> None:
        self._root = root.resolve()
        self._size_limit = size_limit

    def read(self, path: str) -> FileText:
        """The text of a file and its revision.

        Raises:
            RefusedError: outside the root, or over the size limit.
            NotFoundError: no such file.
            UserError: not UTF-8.
            OutsideFailedError: not a file, or the operating system refuses.
        """
        content = self._content(path, self._inside(path))
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise UserError(
                ErrorCode.NOTEBOOK_INVALID,
                f"{path} is not a text in UTF-8: byte {error.start} is not valid.",
                hint="Name a Jupyter notebook (.ipynb)."
                if path.endswith(".ipynb")
                else "Save it as UTF-8.",
                details={"notebook": path, "byte": error.start},
            ) from error
        return FileText(text, _revision(content))

    def replace(self, path: str, text: str, revision: str) -> None:
        """Replace a file atomically, keeping its mode and, where it is a link, the link.

        Raises:
            ConflictError: the file's revision is no longer ``revision``, or it is gone.
            RefusedError: outside the root.
            OutsideFailedError: the operating system refuses (full disk, read-only).
        """
        target = self._inside(path)
        try:
            status = target.stat()
            if not may_be_replaced(target):
                raise _failed_write(path, "it is read-only")
            with draft_in(str(target.parent)) as draft:
                if not is_below(draft.descriptor, self._root):
                    raise _outside(path)
                draft.write(text.encode("utf-8"))
                _keep_owner_and_mode(draft.path, status)
                # As late as can be: what another program wrote meanwhile is never overwritten.
                if _revision(self._content(path, target)) != revision:
                    raise _changed(path, "was changed by another program")
                move_draft(draft, target)
        except (FileNotFoundError, NotFoundError) as error:
            raise _changed(path, "was deleted") from error
        except OSError as error:
            raise _failed_write(path, error.strerror or str(error)) from error

    def is_file(self, path: str) -> bool:
        """True when there is such a file, inside the root."""
        try:
            return self._inside(path).is_file()
        except (AidevsecopsError, OSError):
            return False

    def is_folder(self, path: str) -> bool:
        """True when there is such a folder, inside the root."""
        try:
            return self._inside(path).is_dir()
        except (AidevsecopsError, OSError):
            return False

    def entries(self, path: str) -> FolderEntries:
        """The names in a folder, sorted; folders that are links are left out.

        Raises:
            RefusedError: outside the root.
            NotFoundError: no such folder.
            OutsideFailedError: the operating system refuses.
        """
        folder = self._inside(path)
        files: list[str] = []
        folders: list[str] = []
        try:
            with os.scandir(folder) as found:
                for entry in found:
                    # A link to a folder may lead in a circle.
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.name)
                    elif entry.is_file():
                        files.append(entry.name)
        except OSError as error:
            raise _unreadable(path, error) from error
        return FolderEntries(tuple(sorted(files)), tuple(sorted(folders)))

    def _inside(self, path: str) -> Path:
        try:
            if PureWindowsPath(path).drive or os.path.isabs(path):
                raise _outside(path)
            # Also a null character or a lone surrogate makes a ValueError here.
            target = (self._root / path).resolve()
        except ValueError as error:
            raise _outside(path) from error
        except (OSError, RuntimeError) as error:
            raise _unreadable(path, OSError(0, "its links lead in a circle")) from error
        if not target.is_relative_to(self._root):
            raise _outside(path)
        return target

    def _content(self, path: str, target: Path) -> bytes:
        limit = self._size_limit
        if not path.endswith(".ipynb"):
            limit = min(limit, _LARGEST_TEXT)
        try:
            descriptor = os.open(target, _OPEN_FLAGS)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise _no_file(path)
                if not is_below(descriptor, self._root):
                    raise _outside(path)
                with os.fdopen(descriptor, "rb", closefd=False) as file:
                    content = file.read(limit + 1)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _unreadable(path, error) from error
        if len(content) > limit:
            raise _too_large(path, limit)
        return content


def _revision(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _keep_owner_and_mode(temporary: str, status: os.stat_result) -> None:
    # Only a privileged user may give a file away; without it the owner is already the right one.
    with suppress(PermissionError, AttributeError):
        os.chown(temporary, status.st_uid, status.st_gid)
    os.chmod(temporary, stat.S_IMODE(status.st_mode))


def _outside(path: str) -> RefusedError:
    return RefusedError(
        ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
        f"{path!r} is outside the folder that may be used.",
        hint="Name a path inside it; links that lead out of it are not followed.",
        details={"notebook": path},
    )


def _no_file(path: str) -> RefusedError:
    return RefusedError(
        ErrorCode.NOTEBOOK_UNREADABLE,
        f"{path} cannot be read: it is not a file.",
        hint="Check the path.",
        details={"notebook": path},
    )


def _too_large(path: str, limit: int) -> RefusedError:
    is_notebook = path.endswith(".ipynb")
    return RefusedError(
        ErrorCode.NOTEBOOK_TOO_LARGE,
        f"{path} is larger than {limit / 1e6:g} MB.",
        hint="Clear its outputs, or raise the limit (max_notebook_bytes)."
        if is_notebook
        else "No file that is read here may be, but for notebooks.",
        details={"notebook": path, "limit": limit},
    )


def _unreadable(path: str, error: OSError) -> AidevsecopsError:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return NotFoundError(
            ErrorCode.NOTEBOOK_NOT_FOUND,
            f"{path} does not exist.",
            hint="Check the path.",
            details={"notebook": path},
        )
    return OutsideFailedError(
        ErrorCode.NOTEBOOK_UNREADABLE,
        f"{path} cannot be read: {error.strerror or error}.",
        hint="Check the path and its permissions.",
        details={"notebook": path},
    )


def _changed(path: str, what: str) -> ConflictError:
    return ConflictError(
        ErrorCode.NOTEBOOK_CHANGED,
        f"{path} {what} meanwhile; nothing was written.",
        hint="Run the same again on the notebook as it is now.",
        details={"notebook": path},
    )


def _failed_write(path: str, reason: str) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.NOTEBOOK_WRITE_FAILED,
        f"{path} could not be written: {reason}. It is as it was.",
        hint="Check the free space and the permissions of its folder.",
        details={"notebook": path},
    )
