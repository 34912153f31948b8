"""The record of one release: what it changes, what was there before, and how far it came."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from .release_proposal import Proposal, ReleaseMode

# Older ones can be read.
RECORD_FORMAT = 2


class ReleaseStage(str, Enum):
    """How far a release came.

    What a stage begins may have happened already when the record says nothing of it yet: who goes
    on looks first.
    """

    BEGUN = "begun"  # the files are being written
    WRITTEN = "written"  # the commit is being made
    COMMITTED = "committed"  # the tag is being made
    TAGGED = "tagged"  # nothing has left the machine
    PUSHING = "pushing"  # it may be out
    RELEASING = "releasing"  # commit and tag are out, the forge's release is being made
    PROPOSING = "proposing"  # its branch is out, the pull request is being opened
    DONE = "done"
    UNDONE = "undone"

    @property
    def is_final(self) -> bool:
        """True when nothing of the release is left to be done."""
        return self in {ReleaseStage.DONE, ReleaseStage.UNDONE}


class ReleasedFile(Struct, frozen=True):
    """A file of a release: its text before (None where there was none) and after.

    ``entry`` is what the index had of it (mode and id), None where it was not tracked.
    """

    path: str
    old: str | None
    text: str
    entry: str | None = None


class ReleasePage(Struct, frozen=True):
    """A release on the forge of a remote: ``place`` is where people read the repository there.

    ``remote_url`` (without credentials) says which forge it is. ``url`` is the address of the
    release once it is made; ``note`` says why it is not, where that was left to people.
    """

    remote_url: str
    place: str
    url: str = ""
    note: str = ""


class ReleaseRecord(Struct, frozen=True):
    """One release: what is needed to go on with it, and to take it back.

    ``head`` and ``branch`` are those that it began on. ``remote`` (with the name of the branch
    there, and the commit that it had) is None where nothing is pushed. ``is_signed`` is None where
    git decides. ``commit`` and ``tag_id`` are there once they are made, ``revert`` is the commit
    that takes a published one back, ``error`` why it is not done yet. ``proposal`` is there where a
    pull request brings the release: then files, index and branch here stay as they are. ``page`` is
    there where the forge of the remote gets a release as well.
    """

    version: str
    tag: str
    head: str
    branch: str
    notes: str
    files: tuple[ReleasedFile, ...]
    begun_at: float
    remote: str | None = None
    remote_branch: str = ""
    remote_head: str | None = None
    is_signed: bool | None = None
    stage: ReleaseStage = ReleaseStage.BEGUN
    commit: str | None = None
    tag_id: str | None = None
    revert: str | None = None
    error: str = ""
    proposal: Proposal | None = None
    page: ReleasePage | None = None
    format: int = RECORD_FORMAT

    @property
    def subject(self) -> str:
        """The first line of the commit and of the tag, as Kebechet has it."""
        return f"Release of version {self.version}"

    @property
    def mode(self) -> ReleaseMode:
        """How the release is made."""
        return ReleaseMode.DIRECT if self.proposal is None else ReleaseMode.PULL_REQUEST

    @property
    def can_go_on(self) -> bool:
        """True when something of the release is left to be done, or can be tried again."""
        is_left = self.page is not None and bool(self.page.note)
        return not self.stage.is_final or (self.stage is ReleaseStage.DONE and is_left)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all files."""
        return tuple(file.path for file in self.files)
