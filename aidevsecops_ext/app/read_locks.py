"""Every notebook and overlay of a project, with what is known of its lock, each read once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import AidevsecopsError, CancelledError, NotFoundError
from .audit_notebook import audit_notebook
from .audit_overlay import audit_overlay
from .check_locks import served_by
from .check_overlays import OverlaysRequest, check_overlays
from .find_notebooks import find_notebooks
from .find_overlays import find_overlays
from .lock_standing import LockStanding, lock_standing
from .no_progress import NoProgress
from .open_notebook import open_notebook
from .open_overlay import open_overlay

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.advisories import Audit
    from ..domain.overlay import Overlay
    from .check_overlays import CheckedOverlays
    from .ports import CancelToken
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

    Raises:
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    found = ProjectLocks()
    _read_overlays(found, ports, cancel)
    for path in notebooks_of(ports):
        cancel.raise_if_cancelled()
        try:
            opened = open_notebook(path, ports.files)
        except AidevsecopsError as error:
            found.unread[path] = error.message
            continue
        if not opened.notebook.is_python:
            continue
        standing = lock_standing(opened, found.served, ports.discover, cancel)
        found.notebooks[path] = standing
        silence = NoProgress()
        audit = partial(audit_notebook, path, opened.notebook, ports.audit, silence, cancel)
        _remember(path, found, audit)
    return found


def notebooks_of(ports: ProjectPorts) -> tuple[str, ...]:
    """The paths of all notebooks of the project.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    try:
        return find_notebooks(["."], ports.files)
    except NotFoundError:
        return ()


def _read_overlays(found: ProjectLocks, ports: ProjectPorts, cancel: CancelToken) -> None:
    try:
        found.overlays = check_overlays(OverlaysRequest(), ports.discover, cancel)
        for overlay in found.overlays.overlays:
            found.served |= served_by(overlay)
        for folder, each in find_overlays(["."], ports.files).overlays.items():
            _remember(folder or ".", found, partial(_audit, each, ports, cancel))
    except CancelledError:
        raise
    except AidevsecopsError as error:
        found.overlays_error = error


def _audit(overlay: Overlay, ports: ProjectPorts, cancel: CancelToken) -> Audit:
    opened = open_overlay(overlay, ports.files)
    return audit_overlay(opened, ports.audit, NoProgress(), cancel)


def _remember(place: str, found: ProjectLocks, audit: Callable[[], Audit]) -> None:
    """Keep what is remembered of a lock; without packages nothing can be known against it."""
    try:
        known = audit()
    except CancelledError:
        raise
    except AidevsecopsError:
        return
    if known.packages or known.unchecked:
        found.audits[place] = known
