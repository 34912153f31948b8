"""All overlays of a repository: whose they are, what they hold, and if that still holds."""

from __future__ import annotations

from posixpath import basename, join, normpath
from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError
from ..domain.lock import CheckDetail, CheckResult, LockStatus
from ..domain.lock_digest import lock_digest
from ..domain.overlay_list import OverlayListing, OverlayRecord, OverlayState
from ..domain.overlay_name import PYLOCK, REQUIREMENTS
from ..formats import horus_metadata, notebook_json, pipfile
from ..formats.custody import Custody, read_custody, read_custody_table
from .check_overlay import check_overlay
from .choose_overlay import find_notebooks_by_kernel
from .find_overlays import find_overlays
from .open_overlay import OpenedOverlay, open_overlay
from .overlay_claims import custody_in, custody_of
from .project_folder import project_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..domain.lock import Lock
    from ..domain.overlay import Overlay
    from .find_overlays import FoundOverlays, OverlayChoice
    from .ports import Files


def list_overlays(
    names: Sequence[str], files: Files, choice: OverlayChoice | None = None
) -> OverlayListing:
    """The overlays that files and folders name, ``.`` for all, in the order of their folders.

    Raises:
        NotFoundError: a file of an overlay is named that has nothing to lock beside it.
        AidevsecopsError: a folder cannot be read.
    """
    return list_found(find_overlays(names, files, choice), files)


def list_found(found: FoundOverlays, files: Files) -> OverlayListing:
    """The overlays that were found, in the order of their folders."""
    overlays = sorted(found.overlays.values(), key=lambda overlay: overlay.folder)
    # To look through all notebooks takes long, and what was written here says whose it is.
    bare: dict[str, set[str]] = {}
    for each in overlays:
        if custody_of(each.folder, files) is None:
            bare.setdefault(_project_of(each, files), set()).add(name_of(each))
    kernels = {
        project: find_notebooks_by_kernel(names, files, project) for project, names in bare.items()
    }
    records = [
        _record(each, kernels.get(_project_of(each, files), {}).get(name_of(each), ()), files)
        for each in overlays
    ]
    failures = tuple(f"{path}: {error.message}" for path, error in found.failures.items())
    return OverlayListing(tuple(records), (*found.problems, *failures))


def name_of(overlay: Overlay) -> str:
    """What people call an overlay: its environment, else its folder."""
    return overlay.environment or basename(overlay.folder) or "."


def check_files(opened: OpenedOverlay, files: Files) -> CheckResult:
    """The status of an overlay's lock, also of the other files that hold it, and why.

    Raises:
        UserError: the lock is not valid.
        AidevsecopsError: a file cannot be read.
    """
    result = check_overlay(opened)
    others = tuple(_strays(opened, opened.lock, files)) if opened.lock is not None else ()
    if not others:
        return result
    status = LockStatus.STALE if result.status is LockStatus.FRESH else result.status
    return CheckResult(status, (*result.details, *others))


def orphan_reason(custody: Custody | None, files: Files) -> str:
    """Why an overlay belongs to nothing any more; empty where it does."""
    if custody is None:
        return ""
    if not files.is_file(normpath(custody.notebook)):
        return f"Its notebook {custody.notebook} is gone."
    step = custody.step_notebook
    if step is not None and not files.is_file(normpath(step)):
        return f"The notebook of its step {step} is gone."
    return ""


def _project_of(overlay: Overlay, files: Files) -> str:
    return project_folder(overlay.asked_path, files)


def _record(overlay: Overlay, of_kernel: tuple[str, ...], files: Files) -> OverlayRecord:
    try:
        opened = open_overlay(overlay, files)
        result = check_files(opened, files)
    except AidevsecopsError as error:
        return OverlayRecord(
            name_of(overlay), overlay.folder, OverlayState.INVALID, reasons=(error.message,)
        )
    custody = custody_in(opened.asked_text, overlay.folder, files)
    reasons = tuple(detail.message for detail in result.details)
    state = OverlayState(result.status.value)
    gone = orphan_reason(custody, files)
    if gone:
        state, reasons = OverlayState.ORPHAN, (gone, *reasons)
    lock = opened.lock
    return OverlayRecord(
        name=name_of(overlay),
        folder=overlay.folder,
        state=state,
        notebook=custody.notebook if custody else (of_kernel[0] if of_kernel else None),
        step=custody.step if custody else None,
        step_notebook=custody.step_notebook if custody else None,
        python_version=(lock.python_version if lock else None) or overlay.python_version,
        package_count=lock.count if lock else 0,
        lock_hash=lock_digest(lock) if lock else None,
        reasons=reasons,
    )


def _strays(opened: OpenedOverlay, lock: Lock, files: Files) -> Iterator[CheckDetail]:
    """The files that were written for another lock than the overlay has now."""
    digest = lock_digest(lock)
    for name, read in ((REQUIREMENTS, read_custody), (PYLOCK, read_custody_table)):
        path = join(opened.overlay.folder, name)
        custody = read(files.read(path).text) if files.is_file(path) else None
        if custody is not None and custody.lock != digest:
            yield CheckDetail("other-lock", f"{name} was written for another lock.", name)
    custody = custody_in(opened.asked_text, opened.overlay.folder, files)
    if custody is not None and custody.step is None:
        recorded = _lock_of(normpath(custody.notebook), files)
        if recorded is not None and recorded != digest:
            message = f"{custody.notebook} has another lock by now."
            yield CheckDetail("notebook-relocked", message, custody.notebook)


def _lock_of(path: str, files: Files) -> str | None:
    """The digest of the lock that a notebook records; None where there is none."""
    try:
        notebook = notebook_json.parse(files.read(path).text, path)
        lockfile = horus_metadata.read(notebook.metadata).lockfile
        return lock_digest(pipfile.lock_of(lockfile)) if lockfile else None
    except AidevsecopsError:
        return None
