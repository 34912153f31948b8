"""The health of a project at a glance: each link of the chain, and the one thing to do next."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping


class LinkName(str, Enum):
    """The links, in the order of the chain."""

    NOTEBOOKS = "notebooks"
    OVERLAYS = "overlays"
    ADVISORIES = "advisories"
    PIPELINE = "pipeline"
    IMAGES = "images"
    RELEASE = "release"


class LinkState(str, Enum):
    """How a link is; ``NONE`` where there is nothing of its kind yet."""

    GOOD = "good"
    ATTENTION = "attention"
    PROBLEM = "problem"
    UNKNOWN = "unknown"
    NONE = "none"


class NextCommand(str, Enum):
    """What can be next; each face has a way to do it."""

    LOCK_NOTEBOOK = "lock-notebook"
    OPEN_FILE = "open-file"
    SPLIT_NOTEBOOK = "split-notebook"
    LOCK_OVERLAY = "lock-overlay"
    CHECK_OVERLAY = "check-overlay"
    AUDIT_PROJECT = "audit-project"
    AUDIT_PATH = "audit-path"
    CREATE_PIPELINE = "create-pipeline"
    RUN_PIPELINE = "run-pipeline"
    SHOW_RUN = "show-run"
    CHECK_PIPELINE = "check-pipeline"
    CUT_RELEASE = "cut-release"
    RESUME_RELEASE = "resume-release"
    COMMIT_FILES = "commit-files"


class NextAction(Struct, frozen=True):
    """The one thing to do next; paths are below the project.

    ``paths`` are all that it is due for, where these are several; ``arguments`` name the first.
    """

    command: NextCommand
    arguments: Mapping[str, str] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


class Link(Struct, frozen=True):
    """One link of the chain; ``details`` are further sentences, such as names and reasons."""

    name: LinkName
    state: LinkState
    summary: str
    next: NextAction | None = None
    details: tuple[str, ...] = ()


class GitStanding(Struct, frozen=True):
    """Where the repository is; ``uncommitted`` are the files that concern the chain, and no others.

    ``ahead`` and ``behind`` are None where there is no upstream; ``problem`` says why nothing of
    this is known.
    """

    branch: str | None = None
    upstream: str | None = None
    ahead: int | None = None
    behind: int | None = None
    uncommitted: tuple[str, ...] = ()
    problem: str = ""


class Adoption(Struct, frozen=True):
    """What of the project template is missing, by path.

    ``is_home`` is true for the home folder of the user, which holds projects and is none.
    """

    is_repository: bool
    missing: tuple[str, ...] = ()
    marker: str = ""
    is_home: bool = False

    @property
    def is_offered(self) -> bool:
        """True for a folder that is in no repository, and for a repository that is foreign here."""
        if self.is_home and not self.is_repository:
            return False
        return not self.is_repository or self.marker in self.missing


class ProjectHealth(Struct, frozen=True):
    """All links, the repository, and what of the template is missing."""

    name: str
    links: tuple[Link, ...]
    adoption: Adoption
    git: GitStanding | None = None

    @property
    def next(self) -> Link | None:
        """The link whose next action comes first: what is broken, then what is due."""
        urgent = (LinkState.PROBLEM, LinkState.ATTENTION, LinkState.UNKNOWN, LinkState.NONE)
        with_next = [link for link in self.links if link.next is not None]
        return next((one for state in urgent for one in with_next if one.state is state), None)


def counted(count: int, one: str, many: str) -> str:
    """That many of something, in words: ``1 notebook``, ``3 notebooks``."""
    return f"{count} {one if count == 1 else many}"
