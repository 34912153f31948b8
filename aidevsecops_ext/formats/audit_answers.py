"""Audits as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.advisories import (
        Advisory,
        AdvisoryAgainst,
        AdvisoryChange,
        Audit,
        IgnoredAdvisory,
        Unchecked,
    )
    from ..domain.json_value import Json


def audit_json(path: str, audit: Audit) -> dict[str, Json]:
    """The audit of one notebook, in the terminal's stable shape."""
    return {
        "notebook": path,
        "packages": [
            {
                "name": package.name,
                "version": package.version,
                "advisories": [_brief(advisory) for advisory in package.advisories],
            }
            for package in audit.packages
        ],
        "unchecked": _unchecked(audit.unchecked),
    }


def audit_details_json(path: str, audit: Audit) -> dict[str, Json]:
    """The same with what a person wants to read: summaries, aliases, links, what is ignored."""
    return {
        "notebook": path,
        "packages": [
            {
                "name": package.name,
                "version": package.version,
                "advisories": [_full(advisory) for advisory in package.advisories],
            }
            for package in audit.packages
        ],
        "unchecked": _unchecked(audit.unchecked),
        "ignored": [_ignored(entry) for entry in audit.ignored],
        "expired": [_ignored(entry) for entry in audit.expired],
    }


def advisory_change_json(change: AdvisoryChange) -> dict[str, Json]:
    """How what is known against one lock differs from another."""
    return {
        "gained": _against(change.gained),
        "lost": _against(change.lost),
        "kept": _against(change.kept),
        "unchecked": _unchecked(change.unchecked),
    }


def _against(entries: Sequence[AdvisoryAgainst]) -> list[Json]:
    return [
        {"name": entry.name, "version": entry.version, "advisory": _full(entry.advisory)}
        for entry in entries
    ]


def _brief(advisory: Advisory) -> dict[str, Json]:
    return {
        "id": advisory.id,
        "severity": advisory.severity.value,
        "fixed": [*advisory.fixed],
    }


def _full(advisory: Advisory) -> dict[str, Json]:
    return {
        **_brief(advisory),
        "aliases": [*advisory.aliases],
        "summary": advisory.summary,
        "url": advisory.url,
    }


def _unchecked(entries: Sequence[Unchecked]) -> list[Json]:
    return [
        {"name": entry.name, "version": entry.version, "reason": entry.reason} for entry in entries
    ]


def _ignored(entry: IgnoredAdvisory) -> Json:
    return {"id": entry.id, "reason": entry.reason, "expires": entry.expires.isoformat()}
