"""The tags that record where a notebook was cut, so that the next cut by tags is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .notebook import CellKind, CellTagsEdit
from .step_tags import (
    ROLE_OF_TAG,
    CellRole,
    is_previous_tag,
    is_step_tag,
    read_tags,
    step_of_tag,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .cut import CutStep
    from .notebook import Cell, Notebook

_TAKEN_OUT = {tag for tag, role in ROLE_OF_TAG.items() if role is not CellRole.PARAMETERS}


def tag_edits(notebook: Notebook, steps: Sequence[CutStep]) -> tuple[CellTagsEdit, ...]:
    """The edits of tags after which a cut by tags gives these steps; foreign tags are left alone.

    The first cell of each step is tagged, and each that would fall to another step without.
    """
    step_of: dict[int, str] = {}
    starts: dict[int, str] = {}
    for step in steps:
        for index in sorted(step.cells):
            cell = notebook.cells[index]
            if cell.kind is CellKind.CODE and read_tags(cell.tags).role is not CellRole.PARAMETERS:
                if step.name not in starts.values():
                    starts[index] = step.name
                step_of[index] = step.name
    current: str | None = None
    edits = []
    for cell in notebook.code_cells:
        role = read_tags(cell.tags).role
        name = step_of.get(cell.index)
        if name is None:
            tags = (*_without_steps(cell), *(() if role else ("skip",)))
            current = current if role in (None, CellRole.SKIP) else None
        else:
            begins = next(index for index, other in starts.items() if other == name)
            earlier = {other for index, other in starts.items() if index < begins}
            is_needed = cell.index in starts or current != name
            tags = _for_step(cell, name, is_needed, earlier)
            current = name
        if tags != cell.tags:
            edits.append(CellTagsEdit(cell.index, cell.id, cell.tags, tags))
    return tuple(edits)


def _without_steps(cell: Cell) -> tuple[str, ...]:
    return tuple(tag for tag in cell.tags if not (is_step_tag(tag) or is_previous_tag(tag)))


def _for_step(cell: Cell, name: str, is_needed: bool, earlier: Collection[str]) -> tuple[str, ...]:
    """The tags of a cell of a step: its step where that is needed, and all that says else."""
    kept: list[str] = []
    has_step = False
    for tag in cell.tags:
        if is_step_tag(tag):
            if step_of_tag(tag) == name and not has_step:
                has_step = True
                kept.append(tag)
        elif is_previous_tag(tag):
            if is_needed and step_of_tag(tag) in earlier:
                kept.append(tag)
        elif tag not in _TAKEN_OUT:
            kept.append(tag)
    if is_needed and not has_step:
        kept.insert(0, f"step:{name}")
    return tuple(kept)
