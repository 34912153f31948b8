"""Resolve until no version with a known advisory is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import PurePosixPath

from msgspec.structs import replace

from ..domain.advisories import Audit, without_ignored
from ..domain.errors import ErrorCode, RefusedError
from .audit_notebook import AuditPorts, audit_packages, ignored_for
from .ports import CancelToken, Resolution, ResolvePolicy, ResolveRequest

ROUNDS = 20
"""How often a security lock is resolved anew at most."""

Resolve = Callable[[ResolveRequest], Resolution]


def resolve_securely(
    asked: ResolveRequest, ports: AuditPorts, resolve: Resolve, cancel: CancelToken
) -> tuple[Resolution, tuple[str, ...]]:
    """The newest versions without known advisories, and what a person should know of them.

    When there are none, the least severe.

    Raises:
        RefusedError: nothing fits at all.
        AidevsecopsError: the engine failed, or the repository's audit settings are not valid.
        CancelledError: cancelled.
    """
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
            return resolution, _unchecked(audit)
        tried.append((resolution, audit))
        excluded |= {(package.name, package.version): None for package in audit.vulnerable}
    resolution, audit = min(tried, key=lambda one: _badness(one[1]))
    return resolution, (_remaining(audit, reason), *_unchecked(audit))


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
