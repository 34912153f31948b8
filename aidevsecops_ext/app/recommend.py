"""Resolve for a recommendation type: which versions an engine may choose from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import PurePosixPath

from ..domain.advisories import Audit, without_ignored
from ..domain.errors import ErrorCode, RefusedError
from ..domain.recommendation import RecommendationType
from .audit_notebook import AuditPorts, audit_packages, ignored_for
from .ports import CancelToken, Resolution, ResolvePolicy, ResolveRequest

ROUNDS = 20
"""How often a security lock is resolved anew at most."""

Resolve = Callable[[ResolveRequest], Resolution]


@dataclass(frozen=True, slots=True)
class RecommendPorts:
    """What recommending needs of the outside; ``stable_days`` is how old a stable version is."""

    audit: AuditPorts
    stable_days: int


@dataclass(frozen=True, slots=True)
class Recommended:
    """A resolution, and sentences on what a person should know of it."""

    kind: RecommendationType
    resolution: Resolution
    notes: tuple[str, ...] = ()


def resolve_for(
    kind: RecommendationType,
    asked: ResolveRequest,
    ports: RecommendPorts,
    resolve: Resolve,
    cancel: CancelToken,
) -> Recommended:
    """The versions that this type recommends.

    Raises:
        RefusedError: nothing fits, with what the type leaves out.
        AidevsecopsError: the engine failed, or the repository's audit settings are not valid.
        CancelledError: cancelled.
    """
    if kind is RecommendationType.SECURITY:
        return _resolve_securely(asked, ports.audit, resolve, cancel)
    if kind is RecommendationType.STABLE:
        policy = ResolvePolicy(prereleases=False, not_after=_day_before(ports))
        # Not what was locked before: it may have been taken back since.
        asked = replace(asked, preferred=())
    elif kind is RecommendationType.TESTING:
        policy = ResolvePolicy(prereleases=True)
    elif kind is RecommendationType.PERFORMANCE:
        policy = ResolvePolicy(wheels_only=True)
    else:
        policy = ResolvePolicy()
    return Recommended(kind, resolve(replace(asked, policy=policy)))


def _day_before(ports: RecommendPorts) -> str:
    now = datetime.fromtimestamp(ports.audit.clock.now(), timezone.utc)
    # The same moment all day long, so that two locks of one day agree.
    day = (now - timedelta(days=ports.stable_days)).date()
    return f"{day.isoformat()}T00:00:00Z"


def _resolve_securely(
    asked: ResolveRequest, ports: AuditPorts, resolve: Resolve, cancel: CancelToken
) -> Recommended:
    ignored = ignored_for(str(PurePosixPath(asked.folder) / "notebook"), ports.files)
    today = datetime.fromtimestamp(ports.clock.now(), timezone.utc).date()
    excluded: dict[tuple[str, str], None] = {}
    tried: list[tuple[Resolution, Audit]] = []
    reason = f"none was found in {ROUNDS} rounds"
    for _ in range(ROUNDS):
        policy = ResolvePolicy(excluded=tuple(excluded))
        try:
            resolution = resolve(replace(asked, preferred=(), policy=policy))
        except RefusedError as error:
            if not tried or error.code is not ErrorCode.LOCK_UNSATISFIABLE:
                raise
            reason = "the requirements leave none"
            break
        found = audit_packages(resolution.packages, ports.advisories, cancel)
        audit = without_ignored(found, ignored, today)
        if not audit.vulnerable:
            return Recommended(RecommendationType.SECURITY, resolution, _unchecked(audit))
        tried.append((resolution, audit))
        excluded |= {(package.name, package.version): None for package in audit.vulnerable}
    resolution, audit = min(tried, key=lambda one: _badness(one[1]))
    notes = (_remaining(audit, reason), *_unchecked(audit))
    return Recommended(RecommendationType.SECURITY, resolution, notes)


def _badness(audit: Audit) -> tuple[int, int, int]:
    weights = [a.severity.weight for package in audit.packages for a in package.advisories]
    # What was not checked is no better than what is known.
    return max(weights), sum(weights), len(audit.unchecked)


def _remaining(audit: Audit, reason: str) -> str:
    named = ", ".join(
        f"{package.name} {package.version} ({advisory.id}, {advisory.severity.value})"
        for package in audit.vulnerable
        for advisory in package.advisories
    )
    return f"No solution is without known advisories, {reason}; the least severe has: {named}."


def _unchecked(audit: Audit) -> tuple[str, ...]:
    if not audit.unchecked:
        return ()
    names = ", ".join(entry.name for entry in audit.unchecked)
    return (f"Not checked for advisories: {names}. {audit.unchecked[0].reason}",)
