"""Audit an overlay: what is known against the packages that it locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from .audit_notebook import AuditPorts, audit_lock

if TYPE_CHECKING:
    from ..domain.advisories import Audit
    from .open_overlay import OpenedOverlay
    from .ports import CancelToken, Progress


def audit_overlay(
    opened: OpenedOverlay, ports: AuditPorts, progress: Progress, cancel: CancelToken
) -> Audit:
    """What is known against each locked package; what could not be checked is said, with why.

    Raises:
        UserError: the lock or the repository's settings are not valid.
        RefusedError: there is no complete lock.
        CancelledError: cancelled.
    """
    if opened.lock_error is not None:
        raise opened.lock_error
    if opened.lock is None:
        raise RefusedError(
            ErrorCode.AUDIT_UNLOCKED,
            "The overlay has no lock to audit.",
            hint="Lock the overlay first.",
        )
    return audit_lock(opened.overlay.asked_path, opened.lock, ports, progress, cancel)
