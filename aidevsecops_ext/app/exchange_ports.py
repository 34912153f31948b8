"""What exporting and importing need of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.exchange import PackageFile
    from .ports import CancelToken, ResolveRequest


class FileChange(Struct, frozen=True):
    """A file to write; ``revision`` is what it must still have, None where it must not exist."""

    path: str
    text: str
    revision: str | None = None


class FileRemoval(Struct, frozen=True):
    """A file to delete; ``revision`` is what it must still have.

    With ``is_folder`` it is a folder with all that is in it, and ``revision`` is that of the
    ``manifest.json`` in it.
    """

    path: str
    revision: str
    is_folder: bool = False


class FileChanges(Protocol):
    """Writes and deletes several files below the root as one change."""

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
        ...


class PackageFiles(Protocol):
    """The files of exact versions on the user's package indexes."""

    def files(
        self, request: ResolveRequest, cancel: CancelToken
    ) -> Mapping[str, tuple[PackageFile, ...]]:
        """The files of each package that is asked for, by its normalised name.

        Raises:
            RefusedError: an index has no such version.
            OutsideFailedError: index unreachable, or the engine failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: the engine is not installed.
            CancelledError: cancelled.
        """
        ...
