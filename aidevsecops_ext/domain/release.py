"""A release: the plan that somebody sees before anything is changed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .release_proposal import ReleaseMode
from .versions import is_release_tag, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .file_preview import FilePreview
    from .forge import ForgePlace
    from .release_proposal import Proposal
    from .release_settings import CheckName
    from .repository import Tag
    from .versions import ReleaseKind


class CheckStatus(str, Enum):
    """How one check went."""

    PASSED = "pass"
    WARNED = "warn"
    FAILED = "fail"


class Check(Struct, frozen=True):
    """One thing that was looked at before a release; ``fix`` says what to do about it."""

    name: CheckName
    status: CheckStatus
    message: str
    fix: str = ""


class VersionPlace(Struct, frozen=True):
    """Where a file says the version: ``line`` counts from 1."""

    file: str
    line: int
    value: str


class Reference(Struct, frozen=True):
    """A place outside the sources that names a version of an image of this repository.

    ``path`` says where in the file, such as ``nodes/training/runtime_image``; ``source`` and
    ``target`` are the texts before and after.
    """

    file: str
    path: str
    source: str
    target: str


class ReleasePlan(Struct, frozen=True):
    """All that a release would do.

    ``current`` is None where the repository says no version yet, ``head`` is the commit that the
    plan was made on, ``branch`` the branch that was checked out then. ``images`` are the full names
    of those that the release should build. ``proposal`` is the pull request that brings it, None
    where the release is made at once; ``forge`` is where it then gets a page with the notes.
    """

    current: str | None
    next: str
    tag: str
    kind: ReleaseKind
    head: str
    branch: str | None = None
    versions: tuple[VersionPlace, ...] = ()
    changelog: str = ""
    references: tuple[Reference, ...] = ()
    images: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    files: tuple[FilePreview, ...] = ()
    proposal: Proposal | None = None
    forge: ForgePlace | None = None

    @property
    def mode(self) -> ReleaseMode:
        """How the release is made."""
        return ReleaseMode.DIRECT if self.proposal is None else ReleaseMode.PULL_REQUEST

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that forbid the release."""
        return tuple(check for check in self.checks if check.status is CheckStatus.FAILED)


def releases_among(tags: Iterable[Tag]) -> tuple[Tag, ...]:
    """The tags that are versions, the newest version first; others are no releases."""
    versions = (tag for tag in tags if is_release_tag(tag.name))
    return tuple(sorted(versions, key=lambda tag: parse_version(tag.name), reverse=True))
