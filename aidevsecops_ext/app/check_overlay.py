"""Check whether an overlay's lock still holds for what its files ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.lock import CheckDetail, CheckResult, LockStatus
from ..domain.overlay import OverlayStyle
from ..formats import pipfile
from ..formats.requirements_in import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .open_overlay import OpenedOverlay


def check_overlay(opened: OpenedOverlay) -> CheckResult:
    """The status of the overlay's lock, and why.

    Raises:
        UserError: the lock is not valid.
    """
    if opened.lock_error is not None:
        raise opened.lock_error
    if opened.lock_file is None:
        return CheckResult(LockStatus.UNLOCKED)
    details = tuple(_reasons(opened))
    return CheckResult(LockStatus.STALE if details else LockStatus.FRESH, details)


def _reasons(opened: OpenedOverlay) -> Iterator[CheckDetail]:
    lock, overlay = opened.lock, opened.overlay
    if lock is None:
        message = f"{overlay.lock_name} is no complete lock: a version or a hash is missing."
        yield CheckDetail("hash-missing", message)
        return
    found = (
        pipfile.changes_since_lock(opened.pipfile, opened.lockfile)
        if (overlay.style is OverlayStyle.PIPENV)
        else tuple(_changed(opened))
    )
    yield from (replace(d, message=d.message.replace("notebook", "overlay")) for d in found)
    has_told = any(detail.code == "python-changed" for detail in found)
    wanted, made_for = overlay.python_version, lock.python_version
    if wanted and made_for and wanted != made_for and not has_told:
        yield CheckDetail(
            "python-changed",
            f"The lock was made for Python {made_for}, .thoth.yaml now asks for {wanted}.",
        )


def _changed(opened: OpenedOverlay) -> Iterator[CheckDetail]:
    lock = opened.lock
    if lock is None or lock.requirements_hash == digest_of(opened.asked, opened.constraints):
        return
    wanted = opened.asked.requirements + tuple(
        constraint for constraint in opened.constraints if lock.find(constraint.key) is not None
    )
    contradicted = tuple(pipfile.contradicted(wanted, lock))
    yield from contradicted
    # One of another tool says nothing of what it was made for.
    if lock.requirements_hash and not contradicted:
        yield CheckDetail(
            "requirements-changed", "The requirements changed since the lock was made."
        )
