"""Releases as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from ..domain.release import releases_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.file_preview import FilePreview
    from ..domain.forge import Build, ForgeKind, PullRequest
    from ..domain.json_value import Json
    from ..domain.release import Check, ReleasePlan, VersionPlace
    from ..domain.release_builds import ReleaseBuilds
    from ..domain.release_proposal import Proposal
    from ..domain.release_record import ReleasePage, ReleaseRecord
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
        "mode": plan.mode.value,
        "pull_request": None if plan.proposal is None else _planned_json(plan.proposal),
        "forge": None if plan.forge is None else plan.forge.web_url,
    }


def _planned_json(proposal: Proposal) -> dict[str, Json]:
    return {
        "branch": proposal.branch,
        "target": proposal.target,
        "title": proposal.title,
        "body": proposal.body,
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
        "mode": record.mode.value,
        "pull_request": None if record.proposal is None else _proposed_json(record.proposal),
        "forge_release": None if record.page is None else _page_json(record.page),
    }


def _page_json(page: ReleasePage) -> dict[str, Json]:
    return {"forge": page.place, "url": page.url, "note": page.note}


def _proposed_json(proposal: Proposal) -> dict[str, Json]:
    return {
        "branch": proposal.branch,
        "target": proposal.target,
        "number": proposal.number,
        "url": proposal.url,
        "note": proposal.note,
    }


def pull_request_json(found: PullRequest | None) -> dict[str, Json] | None:
    """A pull request as the forge has it; None where there is none."""
    if found is None:
        return None
    return {
        "number": found.number,
        "title": found.title,
        "url": found.url,
        "state": found.state.value,
        "merge_commit": found.merge_commit,
    }


def tags_json(tags: Iterable[Tag], pages: Mapping[str, str]) -> list[Json]:
    """The tags of releases, the newest version first, each with its page where it has one."""
    return [
        {
            "name": tag.name,
            "commit": tag.commit,
            "date": utc_text(tag.date),
            "url": pages.get(tag.name),
        }
        for tag in releases_among(tags)
    ]


def workflow_json(
    kind: ForgeKind, changes: Iterable[FilePreview], notes: Iterable[str]
) -> dict[str, Json]:
    """The files of a workflow that change, and what is left to do by hand."""
    return {
        "forge": kind.value,
        "changes": [{"file": file.path, "diff": file.diff()} for file in changes],
        "notes": [*notes],
    }


def release_builds_json(found: ReleaseBuilds) -> dict[str, Json]:
    """The builds of the newest release."""
    return {
        "forge": None if found.place is None else found.place.web_url,
        "tag": found.tag,
        "commit": found.commit,
        "builds": builds_json(found.builds),
        "note": found.note,
        "wants_token": found.wants_token,
    }


def builds_json(builds: Iterable[Build]) -> list[Json]:
    """How each build of a commit went."""
    return [{"name": one.name, "state": one.state.value, "url": one.url} for one in builds]


def utc_text(seconds: float) -> str:
    """A moment as ISO 8601 has it."""
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
