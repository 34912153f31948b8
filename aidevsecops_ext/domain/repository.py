"""A Git repository as it stands: where it is, what is not committed, who commits and where to."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class FileState(str, Enum):
    """How a file differs from what is committed."""

    MODIFIED = "modified"
    UNTRACKED = "untracked"
    CONFLICTED = "conflicted"


class ChangedFile(Struct, frozen=True):
    """A file that is not as it is committed; a folder that is new as a whole ends with a slash."""

    path: str
    state: FileState


class Signing(str, Enum):
    """What commits or tags are signed with, as git is set."""

    OFF = "off"
    OPENPGP = "openpgp"
    SSH = "ssh"
    X509 = "x509"


class Operation(str, Enum):
    """What somebody began in the repository and has not ended."""

    MERGE = "merge"
    REBASE = "rebase"
    CHERRY_PICK = "cherry-pick"
    REVERT = "revert"
    BISECT = "bisect"
    APPLY = "am"

    @property
    def way_out(self) -> str:
        """The command that gives it up."""
        return f"git {self.value} {'reset' if self is Operation.BISECT else '--abort'}"


class Identity(Struct, frozen=True):
    """Who commits."""

    name: str
    email: str


class Remote(Struct, frozen=True):
    """Where the branch is pushed to.

    ``url`` has no credentials; ``branch`` is the name that the branch has there, and
    ``default_branch`` what is known of the remote's own, None where nobody asked it yet.
    """

    name: str
    url: str
    branch: str
    default_branch: str | None = None


class RepositoryState(Struct, frozen=True):
    """What is known of a repository without asking anybody else.

    ``head`` is None before the first commit, ``branch`` None when the head is detached. ``remote``
    is None where there is none, or where none of several is the one to push to (``remotes`` has
    their names). ``ahead`` and ``behind`` count commits against ``upstream`` as it was last
    fetched; they are None where there is no upstream. ``missing_identity`` names the settings
    that somebody who commits still lacks. ``held_back`` are settings of the repository itself that
    name programs, which were not run.
    """

    root: str
    head: str | None
    branch: str | None
    upstream: str | None = None
    ahead: int | None = None
    behind: int | None = None
    remote: Remote | None = None
    remotes: tuple[str, ...] = ()
    changed: tuple[ChangedFile, ...] = ()
    is_shallow: bool = False
    has_submodules: bool = False
    identity: Identity | None = None
    missing_identity: tuple[str, ...] = ()
    commit_signing: Signing = Signing.OFF
    tag_signing: Signing = Signing.OFF
    operation: Operation | None = None
    held_back: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """True when all files are as they are committed, and none is new."""
        return not self.changed


class Tag(Struct, frozen=True):
    """A tag of a commit.

    ``id`` is that of the tag itself, which for an annotated one differs from the commit's.
    ``date`` counts seconds since the epoch.
    """

    name: str
    commit: str
    id: str
    date: int = 0

    @property
    def is_annotated(self) -> bool:
        """True for a tag with a message and a date of its own."""
        return self.id != self.commit


class Commit(Struct, frozen=True):
    """One commit; ``date`` (the author's) counts seconds since the epoch."""

    hash: str
    subject: str
    body: str = ""
    parents: tuple[str, ...] = ()
    author: str = ""
    date: int = 0

    @property
    def is_merge(self) -> bool:
        """True for a commit that joins branches."""
        return len(self.parents) > 1


class RemoteRefs(Struct, frozen=True):
    """What a remote has: a branch's commit, and the id of a tag; None for one that it has not."""

    branch: str | None
    tag: str | None
