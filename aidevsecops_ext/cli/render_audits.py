"""Audits as text on the terminal."""

from __future__ import annotations

from collections import Counter

import click

from ..domain.advisories import Audit, Severity

_COLOURS = {Severity.CRITICAL: "red", Severity.HIGH: "red", Severity.MODERATE: "yellow"}


def print_audit(notebook: str, audit: Audit) -> None:
    """Print what is known against one notebook's packages, and what was not checked."""
    click.echo(f"{notebook}: {_summary(audit)}")
    for package in audit.vulnerable:
        for advisory in package.advisories:
            fixed = f"fixed in {', '.join(advisory.fixed)}" if advisory.fixed else "no fix known"
            severity = click.style(
                advisory.severity.value.ljust(8), fg=_COLOURS.get(advisory.severity)
            )
            click.echo(f"  {severity}  {package.name} {package.version}  {advisory.id}  {fixed}")
            if advisory.summary:
                click.echo(f"            {advisory.summary}")
    reasons = Counter(entry.reason for entry in audit.unchecked)
    for reason, count in reasons.items():
        names = [entry.name for entry in audit.unchecked if entry.reason == reason]
        shown = ", ".join(names[:5]) + (f" and {count - 5} more" if count > 5 else "")
        click.echo(f"  not checked: {shown}: {reason}")
    for entry in audit.ignored:
        click.echo(f"  ignored until {entry.expires}: {entry.id} ({entry.reason})")
    for entry in audit.expired:
        click.echo(f"  no longer ignored since {entry.expires}: {entry.id} ({entry.reason})")


def _summary(audit: Audit) -> str:
    count = sum(len(package.advisories) for package in audit.packages)
    found = f"{count} advisor{'y' if count == 1 else 'ies'}" if count else "no known advisory"
    unchecked = f", {len(audit.unchecked)} not checked" if audit.unchecked else ""
    if not audit.packages and audit.unchecked:
        return f"nothing was checked ({len(audit.unchecked)} packages)"
    return f"{found} in {len(audit.packages)} packages{unchecked}"
