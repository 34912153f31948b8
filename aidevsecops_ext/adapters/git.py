"""One Git repository, worked with by the git program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .git_history import read_commits, read_tags, read_tracked
from .git_program import GitProgram
from .git_remote import fetch, read_remote_refs
from .git_state import Place, find_place, read_state

if TYPE_CHECKING:
    from pathlib import Path

    from ..app.ports import CancelToken
    from ..domain.repository import Commit, RemoteRefs, RepositoryState, Tag


class GitRepository:
    """The port ``GitReading`` for the repository that a folder is in.

    With a ``ceiling`` the repository must not reach above that folder.
    """

    def __init__(self, folder: Path, *, ceiling: Path | None = None) -> None:
        self._folder = folder
        self._ceiling = ceiling
        self._found: Place | None = None

    def state(self, cancel: CancelToken) -> RepositoryState:
        """The repository as it stands.

        Raises:
            AidevsecopsError: there is none, or git is missing, fails or does not end.
        """
        # Whether it is shallow may have changed since.
        self._found = None
        git = self._git(cancel)
        return read_state(git, self._place(cancel), cancel)

    def tags(self, cancel: CancelToken, *, ancestors_of: str | None = None) -> tuple[Tag, ...]:
        """The tags of commits, newest first.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_tags(self._git(cancel), ancestors_of, cancel))

    def commits(self, after: str | None, cancel: CancelToken) -> tuple[Commit, ...]:
        """What the head has and ``after`` has not, newest first.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_commits(self._git(cancel), after, cancel))

    def tracked(self, cancel: CancelToken) -> tuple[str, ...]:
        """The paths of all files that are tracked.

        Raises:
            AidevsecopsError: there is no repository, or git is missing, fails or does not end.
        """
        return tuple(read_tracked(self._git(cancel), cancel))

    def remote_refs(self, remote: str, branch: str, tag: str, cancel: CancelToken) -> RemoteRefs:
        """What a remote has of a branch and a tag by now.

        Raises:
            AidevsecopsError: it cannot be reached, or git is missing or does not end.
        """
        return read_remote_refs(self._git(cancel), remote, (branch, tag), cancel)

    def fetch(self, remote: str, cancel: CancelToken) -> None:
        """Learn what a remote has.

        Raises:
            AidevsecopsError: it cannot be reached, or git is missing or does not end.
        """
        fetch(self._git(cancel), remote, cancel)

    def _place(self, cancel: CancelToken) -> Place:
        if self._found is None:
            git = GitProgram(self._folder, ceiling=self._ceiling)
            self._found = find_place(git, cancel)
        return self._found

    def _git(self, cancel: CancelToken) -> GitProgram:
        return GitProgram(self._place(cancel).root, ceiling=self._ceiling)
