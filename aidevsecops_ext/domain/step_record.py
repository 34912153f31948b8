"""A step notebook as it was found, and what splitting again would do to it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class CellRole(str, Enum):
    """What a cell of a step notebook is there for; in its metadata, never renamed.

    Cells that somebody added have none of these; theirs is ``added``.
    """

    HEADER = "header"
    PLACE = "place"
    IMPORTS = "imports"
    SETTINGS = "settings"
    DEFINITIONS = "definitions"
    READ = "read"
    PARAMETERS = "parameters"
    SOURCE = "source"
    WRITE = "write"
    ADDED = "added"


class RecordedCell(Struct, frozen=True):
    """A cell of a step notebook; ``cell`` is its index in the notebook that was split."""

    role: CellRole
    source: str
    cell: int | None = None


class StepRecord(Struct, frozen=True):
    """What a step notebook says of itself, and what it holds.

    ``digest`` is of its cells as they were generated, ``found`` of them as they are now.
    ``split_cells`` are the cells of the source notebook that the step was cut from; ``verified``
    is None until somebody has compared the steps with the notebook.
    """

    notebook: str
    step: str
    digest: str
    found: str
    cells: tuple[RecordedCell, ...]
    split_cells: tuple[int, ...] = ()
    verified: bool | None = None

    @property
    def is_edited(self) -> bool:
        """True when its cells are not those that were generated."""
        return self.digest != self.found


class StepState(str, Enum):
    """What is at the place of a step notebook before it is written."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    EDITED = "edited"
    FOREIGN = "foreign"


class CellChange(Struct, frozen=True):
    """One difference: ``before`` is None for a new cell, ``after`` for one that goes."""

    role: CellRole
    cell: int | None
    before: str | None
    after: str | None


class StepChange(Struct, frozen=True):
    """What writing a step notebook would do; ``changes`` are from what is there to what comes."""

    state: StepState
    changes: tuple[CellChange, ...] = ()

    @property
    def is_safe(self) -> bool:
        """True when writing it loses nothing that somebody wrote."""
        return self.state not in (StepState.EDITED, StepState.FOREIGN)


def compare_records(old: StepRecord, new: StepRecord) -> StepChange:
    """What becomes of ``old`` when ``new`` is written over it.

    A notebook that was edited until it holds what would be written is unchanged.
    """
    changes = tuple(_changes(old.cells, new.cells))
    if not changes and (old.notebook, old.step) == (new.notebook, new.step):
        return StepChange(StepState.UNCHANGED)
    return StepChange(StepState.EDITED if old.is_edited else StepState.CHANGED, changes)


def _changes(old: tuple[RecordedCell, ...], new: tuple[RecordedCell, ...]) -> list[CellChange]:
    before = [(cell.role, cell.source) for cell in old]
    after = [(cell.role, cell.source) for cell in new]
    if before == after:
        return []
    # Slow to import, and most notebooks that are split again are as they were.
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, before, after, autojunk=False)
    changes = []
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind != "equal":
            changes += _paired(old[i:i_end], new[j:j_end])
    return changes


def _paired(gone: tuple[RecordedCell, ...], come: tuple[RecordedCell, ...]) -> list[CellChange]:
    """Cells of one role that replace each other are one change."""
    changes = []
    left = list(come)
    for cell in gone:
        match = next((each for each in left if each.role is cell.role), None)
        if match is None:
            changes.append(CellChange(cell.role, cell.cell, cell.source, None))
            continue
        place = left.index(match)
        changes += _added(left[:place])
        changes.append(CellChange(match.role, match.cell, cell.source, match.source))
        left = left[place + 1 :]
    return changes + _added(left)


def _added(cells: list[RecordedCell]) -> list[CellChange]:
    return [CellChange(cell.role, cell.cell, None, cell.source) for cell in cells]
