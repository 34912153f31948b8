"""Pipelines that run elsewhere, as both faces answer them in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.engine import EngineIssue
    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.pipeline_run import PipelineRun
    from ..domain.stored_object import StoredObject


def outputs_json(run: PipelineRun, stored: tuple[StoredObject, ...]) -> dict[str, Json]:
    """What a run has stored."""
    return {
        "run": run.id,
        "url": run.links.get("storage"),
        "files": [{"name": one.key, "size": one.size, "modified": one.modified} for one in stored],
    }


def issue_json(issue: EngineIssue) -> dict[str, Json]:
    """What an engine finds wrong."""
    return {
        "level": issue.level.value,
        "message": issue.message,
        "kind": issue.kind,
        "node": issue.node,
        "field": issue.field,
        "value": issue.value,
    }


def export_json(
    file: FilePreview, name: str, issues: Iterable[EngineIssue], *, has_keys: bool
) -> dict[str, Json]:
    """A pipeline as its engine reads it; ``name`` is what to call the file."""
    return {
        "path": name,
        "state": file.state,
        "text": file.text,
        "revision": file.revision,
        "has_keys": has_keys,
        "issues": [issue_json(issue) for issue in issues],
    }
