"""Overlays as they are listed: whose each is, what it holds, and if that still holds."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class OverlayState(str, Enum):
    """Whether an overlay is of use; the first three are the status of its lock."""

    FRESH = "fresh"
    STALE = "stale"
    UNLOCKED = "unlocked"
    ORPHAN = "orphan"
    INVALID = "invalid"


class OverlayRecord(Struct, frozen=True):
    """One overlay; what its files do not say is None.

    ``lock_hash`` is the digest of its lock. ``reasons`` are sentences on why it is not fresh.
    """

    name: str
    folder: str
    state: OverlayState
    notebook: str | None = None
    step: str | None = None
    step_notebook: str | None = None
    python_version: str | None = None
    package_count: int = 0
    lock_hash: str | None = None
    reasons: tuple[str, ...] = ()


class OverlayListing(Struct, frozen=True):
    """All overlays, and sentences on what is off around them."""

    overlays: tuple[OverlayRecord, ...]
    problems: tuple[str, ...] = ()
