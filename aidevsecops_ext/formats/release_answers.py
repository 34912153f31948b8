"""Releases as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ..domain.release import releases_among

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json
    from ..domain.release import Check, ReleasePlan, VersionPlace
    from ..domain.release_record import ReleaseRecord
    from ..domain.repository import Tag


def plan_json(plan: ReleasePlan) -> dict[str, Json]:
    """A plan, with the unified diff of each file that changes."""
    return {
        "current": plan.current,
        "next": plan.next,
        "tag": plan.tag,
        "kind": plan.kind.value,
        "versions": places_json(plan.versions),
        "changelog": plan.changelog,
        "references": [
            {"file": one.file, "path": one.path, "from": one.source, "to": one.target}
            for one in plan.references
        ],
        "images": [*plan.images],
        "checks": [check_json(check) for check in plan.checks],
        "changes": [{"file": file.path, "diff": file.diff()} for file in plan.files],
    }


def places_json(places: Iterable[VersionPlace]) -> list[Json]:
    """Where files say the version."""
    return [{"file": place.file, "line": place.line, "value": place.value} for place in places]


def check_json(check: Check) -> dict[str, Json]:
    """How one check went."""
    return {
        "name": check.name.value,
        "status": check.status.value,
        "message": check.message,
        "fix": check.fix,
    }


def record_json(record: ReleaseRecord) -> dict[str, Json]:
    """How far a release came."""
    return {
        "version": record.version,
        "tag": record.tag,
        "stage": record.stage.value,
        "commit": record.commit,
        "remote": record.remote,
        "files": [*record.paths],
        "error": record.error,
    }


def tags_json(tags: Iterable[Tag]) -> list[Json]:
    """The tags of releases, the newest version first."""
    return [
        {"name": tag.name, "commit": tag.commit, "date": utc_text(tag.date)}
        for tag in releases_among(tags)
    ]


def utc_text(seconds: float) -> str:
    """A moment as ISO 8601 has it."""
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
