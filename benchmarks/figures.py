"""What a benchmark found, in one shape for all: cases, each with figures of the tools in it."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path

FILE = "AIDEVSECOPS_BENCH_FINDINGS"
"""The variable that names the file for what a benchmark finds, as JSON."""


class Role(str, Enum):
    """Whose figure it is: ours, another tool's, or that of what does the bare work below ours."""

    OURS = "ours"
    PEER = "peer"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a tool took; without a value, ``note`` says why there is none."""

    tool: str
    role: Role
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that every tool in it did."""

    name: str
    unit: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """What was promised, and whether it was kept."""

    text: str
    is_met: bool


@dataclass(slots=True)
class Findings:
    """All that one benchmark found."""

    title: str
    cases: list[Case] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        name: str,
        taken: Mapping[str, Sequence[float] | float | str],
        roles: Mapping[str, Role],
        unit: str = "s",
    ) -> None:
        """Add a case by what each tool took: all its runs, the one figure, or why there is none."""
        figures = tuple(_figure(tool, roles[tool], each) for tool, each in taken.items())
        self.cases.append(Case(name, unit, figures))
        self._save()

    def promise(self, text: str, *, is_met: bool) -> bool:
        """Add a goal; true when it is met."""
        self.goals.append(Goal(text, is_met))
        self._save()
        return is_met

    @property
    def status(self) -> int:
        """The exit status: 1 when a goal is missed."""
        return 0 if all(goal.is_met for goal in self.goals) else 1

    def _save(self) -> None:
        """Write what there is by now: who takes too long is stopped."""
        path = os.environ.get(FILE)
        if path:
            Path(path).write_text(json.dumps(asdict(self)))


def read_findings(text: str) -> Findings:
    """The findings that a benchmark saved."""
    saved = json.loads(text)
    cases = [
        Case(
            each["name"],
            each["unit"],
            tuple(
                Figure(one["tool"], Role(one["role"]), one["value"], one["note"])
                for one in each["figures"]
            ),
        )
        for each in saved["cases"]
    ]
    goals = [Goal(each["text"], each["is_met"]) for each in saved["goals"]]
    return Findings(saved["title"], cases, goals, saved["versions"])


def _figure(tool: str, role: Role, taken: Sequence[float] | float | str) -> Figure:
    if isinstance(taken, str):
        return Figure(tool, role, None, taken)
    if isinstance(taken, float | int):
        return Figure(tool, role, taken)
    return Figure(tool, role, statistics.median(taken))
