"""A diagnosis as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.diagnosis import FindingState

if TYPE_CHECKING:
    from ..domain.diagnosis import Diagnosis, Finding
    from ..domain.json_value import Json


def diagnosis_json(diagnosis: Diagnosis) -> dict[str, Json]:
    """All findings, and how many there are of each state."""
    return {
        "healthy": not diagnosis.has_problem,
        "counts": {state.value: diagnosis.count(state) for state in FindingState},
        "findings": [_finding_json(finding) for finding in diagnosis.findings],
    }


def _finding_json(finding: Finding) -> dict[str, Json]:
    fix = finding.fix
    return {
        "name": finding.name,
        "group": finding.group.value,
        "state": finding.state.value,
        "message": finding.message,
        "fix": None
        if fix is None
        else {
            "words": fix.words,
            "command": fix.command or None,
            "action": None if fix.action is None else fix.action.value,
        },
    }
