"""Plan a release for somebody who agrees to it later, and find that same plan again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ConflictError, ErrorCode
from ..domain.release_digest import digest_of_plan, moment_of_digest
from .plan_release import plan_release

if TYPE_CHECKING:
    from ..domain.release import ReleasePlan
    from .plan_release import PlanRequest
    from .ports import CancelToken, Progress
    from .release_ports import PlanPorts

_DAY = 24 * 60 * 60


class PreviewedRelease(Struct, frozen=True):
    """A plan, and what its digest is: that is what somebody agrees to."""

    plan: ReleasePlan
    digest: str


def preview_release(
    request: PlanRequest, ports: PlanPorts, progress: Progress, cancel: CancelToken
) -> PreviewedRelease:
    """The plan of a release as of now.

    Raises:
        AidevsecopsError: it cannot be planned.
        CancelledError: cancelled.
    """
    return _preview_as_of(int(ports.clock.now()), request, ports, progress, cancel)


def agreed_release(
    request: PlanRequest, digest: str, ports: PlanPorts, progress: Progress, cancel: CancelToken
) -> ReleasePlan:
    """The plan that somebody agreed to, with checks as of now; what it says of time stays.

    Raises:
        ConflictError: it is another plan by now, or of another day (in UTC).
        AidevsecopsError: it cannot be planned any more.
        CancelledError: cancelled.
    """
    moment = moment_of_digest(digest)
    # The day stands in the changelog, and in versions by the calendar.
    if moment is None or moment // _DAY != int(ports.clock.now()) // _DAY:
        raise _outdated()
    found = _preview_as_of(moment, request, ports, progress, cancel)
    if found.digest != digest:
        raise _outdated()
    return found.plan


class _StandingClock(Struct, frozen=True):
    """A clock that shows one moment."""

    moment: int

    def now(self) -> float:
        """That moment."""
        return float(self.moment)


def _preview_as_of(
    moment: int, request: PlanRequest, ports: PlanPorts, progress: Progress, cancel: CancelToken
) -> PreviewedRelease:
    then = replace(ports, clock=_StandingClock(moment))
    plan = plan_release(request, then, progress, cancel)
    return PreviewedRelease(plan, digest_of_plan(plan, moment))


def _outdated() -> ConflictError:
    return ConflictError(
        ErrorCode.RELEASE_PLAN_OUTDATED,
        "The plan of the release is another one than that which was agreed to. Nothing was done.",
        hint="Look at the new plan, and release that.",
    )
