"""Resolve for a recommendation type: which versions an engine may choose from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.recommendation import RecommendationType
from .ports import CancelToken, Clock, Resolution, ResolvePolicy, ResolveRequest

if TYPE_CHECKING:
    from .audit_notebook import AuditPorts

Resolve = Callable[[ResolveRequest], Resolution]


class RecommendPorts(Struct, frozen=True):
    """What recommending needs of the outside; ``stable_days`` is how old a stable version is.

    ``audit`` is called only for a type that asks for advisories.
    """

    clock: Clock
    audit: Callable[[], AuditPorts]
    stable_days: int


class Recommended(Struct, frozen=True):
    """A resolution, and sentences on what a person should know of it.

    ``engine`` is None where the one that was asked for resolved.
    """

    kind: RecommendationType
    resolution: Resolution
    notes: tuple[str, ...] = ()
    engine: str | None = None


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
        # Most locks do without all that auditing needs.
        from .resolve_securely import resolve_securely

        resolution, notes = resolve_securely(asked, ports.audit(), resolve, cancel)
        return Recommended(kind, resolution, notes)
    if kind is RecommendationType.PERFORMANCE:
        from .accelerate import resolve_accelerated

        resolution, notes = resolve_accelerated(asked, resolve)
        return Recommended(kind, resolution, notes)
    if kind is RecommendationType.STABLE:
        policy = ResolvePolicy(prereleases=False, not_after=_day_before(ports))
        # Not what was locked before: it may have been taken back since.
        asked = replace(asked, preferred=())
    elif kind is RecommendationType.TESTING:
        policy = ResolvePolicy(prereleases=True)
    else:
        policy = ResolvePolicy()
    return Recommended(kind, resolve(replace(asked, policy=policy)))


def _day_before(ports: RecommendPorts) -> str:
    now = datetime.fromtimestamp(ports.clock.now(), timezone.utc)
    # The same moment all day long, so that two locks of one day agree.
    day = (now - timedelta(days=ports.stable_days)).date()
    return f"{day.isoformat()}T00:00:00Z"
