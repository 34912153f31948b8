"""Splits as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.notebook import CellKind
from ..domain.step_tags import CellRole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..domain.json_value import Json
    from ..domain.notebook import Cell, Notebook
    from ..domain.requirements import Requirement
    from ..domain.split import PlannedStep, SplitWarning
    from ..domain.split_preview import Split, SplitStep, StepFile

_FIRST_LINE = 120


def split_json(
    split: Split, notebook: Notebook, shown: Callable[[str], str] = str
) -> dict[str, Json]:
    """A split of the notebook, its paths as ``shown`` writes them."""
    return {
        "notebook": shown(split.path),
        "by": split.by.value,
        "level": split.level,
        "levels": [
            {"level": level, "count": count} for level, count in sorted(split.counts.items())
        ],
        "out": shown(split.out) if split.out else "",
        "digest": split.digest,
        "steps": [_step(step, shown) for step in split.steps],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "names": [*edge.names],
                "reasons": [*edge.reasons],
            }
            for edge in split.edges
        ],
        "cells": _cells(split, notebook),
        "warnings": warnings_json(split.warnings),
        "files": [_file(file, shown) for file in split.files],
        "removals": [shown(file.path) for file in split.removals],
        "edit": split_edit_json(split),
        "can_apply": split.can_apply,
        "verified": split.verified,
    }


def warnings_json(warnings: Iterable[SplitWarning]) -> list[Json]:
    """What a person should know before a split."""
    return [
        {
            "code": warning.code.value,
            "cell": warning.cell,
            "line": warning.line,
            "message": warning.message,
            "is_error": warning.is_error,
        }
        for warning in warnings
    ]


def split_edit_json(split: Split) -> dict[str, Json]:
    """The edit of the notebook that records how it was cut."""
    tags: list[Json] = [
        {"index": each.index, "id": each.id, "base": [*each.base], "tags": [*each.tags]}
        for each in split.tags
    ]
    return {"metadata": {**split.metadata}, **({"tags": tags} if tags else {})}


def _step(step: SplitStep, shown: Callable[[str], str]) -> Json:
    plan = step.plan
    repeated = {definition.name for definition in plan.definitions}
    return {
        "name": plan.name,
        "title": plan.title,
        "notebook": shown(step.file.path),
        "cells": [*plan.cells],
        "inputs": [*plan.inputs],
        "outputs": [*plan.outputs],
        "reads": [*plan.reads],
        "writes": [*plan.writes],
        "definitions": _texts({*plan.defines, *repeated}),
        "repeated": _texts(repeated),
        "upstream": [*plan.upstream],
        "requirements": _specifiers(step.needs.requirements),
        "optional": _specifiers(step.needs.optional),
        "files": {"reads": [*plan.files.reads], "writes": [*plan.files.writes]},
        "imports": [fragment.source for fragment in plan.imports],
        "settings": [fragment.source for fragment in plan.settings],
        "generators": _generators(plan),
        "local": [shown(path) for path in step.needs.local],
        "overlay": None if step.overlay is None else shown(step.overlay),
        "state": step.file.state.value,
    }


def _specifiers(requirements: Iterable[Requirement]) -> list[Json]:
    return [requirement.to_pep508() for requirement in requirements]


def _generators(plan: PlannedStep) -> list[Json]:
    taken = (generator for taking in plan.takes for generator in taking.generators)
    return _texts({generator.value for generator in (*plan.generators, *taken)})


def _texts(texts: Iterable[str]) -> list[Json]:
    return [*sorted(texts)]


def _cells(split: Split, notebook: Notebook) -> list[Json]:
    step_of = {index: step.plan.name for step in split.steps for index in step.plan.cells}
    return [
        {
            "index": cell.index,
            "kind": cell.kind.value,
            "step": step_of.get(cell.index),
            "role": _role(cell, split),
            "first_line": _first_line(cell.source),
        }
        for cell in notebook.cells
    ]


def _role(cell: Cell, split: Split) -> str:
    if cell.kind is CellKind.MARKDOWN:
        return CellKind.MARKDOWN.value
    return split.roles.get(cell.index, CellRole.SKIP.value)


def _first_line(source: str) -> str:
    line = next((line.strip() for line in source.splitlines() if line.strip()), "")
    return line[:_FIRST_LINE]


def _file(file: StepFile, shown: Callable[[str], str]) -> Json:
    return {
        "path": shown(file.path),
        "kind": "module" if file.step is None else "notebook",
        "step": file.step,
        "state": file.state.value,
        "diff": file.diff or None,
    }
