"""Where the repositories below a folder are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from .git import GitRepository

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken


class RootedRepositories:
    """The port ``Repositories`` for a folder; what reaches above it is not touched."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def find(self, folder: str, cancel: CancelToken) -> str:
        """The path below the root of the repository that a folder is in.

        Raises:
            RefusedError: it is in none, or in one that is not below the root as a whole.
            AidevsecopsError: git is missing, fails or does not end.
        """
        root = self._root.resolve()
        try:
            found = GitRepository(root / folder, ceiling=root).root(cancel).resolve()
        except RefusedError as error:
            if error.code is ErrorCode.RELEASE_NO_REPOSITORY and _is_in_repository(root):
                raise _reaches_out(folder) from error
            raise
        # Its settings may say that its files are anywhere.
        if not found.is_relative_to(root):
            raise _reaches_out(folder)
        return found.relative_to(root).as_posix()


def _is_in_repository(root: Path) -> bool:
    return any((folder / ".git").exists() for folder in root.parents)


def _reaches_out(folder: str) -> RefusedError:
    return RefusedError(
        ErrorCode.RELEASE_NO_REPOSITORY,
        f"The repository that '{folder}' is in is not below the server's root folder as a whole, "
        "so that nothing is released from it here.",
        hint="Start the server in the repository's folder or above it, or use 'aidevsecops "
        "release' in a terminal.",
    )
