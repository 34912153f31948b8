"""Check overlays: does each lock still hold, and does it hold all that its notebook needs."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError, ErrorCode, NotFoundError
from ..domain.import_names import alternatives
from ..domain.lock import CheckDetail, CheckResult, LockStatus
from ..domain.overlay_list import OverlayRecord, OverlayState
from .discover_requirements import DiscoverPorts, discover_requirements
from .find_overlays import can_be_overlay, find_overlays
from .list_overlays import check_files, list_found, orphan_reason
from .open_notebook import open_notebook
from .open_overlay import open_overlay
from .overlay_claims import custody_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.lock import Lock
    from ..domain.overlay import Overlay
    from .ports import CancelToken


class OverlayCheck(Struct, frozen=True):
    """The status of one overlay and the reasons; ``notebook`` is the one that it has to serve."""

    result: CheckResult
    notebook: str | None = None


class CheckedOverlay(Struct, frozen=True):
    """One overlay as it is listed, with the state that checking it gave, and its reasons."""

    record: OverlayRecord
    details: tuple[CheckDetail, ...] = ()
    notebook: str | None = None


class OverlaysRequest(Struct, frozen=True):
    """Which overlays: those that a file or a folder names, and of them those of one notebook."""

    name: str = "."
    notebook: str | None = None


class CheckedOverlays(Struct, frozen=True):
    """The overlays in the order of their folders, and sentences on what is off around them."""

    overlays: tuple[CheckedOverlay, ...]
    problems: tuple[str, ...] = ()


def check_overlays(
    request: OverlaysRequest, ports: DiscoverPorts, cancel: CancelToken
) -> CheckedOverlays:
    """The status of each of them, notebooks included; one that cannot be read is invalid.

    Raises:
        NotFoundError: there is no such folder, or the file belongs to no overlay.
        AidevsecopsError: a folder cannot be read.
        CancelledError: cancelled.
    """
    if not can_be_overlay(request.name, ports.files):
        raise NotFoundError(
            ErrorCode.NOTEBOOK_NOT_FOUND,
            f"There is no folder {request.name}.",
            hint="Name the folder of an overlay, or one that overlays are in.",
            details={"name": request.name},
        )
    found = find_overlays([request.name], ports.files)
    listing = list_found(found, ports.files)
    checked = [
        _checked(record, found.overlays[record.folder], ports, cancel)
        for record in listing.overlays
        if request.notebook is None or record.notebook == request.notebook
    ]
    return CheckedOverlays(tuple(checked), listing.problems)


def check_overlay_and_notebook(
    overlay: Overlay, ports: DiscoverPorts, cancel: CancelToken
) -> OverlayCheck:
    """The status of an overlay: fresh where its lock holds, and has what its notebook imports.

    Raises:
        UserError: a file of the overlay, or its notebook, is not valid.
        AidevsecopsError: a file cannot be read.
        CancelledError: cancelled.
    """
    opened = open_overlay(overlay, ports.files)
    result = check_files(opened, ports.files)
    custody = custody_in(opened.asked_text, overlay.folder, ports.files)
    gone = orphan_reason(custody, ports.files)
    if custody is None:
        return OverlayCheck(result)
    served = custody.step_notebook or (custody.notebook if custody.step is None else None)
    if gone:
        details = (CheckDetail("orphan", gone, custody.notebook), *result.details)
        return OverlayCheck(_worse(result, details), served)
    if served is None or opened.lock is None:
        return OverlayCheck(result, served)
    missing = tuple(_missing(normpath(served), opened.lock, ports, cancel))
    if not missing:
        return OverlayCheck(result, served)
    return OverlayCheck(_worse(result, (*missing, *result.details)), served)


def _checked(
    record: OverlayRecord, overlay: Overlay, ports: DiscoverPorts, cancel: CancelToken
) -> CheckedOverlay:
    try:
        check = check_overlay_and_notebook(overlay, ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        return CheckedOverlay(
            replace(record, state=OverlayState.INVALID, reasons=(error.message,)),
            (CheckDetail("invalid", error.message),),
        )
    details = check.result.details
    is_orphan = record.state is OverlayState.ORPHAN
    state = OverlayState.ORPHAN if is_orphan else OverlayState(check.result.status.value)
    reasons = tuple(detail.message for detail in details)
    return CheckedOverlay(replace(record, state=state, reasons=reasons), details, check.notebook)


def _worse(result: CheckResult, details: tuple[CheckDetail, ...]) -> CheckResult:
    status = LockStatus.STALE if result.status is LockStatus.FRESH else result.status
    return CheckResult(status, details)


def _missing(
    path: str, lock: Lock, ports: DiscoverPorts, cancel: CancelToken
) -> Iterator[CheckDetail]:
    notebook = open_notebook(path, ports.files).notebook
    for found in discover_requirements(path, notebook, ports, cancel).requirements:
        key = found.requirement.key
        if found.is_optional or any(lock.find(name) for name in alternatives(key)):
            continue
        how = f"imports {', '.join(found.imports)}" if found.imports else "asks for it"
        yield CheckDetail(
            "missing",
            f"{found.requirement.name} is not locked: {path} {how}.",
            found.requirement.name,
            found.cells,
        )
