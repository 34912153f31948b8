"""Audits as text on the terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..domain.advisories import AdvisoryAgainst, AdvisoryChange, Audit, Severity, Unchecked
from .screen import echo, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLOURS = {Severity.CRITICAL: "red", Severity.HIGH: "red", Severity.MODERATE: "yellow"}


def print_audit(notebook: str, audit: Audit) -> None:
    """Print what is known against one notebook's packages, and what was not checked."""
    echo(f"{notebook}: {_summary(audit)}")
    for package in audit.vulnerable:
        for advisory in package.advisories:
            _print_against(AdvisoryAgainst(package.name, package.version, advisory))
            if advisory.summary:
                echo(f"            {advisory.summary}")
    _print_unchecked(audit.unchecked)
    for entry in audit.ignored:
        echo(f"  ignored until {entry.expires}: {entry.id} ({entry.reason})")
    for entry in audit.expired:
        echo(f"  no longer ignored since {entry.expires}: {entry.id} ({entry.reason})")


def print_advisory_change(change: AdvisoryChange) -> None:
    """Print which advisories a lock gains, loses and keeps."""
    counts = f"{len(change.gained)} gained, {len(change.lost)} lost, {len(change.kept)} kept"
    echo(f"  advisories: {counts}")
    for mark, entries in (("+", change.gained), ("-", change.lost), ("=", change.kept)):
        for entry in entries:
            _print_against(entry, f"{mark} ")
    _print_unchecked(change.unchecked)


def _print_against(entry: AdvisoryAgainst, mark: str = "") -> None:
    advisory = entry.advisory
    fixed = f"fixed in {', '.join(advisory.fixed)}" if advisory.fixed else "no fix known"
    severity = styled(advisory.severity.value.ljust(8), fg=_COLOURS.get(advisory.severity))
    echo(f"  {mark}{severity}  {entry.name} {entry.version}  {advisory.id}  {fixed}")


def _print_unchecked(unchecked: Sequence[Unchecked]) -> None:
    reasons = Counter(entry.reason for entry in unchecked)
    for reason, count in reasons.items():
        names = [entry.name for entry in unchecked if entry.reason == reason]
        shown = ", ".join(names[:5]) + (f" and {count - 5} more" if count > 5 else "")
        echo(f"  not checked: {shown}: {reason}")


def _summary(audit: Audit) -> str:
    count = sum(len(package.advisories) for package in audit.packages)
    found = f"{count} advisor{'y' if count == 1 else 'ies'}" if count else "no known advisory"
    unchecked = f", {len(audit.unchecked)} not checked" if audit.unchecked else ""
    if not audit.packages and audit.unchecked:
        return f"nothing was checked ({len(audit.unchecked)} packages)"
    return f"{found} in {len(audit.packages)} packages{unchecked}"
