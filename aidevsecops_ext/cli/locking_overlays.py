"""How the command that locks notebooks locks overlays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..app.lock_overlay import OverlayLock, OverlayLockRequest, lock_overlay, save_overlay
from ..domain.overlay import Overlay
from .overlays import open_named

if TYPE_CHECKING:
    from ..app.lock_notebook import LockPorts
    from ..app.ports import CancelToken, Progress
    from ..domain.json_value import Json
    from .lock_options import LockOptions
    from .workspace import NamedNotebook


def lock_named_overlay(
    named: NamedNotebook,
    options: LockOptions,
    ports: LockPorts,
    progress: Progress,
    cancel: CancelToken,
) -> tuple[OverlayLock, bool]:
    """The lock of an overlay, and whether its files changed, or would.

    Raises:
        AidevsecopsError: a file cannot be read or written, or no lock can be made.
    """
    request = OverlayLockRequest(
        open_named(named, named.overlay or Overlay("")),
        target=options.target,
        engine=options.engine,
        upgrade=options.is_upgrade,
        trusted_indexes=options.trusted,
        recommendation=options.recommendation,
        upgrade_packages=options.upgrade_packages,
        with_advisories=options.with_advisories,
    )
    locked = lock_overlay(request, ports, progress, cancel)
    cancel.raise_if_cancelled()
    if options.is_dry_run:
        return locked, bool(locked.files)
    return locked, save_overlay(locked, named.services.files, named.services.changes)


def files_json(locked: OverlayLock) -> list[Json]:
    """The files that a lock would write."""
    return [{"name": change.path, "text": change.text} for change in locked.files]
