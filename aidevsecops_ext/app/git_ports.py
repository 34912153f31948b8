"""What releases need of Git, as protocols; each belongs to one repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.repository import Commit, RemoteRefs, RepositoryState, Tag
    from .ports import CancelToken


class GitReading(Protocol):
    """What can be asked of a repository; nothing of it is changed.

    Every method raises:
        ToolMissingError: git is not installed.
        RefusedError: the folder is in no repository that git may work in.
        OutsideFailedError: git fails, in its own words.
        TimedOutError: git does not end.
        CancelledError: cancelled.
    """

    def state(self, cancel: CancelToken) -> RepositoryState:
        """The repository as it stands, without asking a remote."""
        ...

    def tags(self, cancel: CancelToken, *, ancestors_of: str | None = None) -> tuple[Tag, ...]:
        """The tags of commits, newest first; with ``ancestors_of`` those in its history alone."""
        ...

    def commits(self, after: str | None, cancel: CancelToken) -> tuple[Commit, ...]:
        """What the head has and ``after`` (a tag or a commit) has not, newest first."""
        ...

    def tracked(self, cancel: CancelToken) -> tuple[str, ...]:
        """The paths of all files that are tracked, links and submodules left out."""
        ...

    def remote_refs(self, remote: str, branch: str, tag: str, cancel: CancelToken) -> RemoteRefs:
        """What a remote has of a branch and a tag by now.

        Raises:
            OutsideFailedError: the remote cannot be reached.
            RefusedError: it wants credentials that git does not have.
        """
        ...

    def fetch(self, remote: str, cancel: CancelToken) -> None:
        """Learn what a remote has; the branch and the files stay as they are.

        Raises:
            OutsideFailedError: the remote cannot be reached.
            RefusedError: it wants credentials that git does not have.
        """
        ...
