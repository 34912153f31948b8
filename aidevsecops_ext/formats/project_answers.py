"""The health and the adoption of a project as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.project_health import GitStanding, Link, NextAction, ProjectHealth


def health_json(health: ProjectHealth, path: str) -> dict[str, Json]:
    """The health of the project in the folder ``path``."""
    first = health.next
    return {
        "path": path,
        "name": health.name,
        "links": [_link(link) for link in health.links],
        "next": None if first is None else first.name.value,
        "git": None if health.git is None else _git(health.git),
        "adoption": {
            "offered": health.adoption.is_offered,
            "repository": health.adoption.is_repository,
            "missing": [*health.adoption.missing],
        },
    }


def adoption_json(
    path: str, files: tuple[FilePreview, ...], kept: tuple[str, ...], *, is_repository: bool
) -> dict[str, Json]:
    """What would be written, or what was."""
    return {
        "path": path,
        "repository": is_repository,
        "files": [{"path": file.path, "text": file.text} for file in files],
        "kept": [*kept],
    }


def adoption_undo_json(
    path: str, removed: tuple[str, ...], kept: tuple[str, ...]
) -> dict[str, Json]:
    """What taking an adoption back would delete, or deleted."""
    return {"path": path, "removed": [*removed], "kept": [*kept]}


def _link(link: Link) -> Json:
    return {
        "name": link.name.value,
        "state": link.state.value,
        "summary": link.summary,
        "details": [*link.details],
        "next": None if link.next is None else _action(link.next),
    }


def _action(action: NextAction) -> Json:
    answer: dict[str, Json] = {
        "command": action.command.value,
        "arguments": {**action.arguments},
    }
    return {**answer, "paths": [*action.paths]} if action.paths else answer


def _git(git: GitStanding) -> Json:
    return {
        "branch": git.branch,
        "upstream": git.upstream,
        "ahead": git.ahead,
        "behind": git.behind,
        "uncommitted": [*git.uncommitted],
        "problem": git.problem,
    }
