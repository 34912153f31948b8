"""Check before a release that the locks of notebooks and overlays still hold."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.overlay_list import OverlayState
from ..domain.release import Check, CheckStatus
from ..domain.release_checks import listed
from ..domain.release_settings import CheckName
from .check_overlays import OverlaysRequest, check_overlays
from .lock_standing import lock_standing
from .tracked_files import open_tracked, tracked_overlays

if TYPE_CHECKING:
    from .check_overlays import CheckedOverlay
    from .content_ports import ContentPorts
    from .open_notebook import OpenedNotebook
    from .ports import CancelToken
    from .tracked_files import Failure

_MOST_NAMES = 5


class _Found(Struct):
    """What is off: ``stale`` can be locked, ``absent`` added, ``odd`` has to be looked at."""

    count: int = 0
    lock_count: int = 0
    stale: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    odd: dict[str, str] = field(default_factory=dict)


class _Overlays(Struct, frozen=True):
    """The notebooks that overlays lock, and the overlay of each that has one outside Git."""

    served: set[str]
    absent: dict[str, str]


def check_locks(ports: ContentPorts, cancel: CancelToken) -> Check:
    """Whether every notebook and overlay that is tracked has a lock that holds.

    A notebook without a lock is fine where it needs no package, or where an overlay has its lock.

    Raises:
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    found = _Found()
    served: set[str] = set()
    absent: dict[str, str] = {}
    tracked = {overlay.folder for overlay in tracked_overlays(ports, cancel)}
    for overlay in check_overlays(OverlaysRequest(), ports.discover, cancel).overlays:
        cancel.raise_if_cancelled()
        if overlay.record.folder not in tracked:
            absent |= dict.fromkeys(served_by(overlay), overlay.record.folder or ".")
            continue
        found.count += 1
        found.lock_count += 1
        served |= served_by(overlay)
        _judge_overlay(overlay, found)
    failures: list[Failure] = []
    for opened in open_tracked(ports, cancel, failures):
        _judge_notebook(opened, _Overlays(served, absent), ports, cancel, found)
    found.odd |= {path: "cannot be read" for path, _ in failures}
    return _answer(found)


def served_by(overlay: CheckedOverlay) -> set[str]:
    """The notebooks whose packages the overlay locks."""
    record = overlay.record
    of_whole = record.notebook if record.step is None else None
    return {path for path in (overlay.notebook, of_whole, record.step_notebook) if path}


def _judge_overlay(overlay: CheckedOverlay, found: _Found) -> None:
    record = overlay.record
    name = record.folder or "."
    if record.state in (OverlayState.STALE, OverlayState.UNLOCKED):
        found.stale[name] = record.state.value
    elif record.state is OverlayState.ORPHAN:
        found.odd[name] = "belongs to no notebook"
    elif record.state is OverlayState.INVALID:
        found.odd[name] = "cannot be read"


def _judge_notebook(
    opened: OpenedNotebook,
    overlays: _Overlays,
    ports: ContentPorts,
    cancel: CancelToken,
    found: _Found,
) -> None:
    path = opened.path
    if not opened.notebook.is_python:
        return
    found.count += 1
    standing = lock_standing(opened, overlays.served, ports.discover, cancel)
    if standing.status is None:
        found.odd[path] = "cannot be read"
        return
    found.lock_count += standing.is_fresh
    if standing.is_good:
        return
    if path in overlays.absent:
        found.absent[overlays.absent[path]] = "not in Git"
    else:
        found.stale[path] = standing.status.value


def _answer(found: _Found) -> Check:
    if not found.count and not found.odd:
        return Check(
            CheckName.LOCKS,
            CheckStatus.PASSED,
            "There are no Python notebooks and no overlays.",
        )
    off = found.stale | found.absent | found.odd
    if not off:
        # Beside the check of advisories, which says that there are no locks.
        said = "All locks are fresh." if found.lock_count else "No notebook needs a lock."
        return Check(CheckName.LOCKS, CheckStatus.PASSED, said)
    fixes = []
    if found.stale:
        names = list(found.stale) if len(found.stale) <= _MOST_NAMES else ["."]
        fixes.append(f"Lock them: aidevsecops lock {shlex.join(names)}")
    if found.absent:
        absent = listed(list(found.absent))
        fixes.append(f"Add {absent} to Git; a .gitignore may leave it out.")
    if found.odd:
        fixes.append(f"Mend or delete {listed(list(found.odd))}.")
    shown = listed([f"{name} ({state})" for name, state in off.items()])
    return Check(
        CheckName.LOCKS, CheckStatus.FAILED, f"Locks do not hold: {shown}.", "\n".join(fixes)
    )
