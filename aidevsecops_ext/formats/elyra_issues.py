"""What Elyra finds wrong with a pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.engine import EngineIssue, IssueLevel
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

_LEVELS = {"1": IssueLevel.ERROR, "2": IssueLevel.WARNING}


def read_issues(answer: Json) -> tuple[EngineIssue, ...]:
    """The issues in an answer of Elyra, the worst first, each once."""
    found = dict.fromkeys(_issues(answer))
    order = list(IssueLevel)
    return tuple(sorted(found, key=lambda issue: order.index(issue.level)))


def _issues(answer: Json) -> Iterator[EngineIssue]:
    for issue in tables_of(answer, "issues"):
        data = table_of(issue, "data")
        value, names = data.get("value"), data.get("nodeNames")
        severity = str(issue.get("severity"))
        yield EngineIssue(
            level=_LEVELS.get(severity, IssueLevel.NOTE),
            message=text_of(issue, "message").rstrip("."),
            kind=text_of(issue, "type"),
            node=", ".join(map(str, names))
            if isinstance(names, list)
            else text_of(data, "nodeName"),
            field=text_of(data, "propertyName"),
            value="" if value in (None, "", [], {}) else str(value),
        )
