"""What is off in configuration files, as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.configuration import (
        ConfigurationDraft,
        ConfigurationFile,
        ConfigurationReport,
    )
    from ..domain.json_value import Json


def report_json(report: ConfigurationReport, shown: str) -> dict[str, Json]:
    """What is off in a file, which is called ``shown``."""
    return {
        "file": shown,
        "kind": report.kind.value,
        "valid": report.is_valid,
        "problems": [
            {
                "line": problem.line,
                "place": problem.place,
                "level": problem.level.value,
                "message": problem.message,
            }
            for problem in report.problems
        ],
    }


def file_json(found: ConfigurationFile, path: str) -> dict[str, Json]:
    """A file as it is."""
    return {
        **report_json(found.report, path),
        "text": found.text,
        "revision": found.revision,
        "values": found.values,
    }


def draft_json(draft: ConfigurationDraft, path: str) -> dict[str, Json]:
    """A file as it was and as it would be."""
    return {**report_json(draft.report, path), "before": draft.before, "after": draft.after}
