"""What is known against locked packages: advisories, what was not checked, what is ignored."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .names import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Severity(str, Enum):
    """How bad an advisory is, the worst first; ``UNKNOWN`` where nobody says."""

    CRITICAL = "critical"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    UNKNOWN = "unknown"

    @property
    def weight(self) -> int:
        """More for what is worse; an unknown severity counts as a moderate one."""
        return _WEIGHTS[self]


_WEIGHTS = {
    Severity.CRITICAL: 4,
    Severity.HIGH: 3,
    Severity.MODERATE: 2,
    Severity.UNKNOWN: 2,
    Severity.LOW: 1,
}


class Advisory(Struct, frozen=True):
    """One advisory against one version; ``fixed`` are the later versions without it, sorted."""

    id: str
    aliases: tuple[str, ...] = ()
    severity: Severity = Severity.UNKNOWN
    summary: str = ""
    fixed: tuple[str, ...] = ()
    url: str = ""

    @property
    def names(self) -> frozenset[str]:
        """Its id and its aliases."""
        return frozenset({self.id, *self.aliases})


class AuditedPackage(Struct, frozen=True):
    """A package that was checked, and what is known against it."""

    name: str
    version: str
    advisories: tuple[Advisory, ...] = ()


class Unchecked(Struct, frozen=True):
    """A package that was not checked, and why: it is not known to be clean."""

    name: str
    version: str
    reason: str


class IgnoredAdvisory(Struct, frozen=True):
    """An advisory that the repository accepts for a reason, up to and including a day."""

    id: str
    reason: str
    expires: date


class Audit(Struct, frozen=True):
    """What an audit found; ``ignored`` did not count, ``expired`` counts again."""

    packages: tuple[AuditedPackage, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    ignored: tuple[IgnoredAdvisory, ...] = ()
    expired: tuple[IgnoredAdvisory, ...] = ()

    @property
    def vulnerable(self) -> tuple[AuditedPackage, ...]:
        """The packages with advisories that count."""
        return tuple(package for package in self.packages if package.advisories)


class AdvisoryAgainst(Struct, frozen=True):
    """An advisory, and the package and version that it is against."""

    name: str
    version: str
    advisory: Advisory


class AdvisoryChange(Struct, frozen=True):
    """How what is known against one lock differs from another; ``kept`` is against both."""

    gained: tuple[AdvisoryAgainst, ...] = ()
    lost: tuple[AdvisoryAgainst, ...] = ()
    kept: tuple[AdvisoryAgainst, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()


def compare_audits(old: Audit, new: Audit) -> AdvisoryChange:
    """How ``new`` differs from ``old``; an advisory is the same under any of its names.

    A package that was not checked may have what the other lock has: it is said, and neither gains
    nor loses anything.
    """
    before, after = _against(old), _against(new)
    unknown_before = {canonicalize_name(entry.name) for entry in old.unchecked}
    unknown_after = {canonicalize_name(entry.name) for entry in new.unchecked}
    return AdvisoryChange(
        gained=tuple(a for a in after if not _is_among(a, before) and a.name not in unknown_before),
        lost=tuple(b for b in before if not _is_among(b, after) and b.name not in unknown_after),
        kept=tuple(a for a in after if _is_among(a, before)),
        unchecked=tuple(dict.fromkeys((*old.unchecked, *new.unchecked))),
    )


def _against(audit: Audit) -> tuple[AdvisoryAgainst, ...]:
    return tuple(
        AdvisoryAgainst(package.name, package.version, advisory)
        for package in audit.packages
        for advisory in package.advisories
    )


def _is_among(one: AdvisoryAgainst, others: tuple[AdvisoryAgainst, ...]) -> bool:
    return any(
        one.name == other.name and one.advisory.names & other.advisory.names for other in others
    )


def joined(advisories: Iterable[Advisory]) -> tuple[Advisory, ...]:
    """The advisories, with those that name each other made one; the worst first.

    Several databases publish the same thing under ids of their own. The id with a known severity
    is kept, and the fixed versions of that entry.
    """
    groups: list[list[Advisory]] = []
    for advisory in advisories:
        related = [group for group in groups if any(a.names & advisory.names for a in group)]
        merged = [advisory, *(known for group in related for known in group)]
        groups = [group for group in groups if group not in related] + [merged]
    found = [_one_of(group) for group in groups]
    return tuple(sorted(found, key=lambda advisory: (-advisory.severity.weight, advisory.id)))


def without_ignored(audit: Audit, ignored: Iterable[IgnoredAdvisory], today: date) -> Audit:
    """The audit without the advisories that are ignored today, saying which those were."""
    entries = tuple(ignored)
    found = {name for p in audit.packages for a in p.advisories for name in a.names}
    matching = [entry for entry in entries if entry.id in found]
    active = tuple(entry for entry in matching if entry.expires >= today)
    accepted = {entry.id for entry in active}
    return replace(
        audit,
        packages=tuple(
            replace(p, advisories=tuple(a for a in p.advisories if not a.names & accepted))
            for p in audit.packages
        ),
        ignored=active,
        expired=tuple(entry for entry in matching if entry.expires < today),
    )


def _one_of(group: list[Advisory]) -> Advisory:
    best = min(
        group, key=lambda a: (a.severity is Severity.UNKNOWN, not a.fixed, -a.severity.weight, a.id)
    )
    names = frozenset[str]().union(*(advisory.names for advisory in group))
    return replace(best, aliases=tuple(sorted(names - {best.id})))
