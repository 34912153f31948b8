"""A forge: where a repository is on the web, and the issues, pull requests and releases there."""

from __future__ import annotations

from enum import Enum
from urllib.parse import quote

from msgspec import Struct


class ForgeKind(str, Enum):
    """The programs that forges run; Forgejo answers as Gitea does."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"


class ForgePlace(Struct, frozen=True):
    """A repository on a forge.

    ``url`` is the address of the forge without a slash at its end (``https://git.example.org``),
    ``project`` the path of the repository on it (``group/name``).
    """

    kind: ForgeKind
    url: str
    project: str

    @property
    def web_url(self) -> str:
        """Where people read the repository."""
        return f"{self.url}/{self.project}"

    def tag_url(self, tag: str) -> str:
        """Where people read of a tag, and of its release where it has one."""
        folder = "-/tags" if self.kind is ForgeKind.GITLAB else "releases/tag"
        return f"{self.web_url}/{folder}/{quote(tag)}"


class ForgeRelease(Struct, frozen=True):
    """A release on a forge: its notes are Markdown."""

    tag: str
    name: str
    notes: str
    url: str


class Issue(Struct, frozen=True):
    """An issue: ``created_at`` is in seconds since 1970."""

    number: int
    title: str
    body: str
    author: str
    url: str
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    is_open: bool = True
    created_at: float = 0.0


class IssueComment(Struct, frozen=True):
    """What somebody answered to an issue or a pull request."""

    author: str
    body: str
    url: str = ""
    created_at: float = 0.0


class PullRequestState(str, Enum):
    """How a pull request stands."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class PullRequest(Struct, frozen=True):
    """A pull request, which GitLab calls a merge request.

    ``merge_commit`` is the commit on the target branch once it is merged.
    """

    number: int
    title: str
    body: str
    author: str
    url: str
    source_branch: str
    target_branch: str
    state: PullRequestState = PullRequestState.OPEN
    labels: tuple[str, ...] = ()
    merge_commit: str | None = None


class BuildState(str, Enum):
    """How a build of a commit went."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"


class Build(Struct, frozen=True):
    """What a forge, or a service that tells it, did with a commit."""

    name: str
    state: BuildState
    url: str = ""
