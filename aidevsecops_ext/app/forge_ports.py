"""What is asked of forges, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from ..domain.forge import (
        Build,
        ForgePlace,
        ForgeRelease,
        Issue,
        IssueComment,
        PullRequest,
    )
    from .ports import CancelToken


class NewRelease(Struct, frozen=True):
    """A release to make for a tag that the forge has; ``notes`` are Markdown."""

    tag: str
    name: str
    notes: str
    is_prerelease: bool = False


class NewIssue(Struct, frozen=True):
    """An issue to open."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()


class NewPullRequest(Struct, frozen=True):
    """A pull request to open between two branches that the forge has."""

    title: str
    body: str
    source_branch: str
    target_branch: str
    labels: tuple[str, ...] = ()


class Forge(Protocol):
    """One repository on a forge.

    Every method raises:
        ToolMissingError: what speaks to forges is not installed.
        OutsideFailedError: the forge cannot be reached, or fails.
        RefusedError: it wants other credentials, or does not allow it.
        NotFoundError: it has no such repository, issue, pull request or release.
        ConflictError: what is to be made is there already.
        TimedOutError: it does not answer.
        CancelledError: cancelled.
    """

    @property
    def place(self) -> ForgePlace:
        """Where the repository is."""
        ...

    def has_credentials(self, cancel: CancelToken) -> bool:
        """True when there is something to be let in with; the forge itself is not asked."""
        ...

    def can_push(self, cancel: CancelToken) -> bool:
        """True when the account that asks may push, and make releases."""
        ...

    def user(self, cancel: CancelToken) -> str:
        """The name of the account that asks."""
        ...

    def default_branch(self, cancel: CancelToken) -> str:
        """The branch that pull requests go to."""
        ...

    def can_write(self, user: str, cancel: CancelToken) -> bool:
        """True when an account may push to the repository."""
        ...

    def release(self, tag: str, cancel: CancelToken) -> ForgeRelease | None:
        """The release of a tag; None where there is none."""
        ...

    def releases(self, limit: int, cancel: CancelToken) -> tuple[ForgeRelease, ...]:
        """The newest releases, newest first."""
        ...

    def create_release(self, new: NewRelease, cancel: CancelToken) -> ForgeRelease:
        """The release that was made."""
        ...

    def delete_release(self, tag: str, cancel: CancelToken) -> None:
        """Delete the release of a tag; the tag stays."""
        ...

    def open_issues(self, cancel: CancelToken) -> tuple[Issue, ...]:
        """All open issues, oldest first; no pull requests."""
        ...

    def issue(self, number: int, cancel: CancelToken) -> Issue:
        """One issue."""
        ...

    def create_issue(self, new: NewIssue, cancel: CancelToken) -> Issue:
        """The issue that was opened; who cannot be assigned is left out."""
        ...

    def close_issue(self, number: int, cancel: CancelToken) -> None:
        """Close an issue."""
        ...

    def comments(self, number: int, cancel: CancelToken) -> tuple[IssueComment, ...]:
        """The answers to an issue, oldest first."""
        ...

    def comment(self, number: int, body: str, cancel: CancelToken) -> IssueComment:
        """The answer that was given to an issue."""
        ...

    def pull_requests(self, cancel: CancelToken) -> tuple[PullRequest, ...]:
        """The newest hundred pull requests of any state, newest first."""
        ...

    def pull_request(self, number: int, cancel: CancelToken) -> PullRequest:
        """One pull request."""
        ...

    def create_pull_request(self, new: NewPullRequest, cancel: CancelToken) -> PullRequest:
        """The pull request that was opened."""
        ...

    def close_pull_request(self, number: int, cancel: CancelToken) -> None:
        """Close a pull request without merging it."""
        ...

    def builds(self, commit: str, cancel: CancelToken) -> tuple[Build, ...]:
        """What was built of a commit."""
        ...


class Forges(Protocol):
    """The forges that this machine can reach."""

    def find(self, remote_url: str) -> Forge | None:
        """The repository behind the address of a remote; None where it is on no known forge.

        Raises:
            UserError: what the user, or the repository, says of forges makes no sense.
        """
        ...

    def remember(self, place: ForgePlace, user: str, token: str, cancel: CancelToken) -> None:
        """Have git's credential helper keep a token that the forge accepts.

        Raises:
            RefusedError: the forge does not accept it, or git has no helper that keeps it.
            AidevsecopsError: the forge or git cannot be asked.
            CancelledError: cancelled.
        """
        ...
