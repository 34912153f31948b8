"""What is off in configuration files, as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.configuration import ConfigurationReport
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
