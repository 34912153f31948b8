"""What the use cases need of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.accelerator import Accelerator
    from ..domain.advisories import Audit
    from ..domain.lock import LockedPackage
    from ..domain.requirements import Index, Requirement
    from ..domain.target import Target
    from ..domain.thoth import ThothQuestion, ThothRecord


class FileText(Struct, frozen=True):
    """A file's text and the revision (a hash of its bytes) that a later replace must still find."""

    text: str
    revision: str


class FolderEntries(Struct, frozen=True):
    """The names of the files and folders in a folder, each sorted."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


class Files(Protocol):
    """Files below one root; every path is relative to it, with forward slashes."""

    def read(self, path: str) -> FileText:
        """The text of a file (UTF-8).

        Raises:
            RefusedError: outside the root, or over the size limit.
            NotFoundError: no such file.
            UserError: not UTF-8.
            OutsideFailedError: the operating system refuses.
        """
        ...

    def replace(self, path: str, text: str, revision: str) -> None:
        """Replace a file atomically, keeping its mode.

        Raises:
            ConflictError: the file's revision is no longer ``revision``, or it is gone.
            RefusedError: outside the root.
            OutsideFailedError: the operating system refuses (full disk, read-only).
        """
        ...

    def is_file(self, path: str) -> bool:
        """True when there is such a file, inside the root."""
        ...

    def is_folder(self, path: str) -> bool:
        """True when there is such a folder, inside the root."""
        ...

    def entries(self, path: str) -> FolderEntries:
        """The names in a folder (``.`` is the root); folders that are links are left out.

        Raises:
            RefusedError: outside the root.
            NotFoundError: no such folder.
            OutsideFailedError: the operating system refuses.
        """
        ...


class Progress(Protocol):
    """Where a use case says how far it is; everything said must be free of secrets."""

    def report(self, message: str, fraction: float | None = None) -> None:
        """Say what is being done now."""
        ...

    def log(self, line: str) -> None:
        """Add a line to the log."""
        ...


class CancelToken(Protocol):
    """How a use case learns that it should stop."""

    @property
    def is_cancelled(self) -> bool:
        """True once cancelled."""
        ...

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back on cancel (at once if already); returns what takes the callback away again."""
        ...

    def raise_if_cancelled(self) -> None:
        """Raise CancelledError once cancelled."""
        ...


class Slimmer(Protocol):
    """Makes large notebooks small before they are parsed."""

    def slim(self, text: str | bytes, cancel: CancelToken, *, has_attachments: bool = False) -> str:
        """The same JSON without outputs and attachments of cells, or the text as it is.

        The text (or its UTF-8) is a notebook, or an object that holds one as ``notebook``; where it
        is neither nothing is changed. ``has_attachments`` keeps the pictures that are in texts.

        Raises:
            UnicodeDecodeError: bytes that are not UTF-8.
            CancelledError: cancelled.
        """
        ...


class Clock(Protocol):
    """The time."""

    def now(self) -> float:
        """Seconds since the epoch."""
        ...


class InstalledPackages(Protocol):
    """What is installed in the environment of a kernel."""

    def distributions(self, kernel_name: str | None, modules: frozenset[str]) -> Mapping[str, str]:
        """The distribution that provides each dotted module, for those that are installed.

        An unknown kernel (its environment is on another machine) gives no answers, not an error.
        """
        ...


class PackageIndex(Protocol):
    """The user's package indexes, asked for names only."""

    def existing(self, names: frozenset[str], cancel: CancelToken) -> frozenset[str]:
        """Those of ``names`` that an index has.

        Raises:
            OutsideFailedError: the index cannot be reached.
            TimedOutError: it does not answer.
        """
        ...

    def default_index(self) -> Index:
        """The user's default index, credentials removed."""
        ...


class ProjectModules(Protocol):
    """The modules of the repository around a notebook."""

    def find(self, module: str, importer: str) -> str | None:
        """The path of a local module's source as seen from ``importer`` (a path), or None.

        A package is its ``__init__.py``, or its folder when it has none. A leading dot is a
        relative import.
        """
        ...


class ResolvePolicy(Struct, frozen=True):
    """Which versions may be chosen at all, for a recommendation type.

    ``prereleases`` None leaves that to the requirements; ``not_after`` is a moment (RFC 3339):
    files that were uploaded later do not count; ``excluded`` are names and versions;
    ``accelerator`` is what builds are taken for, from indexes that the engine knows.
    """

    prereleases: bool | None = None
    not_after: str | None = None
    wheels_only: bool = False
    excluded: tuple[tuple[str, str], ...] = ()
    accelerator: Accelerator | None = None


class ResolveRequest(Struct, frozen=True):
    """What to resolve; ``indexes`` are already trusted, ``folder`` is where settings are read from.

    ``preferred`` are versions to keep where they still fit; empty with an upgrade of all.
    ``constraints`` hold for what is resolved anyway, and ask for nothing themselves. ``agreed`` is
    all that the user agreed to. ``thoth`` is what only that engine needs.
    """

    requirements: tuple[Requirement, ...]
    target: Target
    folder: str
    indexes: tuple[Index, ...] = ()
    preferred: tuple[LockedPackage, ...] = ()
    allow_prereleases: bool = False
    policy: ResolvePolicy = ResolvePolicy()
    constraints: tuple[Requirement, ...] = ()
    agreed: tuple[str, ...] = ()
    thoth: ThothQuestion | None = None


class Resolution(Struct, frozen=True):
    """The packages that a request resolved to, and the default index they were found on.

    ``indexes`` are further ones that the engine chose itself; packages name them. ``notes`` are
    sentences on what a person should know, and ``thoth`` is what that engine wants recorded.
    """

    packages: tuple[LockedPackage, ...]
    default_index: Index
    indexes: tuple[Index, ...] = ()
    notes: tuple[str, ...] = ()
    thoth: ThothRecord | None = None


class Resolver(Protocol):
    """An engine that resolves requirements to exact versions with hashes."""

    @property
    def engine(self) -> str:
        """The name that users choose it by."""
        ...

    def missing(self) -> str | None:
        """How to install the engine; None when it is there."""
        ...

    def resolve(
        self, request: ResolveRequest, progress: Progress, cancel: CancelToken
    ) -> Resolution:
        """The exact versions, for all requirements together.

        Raises:
            RefusedError: unsatisfiable (message explains), unknown package, forked versions.
            OutsideFailedError: index unreachable, a build failed, the engine failed.
            TimedOutError: it took longer than the limit.
            ToolMissingError: the engine is not installed.
            CancelledError: cancelled; nothing is left running.
        """
        ...


class Advisories(Protocol):
    """What is known against packages: an OSV service, or a dump of its records."""

    def audit(self, packages: tuple[tuple[str, str], ...], cancel: CancelToken) -> Audit:
        """The audit of those (normalised name, version) pairs; each is checked or unchecked.

        A service that fails makes packages unchecked, with the reason: it is never an error, and
        never counts as clean.

        Raises:
            CancelledError: cancelled.
        """
        ...
