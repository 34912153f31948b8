"""Lock all that is locked anew, with the newest versions that fit; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import AidevsecopsError, CancelledError
from ..formats import horus_metadata, notebook_json
from .discover_requirements import discover_requirements
from .lock_notebook import LockRequest, lock_notebook
from .lock_overlay import OverlayLockRequest, lock_overlay
from .open_overlay import open_overlay
from .tracked_files import open_tracked, tracked_overlays

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.lock import LockChange
    from .discover_requirements import DiscoverPorts
    from .git_ports import GitReading
    from .lock_notebook import LockPorts
    from .ports import CancelToken, Files, Progress
    from .tracked_files import Failure


class RelockPorts(Struct, frozen=True):
    """What locking a whole repository needs; ``files`` are those below its root."""

    files: Files
    git: GitReading
    discover: DiscoverPorts
    lock: LockPorts


class Relocked(Struct):
    """The texts of the files that change, by path, and the changes of each lock.

    ``count`` is how many there are; ``failures`` are those that could not be locked.
    """

    texts: dict[str, str] = field(default_factory=dict)
    changes: dict[str, LockChange] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    count: int = 0


def relock_repository(
    is_wanted: Callable[[str | None], bool],
    ports: RelockPorts,
    progress: Progress,
    cancel: CancelToken,
) -> Relocked:
    """The new locks of overlays and notebooks that are tracked and have one.

    Of overlays, those whose environment is wanted.

    Raises:
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    found = Relocked()
    for overlay in tracked_overlays(ports, cancel):
        if is_wanted(overlay.environment) and ports.files.is_file(overlay.lock_path):
            progress.report(f"Locking {overlay.folder or 'the repository'}")
            found.count += 1
            try:
                request = OverlayLockRequest(open_overlay(overlay, ports.files), upgrade=True)
                locked = lock_overlay(request, ports.lock, progress, cancel)
            except CancelledError:
                raise
            except AidevsecopsError as error:
                found.failures.append((overlay.asked_path, error))
                continue
            if locked.files and not _is_empty(locked.change):
                found.texts |= {file.path: file.text for file in locked.files}
                found.changes[overlay.folder or "."] = locked.change
    _relock_notebooks(found, ports, progress, cancel)
    return found


def _relock_notebooks(
    found: Relocked, ports: RelockPorts, progress: Progress, cancel: CancelToken
) -> None:
    for opened in open_tracked(ports, cancel, found.failures):
        notebook = opened.notebook
        try:
            is_locked = notebook.is_python and horus_metadata.read(notebook.metadata).lockfile
            if not is_locked:
                continue
            progress.report(f"Locking {opened.path}")
            found.count += 1
            discovery = discover_requirements(opened.path, notebook, ports.discover, cancel)
            request = LockRequest(opened.path, notebook, discovery, upgrade=True)
            outcome = lock_notebook(request, ports.lock, progress, cancel)
        except CancelledError:
            raise
        except AidevsecopsError as error:
            found.failures.append((opened.path, error))
            continue
        if not _is_empty(outcome.change):
            found.texts[opened.path] = notebook_json.apply_edit(opened.file.text, outcome.edit)
            found.changes[opened.path] = outcome.change


def _is_empty(change: LockChange) -> bool:
    """True where no version is another one: when a lock was made is no news."""
    return not (change.added or change.removed or change.updated)
