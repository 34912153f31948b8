"""Every notebook and overlay of a project, with what is known of its lock."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import partial
from posixpath import dirname
from sys import intern
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.advisories import without_ignored
from ..domain.errors import AidevsecopsError, CancelledError, NotFoundError
from ..domain.lock import LockedPackage
from .audit_notebook import audit_packages, ignored_for, lock_in
from .check_locks import served_by
from .check_overlays import OverlaysRequest, check_overlays
from .find_notebooks import find_notebooks
from .find_overlays import find_overlays
from .lock_standing import LockStanding, lock_standing
from .open_notebook import open_notebook
from .open_overlay import open_overlay
from .project_look import Look
from .project_memory import SeenNotebook, SeenOverlays

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.advisories import Audit, IgnoredAdvisory
    from ..domain.lock import Lock
    from ..domain.overlay import Overlay
    from .audit_notebook import AuditPorts
    from .check_overlays import CheckedOverlays
    from .ports import CancelToken, Files
    from .project_ports import ProjectPorts


class ProjectLocks(Struct):
    """The Python notebooks by path, with their standings, and the overlays.

    ``served`` are the notebooks whose packages an overlay locks. ``unread`` has why a notebook
    cannot be read, ``overlays_error`` why overlays cannot. ``audits`` has what is remembered of
    each lock, by the path of the notebook or the folder of the overlay.
    """

    notebooks: dict[str, LockStanding] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    overlays: CheckedOverlays | None = None
    overlays_error: AidevsecopsError | None = None
    served: set[str] = field(default_factory=set)
    audits: dict[str, Audit] = field(default_factory=dict)


def read_locks(ports: ProjectPorts, cancel: CancelToken) -> ProjectLocks:
    """The notebooks on disk, whether they are committed or not, and the overlays.

    Only what changed since the last look is read.

    Raises:
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    with ports.memory.turn(cancel):
        return _Reading(ports, cancel).read()


def notebooks_of(files: Files) -> tuple[str, ...]:
    """The paths of all notebooks of the project.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    try:
        return find_notebooks(["."], files)
    except NotFoundError:
        return ()


class _Reading:
    """One reading of a project's locks."""

    def __init__(self, ports: ProjectPorts, cancel: CancelToken) -> None:
        self._ports = ports
        self._cancel = cancel
        self._look = Look(ports)
        self._audits = _Audits(ports.audit, cancel)
        self._found = ProjectLocks()

    def read(self) -> ProjectLocks:
        """All of it."""
        self._read_overlays()
        paths = notebooks_of(self._look)
        for path in paths:
            self._cancel.raise_if_cancelled()
            self._add(path)
        self._ports.memory.notebooks.keep_only(frozenset(paths))
        self._found.audits |= self._audits.found
        return self._found

    def _read_overlays(self) -> None:
        look, overlays = self._look, self._ports.memory.overlays
        try:
            seen = overlays.get(".", look, lambda: _see_overlays(look, self._cancel))
        except CancelledError:
            raise
        except AidevsecopsError as error:
            self._found.overlays_error = error
            return
        self._found.overlays = seen.checked
        for overlay in seen.checked.overlays:
            self._found.served |= served_by(overlay)
        for place, (path, packages) in seen.packages.items():
            self._audits.add(place, path, packages)

    def _add(self, path: str) -> None:
        look, found = self._look, self._found
        see = partial(_see_notebook, path, look, self._cancel)
        seen = self._ports.memory.notebooks.get(path, look, see)
        if seen.unread is not None:
            found.unread[path] = seen.unread
        elif seen.is_python:
            is_needed = seen.has_needs and path not in found.served
            found.notebooks[path] = LockStanding(seen.status, is_needed)
            self._audits.add(path, path, seen.packages)


class _Audits:
    """What is remembered of locks, by the places where they are."""

    def __init__(self, ports: AuditPorts, cancel: CancelToken) -> None:
        self.found: dict[str, Audit] = {}
        self._ports = ports
        self._cancel = cancel
        self._today = datetime.fromtimestamp(ports.clock.now(), timezone.utc).date()
        self._ignored: dict[str, tuple[IgnoredAdvisory, ...] | None] = {}

    def add(self, place: str, path: str, packages: tuple[LockedPackage, ...]) -> None:
        """Keep what is remembered; without packages nothing can be known against it."""
        folder = dirname(path)
        if not packages:
            return
        if folder not in self._ignored:
            self._ignored[folder] = self._ignored_in(path)
        ignored = self._ignored[folder]
        if ignored is not None:
            audit = audit_packages(packages, self._ports.advisories, self._cancel)
            self.found[place] = without_ignored(audit, ignored, self._today)

    def _ignored_in(self, path: str) -> tuple[IgnoredAdvisory, ...] | None:
        try:
            return ignored_for(path, self._ports.files)
        except AidevsecopsError:
            return None


def _see_notebook(path: str, look: Look, cancel: CancelToken) -> SeenNotebook:
    try:
        opened = open_notebook(path, look)
    except AidevsecopsError as error:
        return SeenNotebook(unread=error.message)
    if not opened.notebook.is_python:
        return SeenNotebook(is_python=False)
    standing = lock_standing(opened, (), look.discover, cancel)
    return SeenNotebook(
        status=standing.status,
        has_needs=standing.is_needed,
        packages=_locked(lambda: lock_in(opened.notebook)),
    )


def _see_overlays(look: Look, cancel: CancelToken) -> SeenOverlays:
    checked = check_overlays(OverlaysRequest(), look.discover, cancel)
    packages = {
        folder or ".": (each.asked_path, _locked(partial(_lock_of_overlay, each, look)))
        for folder, each in find_overlays(["."], look).overlays.items()
    }
    return SeenOverlays(checked, packages)


def _lock_of_overlay(overlay: Overlay, look: Look) -> Lock | None:
    return open_overlay(overlay, look).lock


def _locked(read: Callable[[], Lock | None]) -> tuple[LockedPackage, ...]:
    """The names and versions of what a lock holds; all that a long memory has room for."""
    try:
        lock = read()
    except AidevsecopsError:
        return ()
    pairs = [(intern(p.name), intern(p.version)) for p in lock.packages] if lock else []
    return tuple(LockedPackage(*pair) for pair in pairs)
