"""Compare what is known against two locks: which advisories a relock gains and loses."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ..domain.advisories import AdvisoryChange, Audit, compare_audits, without_ignored
from ..domain.names import canonicalize_name
from .audit_notebook import AuditPorts, audit_packages, ignored_for

if TYPE_CHECKING:
    from ..domain.lock import Lock, LockedPackage
    from .ports import CancelToken


def compare_advisories(
    path: str, old: Lock | None, new: Lock, ports: AuditPorts, cancel: CancelToken
) -> AdvisoryChange:
    """The advisories against the packages of one lock and not of the other.

    What the repository ignores does not count; what could not be checked is said.

    Raises:
        UserError: the repository's audit settings are not valid.
        CancelledError: cancelled.
    """
    ignored = ignored_for(path, ports.files)
    today = datetime.fromtimestamp(ports.clock.now(), timezone.utc).date()

    def audit(packages: tuple[LockedPackage, ...]) -> Audit:
        return without_ignored(audit_packages(packages, ports.advisories, cancel), ignored, today)

    before = old.packages if old is not None else ()
    after = audit(new.packages)
    # Most packages are in both, and asked for once.
    pins = {(package.name, package.version) for package in new.packages}
    gone = audit(tuple(p for p in before if (p.name, p.version) not in pins))
    kept = {(package.key, package.version) for package in before}
    return compare_audits(
        Audit(
            (*gone.packages, *(p for p in after.packages if (p.name, p.version) in kept)),
            (
                *gone.unchecked,
                *(u for u in after.unchecked if (canonicalize_name(u.name), u.version) in kept),
            ),
        ),
        after,
    )
