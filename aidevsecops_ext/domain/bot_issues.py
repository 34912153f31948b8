"""Issues that ask a bot for something: what they say, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .forge import Build, Issue, IssueComment, PullRequest


class IssueText(Struct, frozen=True):
    """What an issue says."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()


class PlannedIssue(Struct, frozen=True):
    """The issue to open at a place, and the template that it is from; ``earlier`` is open now."""

    text: IssueText
    place: str
    template: str = ""
    earlier: Issue | None = None


class FollowedRequest(Struct, frozen=True):
    """An issue, its comments, the pull request that answers it, and the tag of its release.

    ``tag`` is empty where there is none yet; ``builds`` are those of what was merged.
    """

    issue: Issue
    comments: tuple[IssueComment, ...] = ()
    pull_request: PullRequest | None = None
    tag: str = ""
    builds: tuple[Build, ...] = ()
