"""A lock: exact versions with hashes, what changed since the last one, and if it still holds."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .names import canonicalize_name

if TYPE_CHECKING:
    from .requirements import Index


class LockedPackage(Struct, frozen=True):
    """One package at one version; ``hashes`` are ``sha256:...`` of its files, sorted."""

    name: str
    version: str
    hashes: tuple[str, ...] = ()
    markers: str = ""
    extras: tuple[str, ...] = ()
    index: str | None = None
    is_dev: bool = False

    @property
    def key(self) -> str:
        """The normalised name (PEP 503)."""
        return canonicalize_name(self.name)


class Lock(Struct, frozen=True):
    """What a requirement set resolved to; ``requirements_hash`` says which set that was."""

    packages: tuple[LockedPackage, ...]
    requirements_hash: str
    indexes: tuple[Index, ...] = ()
    python_version: str | None = None

    @property
    def count(self) -> int:
        """How many packages it holds; one that is locked in both groups counts once."""
        return len({package.key for package in self.packages})

    def find(self, key: str) -> LockedPackage | None:
        """The package of that normalised name, or None."""
        return next((p for p in self.packages if p.key == key), None)


class VersionChange(Struct, frozen=True):
    """One package whose version differs between two locks."""

    name: str
    old: str
    new: str


class LockChange(Struct, frozen=True):
    """How one lock differs from another."""

    added: tuple[LockedPackage, ...] = ()
    removed: tuple[LockedPackage, ...] = ()
    updated: tuple[VersionChange, ...] = ()


class LockStatus(str, Enum):
    """Whether a notebook's lock still holds; only ``FRESH`` passes a check."""

    FRESH = "fresh"
    STALE = "stale"
    DRIFTED = "drifted"
    UNLOCKED = "unlocked"
    UNSUPPORTED = "unsupported"


class CheckDetail(Struct, frozen=True):
    """One reason for a status; ``name`` is a distribution or import, ``cells`` where it is used."""

    code: str
    message: str
    name: str | None = None
    cells: tuple[int, ...] = ()


class CheckResult(Struct, frozen=True):
    """The status of one notebook and the reasons for it."""

    status: LockStatus
    details: tuple[CheckDetail, ...] = ()


def compare_locks(old: Lock | None, new: Lock) -> LockChange:
    """How ``new`` differs from ``old``, by package name; all is added when there was none."""
    before = {p.key: p for p in old.packages} if old else {}
    after = {p.key: p for p in new.packages}
    return LockChange(
        added=tuple(p for key, p in after.items() if key not in before),
        removed=tuple(p for key, p in before.items() if key not in after),
        updated=tuple(
            VersionChange(p.name, before[key].version, p.version)
            for key, p in after.items()
            if key in before and before[key].version != p.version
        ),
    )
