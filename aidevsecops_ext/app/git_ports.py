"""What releases need of Git, as protocols; each belongs to one repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from ..domain.release_record import ReleaseRecord
    from ..domain.repository import Commit, RemoteRefs, RepositoryState, Tag
    from .exchange_ports import FileChanges
    from .forge_ports import Forges
    from .ports import CancelToken, Clock, Files, Progress


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

    def commits(
        self, after: str | None, cancel: CancelToken, *, of: str | None = None
    ) -> tuple[Commit, ...]:
        """What a commit, else the head, has and ``after`` (a tag or a commit) has not.

        They come newest first.
        """
        ...

    def is_ancestor(self, commit: str, of: str, cancel: CancelToken) -> bool:
        """True when a commit is known and in the history of another one."""
        ...

    def is_contained(self, commit: str, into: str, cancel: CancelToken) -> bool:
        """True when a commit is known, and all that led to it is in the history of another one.

        What was squashed or rebased counts, where it changes the same.
        """
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


class Repositories(Protocol):
    """The repositories below a root."""

    def find(self, folder: str, cancel: CancelToken) -> str:
        """The path below the root of the repository that a folder is in.

        Raises:
            RefusedError: it is in none, or in one that is not below the root as a whole.
            ToolMissingError: git is not installed.
            TimedOutError: git does not end.
            CancelledError: cancelled.
        """
        ...


class CommitRequest(Struct, frozen=True):
    """A commit of those files alone, as they are on disk; ``is_signed`` None leaves it to git."""

    message: str
    paths: tuple[str, ...]
    is_signed: bool | None = None


class TagRequest(Struct, frozen=True):
    """An annotated tag; ``is_signed`` None leaves it to git."""

    name: str
    commit: str
    message: str
    is_signed: bool | None = None


class CommitAside(Struct, frozen=True):
    """A commit on ``parent`` with those texts of files; nothing is checked out for it.

    ``is_signed`` None leaves it to git.
    """

    message: str
    parent: str
    texts: Mapping[str, str]
    is_signed: bool | None = None


class PushedRef(Struct, frozen=True):
    """What a reference of a remote becomes: ``source`` None deletes it.

    With ``expected`` it must be that until then; otherwise nothing may be lost.
    """

    target: str
    source: str | None
    expected: str | None = None


class Git(GitReading, Protocol):
    """What a release does to a repository; raises what ``GitReading`` does as well."""

    def index_entries(self, paths: tuple[str, ...], cancel: CancelToken) -> Mapping[str, str]:
        """What the index has of each of those paths that are tracked: mode and id."""
        ...

    def changed_by(self, commit: str, cancel: CancelToken) -> tuple[str, ...]:
        """The paths that a commit changes."""
        ...

    def differing(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> frozenset[str]:
        """Those of the paths whose files are not as they are in a commit."""
        ...

    def commit(self, request: CommitRequest, progress: Progress, cancel: CancelToken) -> str:
        """The id of the commit that was made, signed off; the user's hooks run.

        Raises:
            RefusedError: a hook refuses it, or it cannot be signed.
        """
        ...

    def commit_aside(self, request: CommitAside, cancel: CancelToken) -> str:
        """The id of a commit, signed off, that is on no branch yet; no hooks of commits run.

        The head, the index and the files stay as they are.

        Raises:
            RefusedError: it cannot be signed.
        """
        ...

    def tag(self, request: TagRequest, cancel: CancelToken) -> str:
        """The id of the tag that was made.

        Raises:
            RefusedError: there is one of that name, or it cannot be signed.
        """
        ...

    def push(
        self,
        remote: str,
        refs: tuple[PushedRef, ...],
        progress: Progress,
        cancel: CancelToken,
    ) -> bool:
        """Push all of them, or none; False where the remote cannot do that, and nothing was done.

        Raises:
            ConflictError: the remote has others by now.
            RefusedError: the remote or a hook refuses it, or git has no credentials for it.
            OutsideFailedError: the remote cannot be reached.
        """
        ...

    def move_head(self, commit: str, expected: str, cancel: CancelToken) -> None:
        """Have the head (and its branch) at another commit; index and files stay.

        Raises:
            OutsideFailedError: it is not at ``expected`` any more.
        """
        ...

    def delete_tag(self, name: str, expected: str, cancel: CancelToken) -> None:
        """Delete a tag.

        Raises:
            OutsideFailedError: it is another one by now.
        """
        ...

    def restore_index(self, entries: Mapping[str, str | None], cancel: CancelToken) -> None:
        """Have what the index had of those paths; None is nothing."""
        ...

    def restore(self, commit: str, paths: tuple[str, ...], cancel: CancelToken) -> None:
        """Have files and index as in a commit; what is not in it is deleted."""
        ...

    def keep(self, path: str, cancel: CancelToken) -> str:
        """The id under which git has the content of a file from now on."""
        ...

    def revert(self, commit: str, progress: Progress, cancel: CancelToken) -> str:
        """The id of a commit that takes another one back; a failure leaves all as it was.

        Raises:
            RefusedError: it cannot be taken back, or a hook refuses it.
        """
        ...


class ReleaseJournal(Protocol):
    """Where the record of the repository's newest release is kept."""

    def locked(self) -> AbstractContextManager[None]:
        """Nobody else cuts, resumes or undoes a release in the block.

        Raises:
            ConflictError: somebody does.
            OutsideFailedError: the operating system refuses.
        """
        ...

    def is_locked(self) -> bool:
        """True while somebody cuts, resumes or undoes a release."""
        ...

    def read(self) -> ReleaseRecord | None:
        """The record; None where there is none.

        Raises:
            OutsideFailedError: it cannot be read.
        """
        ...

    def write(self, record: ReleaseRecord) -> None:
        """Keep a record in place of the one before, all of it or nothing.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...


class CutPorts(Struct, frozen=True):
    """What a release needs of the outside; files and changes are below the repository's root."""

    git: Git
    journal: ReleaseJournal
    files: Files
    changes: FileChanges
    clock: Clock
    forges: Forges
