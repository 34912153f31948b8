"""The cells of a step notebook, from those of the notebook that it was cut from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.dataflow import analyze
from ..domain.imports import UnreadableCodeError
from ..domain.late_patterns import late_pattern
from ..domain.step_record import CellRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.json_value import Json
    from ..domain.split import Fragment, PlannedStep

PARAMETERS_TAG = "parameters"
"""The tag of the cell after which papermill puts the values that it is given."""
_ID = late_pattern(r"[A-Za-z0-9_-]{1,64}")
# What a run or an earlier split left in a cell, which a new notebook has not had yet.
_OF_RUNS = frozenset({"ExecuteTime", "execution", "papermill", "aidevsecops"})


class SourceCells(Struct, frozen=True):
    """The cells of the notebook that is split, as they are in its file."""

    cells: Sequence[Json]

    @classmethod
    def of(cls, notebook: Mapping[str, Json]) -> SourceCells:
        """The cells of a notebook; what is not a cell counts, but holds nothing."""
        cells = notebook.get("cells")
        # Not looked at one by one: each step has a few of them, and a notebook many steps.
        return cls(cells if isinstance(cells, list) else [])

    def is_markdown(self, index: int) -> bool:
        """True when there is such a cell and it is text for people."""
        return self._cell(index).get("cell_type") == "markdown"

    def source(self, index: int) -> str:
        """The text of a cell."""
        source = self._cell(index).get("source", "")
        lines = source if isinstance(source, list) else [source]
        return "".join(line for line in lines if isinstance(line, str))

    def kept(self, index: int) -> dict[str, Json]:
        """The metadata that a copy of the cell keeps, its tags among them."""
        metadata = self._member(index, "metadata")
        return {key: value for key, value in metadata.items() if key not in _OF_RUNS}

    def attachments(self, index: int) -> dict[str, Json]:
        """The pictures that were pasted into a cell."""
        return self._member(index, "attachments")

    def id_of(self, index: int) -> str:
        """The cell's own id, or one made from its place where it has none that is valid."""
        found = self._cell(index).get("id")
        return found if isinstance(found, str) and _ID.fullmatch(found) else f"cell-{index}"

    def _member(self, index: int, key: str) -> dict[str, Json]:
        value = self._cell(index).get(key)
        return value if isinstance(value, dict) else {}

    def _cell(self, index: int) -> Mapping[str, Json]:
        cell = self.cells[index] if index < len(self.cells) else None
        return cell if isinstance(cell, dict) else {}


class StepCells(Struct):
    """Cells in the order in which they are added, each with an id of its own."""

    origin: SourceCells
    built: list[Json] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def add_markdown(self, role: CellRole, source: str, cell: int | None = None) -> None:
        """Add a text, with the pictures of the cell that it comes from."""
        made: dict[str, Json] = {"cell_type": "markdown"}
        if cell is not None and (attachments := self.origin.attachments(cell)):
            made["attachments"] = attachments
        self._add(made, role, source, cell)

    def add_code(
        self, role: CellRole, source: str, cell: int | None = None, *, is_hidden: bool = False
    ) -> None:
        """Add generated code; a hidden one is folded in JupyterLab."""
        hidden: dict[str, Json] = {"jupyter": {"source_hidden": True}} if is_hidden else {}
        self._add({**_CODE, "metadata": hidden}, role, source, cell)

    def add_parameters(self, source: str, cell: int) -> None:
        """Add the cell of parameters, with the tag by which papermill knows it."""
        made: dict[str, Json] = {**_CODE, "metadata": {"tags": [PARAMETERS_TAG]}}
        self._add(made, CellRole.PARAMETERS, source, cell)

    def add_source(self, source: str, cell: int) -> None:
        """Add code of the notebook that is split, with the metadata of its cell."""
        self._add(dict(_CODE), CellRole.SOURCE, source, cell)

    def _add(self, made: dict[str, Json], role: CellRole, source: str, cell: int | None) -> None:
        own: dict[str, Json] = {"role": role.value}
        if cell is not None:
            own["cell"] = cell
        metadata = made.get("metadata")
        kept = metadata if isinstance(metadata, dict) else {}
        if role is CellRole.SOURCE and cell is not None:
            kept = self.origin.kept(cell)
        is_copy = role is CellRole.SOURCE and cell is not None
        wanted = self.origin.id_of(cell) if is_copy and cell is not None else role.value
        made["id"] = self._new_id(wanted)
        made["metadata"] = {**kept, "aidevsecops": own}
        made["source"] = [*source.splitlines(keepends=True)]
        self.built.append(made)

    def _new_id(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._ids:
            number += 1
            name = f"{wanted[:58]}-{number}"
        self._ids.add(name)
        return name


_CODE: Mapping[str, Json] = {"cell_type": "code", "execution_count": None, "outputs": []}

HeadCell = tuple[CellRole, str, int | None]
"""The role of a cell, its code, and the cell that all of it comes from, if it is one."""


class Head(Struct, frozen=True):
    """What comes before the definitions, and what has to wait for what is read."""

    early: tuple[HeadCell, ...]
    late: tuple[HeadCell, ...]


def head_cells(step: PlannedStep) -> Head:
    """Imports and settings, in the order of the notebook: each may matter to the next.

    A setting that reads what is not imported comes after the cell that reads artifacts, and with
    it all settings that follow.
    """
    imports = [(each, CellRole.IMPORTS) for each in step.imports]
    settings = [(each, CellRole.SETTINGS) for each in step.settings]
    ordered = sorted(imports + settings, key=lambda pair: (pair[0].cell, pair[0].line))
    waits_for = _names_of_the_step(step)
    early: list[tuple[Fragment, CellRole]] = []
    late: list[tuple[Fragment, CellRole]] = []
    for fragment, role in ordered:
        is_setting = role is CellRole.SETTINGS
        has_to_wait = is_setting and (late or _reads(fragment.source) & waits_for)
        (late if has_to_wait else early).append((fragment, role))
    return Head(tuple(_runs(early)), tuple(_runs(late)))


def _names_of_the_step(step: PlannedStep) -> set[str]:
    """The names that are bound after the imports and settings."""
    bound = {*step.inputs, *(each.name for each in step.definitions)}
    for cell in step.parameters:
        bound |= _writes(cell.source)
    return bound


def _runs(fragments: list[tuple[Fragment, CellRole]]) -> list[HeadCell]:
    """Neighbours of one role as one cell."""
    runs: list[tuple[CellRole, list[Fragment]]] = []
    for fragment, role in fragments:
        if runs and runs[-1][0] is role and not _is_cell_magic(fragment):
            runs[-1][1].append(fragment)
        else:
            runs.append((role, [fragment]))
    return [
        (
            role,
            "\n".join(each.source for each in run),
            run[0].cell if len({each.cell for each in run}) == 1 else None,
        )
        for role, run in runs
    ]


def _is_cell_magic(fragment: Fragment) -> bool:
    return fragment.source.startswith("%%")


def _reads(source: str) -> frozenset[str]:
    try:
        return analyze(source).reads
    except UnreadableCodeError:
        return frozenset()


def _writes(source: str) -> frozenset[str]:
    try:
        return analyze(source).writes
    except UnreadableCodeError:
        return frozenset()
