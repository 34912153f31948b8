"""The statements of a cut notebook, each in the step that runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_values import Definition, Kind
from .imports import UnreadableCodeError
from .notebook import CellKind
from .split import SplitCode, SplitWarning
from .statement_flow import KnownNames, read_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .cut import Cut
    from .flow_facts import Statement
    from .notebook import Notebook
    from .step_tags import CellRole


class Placed(Struct, eq=False):
    """A statement, its cell, and the step that runs it: that of the cell, or the next one.

    ``role`` is that of the cell; statements of cells that belong to no step may be repeated.
    """

    order: int
    step: int
    cell: int
    role: CellRole
    statement: Statement

    @property
    def name(self) -> str:
        """Where it is, for a person."""
        return f"cell {self.cell + 1}"


class Held(Struct, frozen=True):
    """A function that a variable holds: what it is called, and the variables that it uses.

    ``writes`` are those that it binds anew, ``changes`` those whose objects it changes.
    """

    name: str
    reads: frozenset[str]
    writes: frozenset[str]
    changes: frozenset[str]


class PlacedCells(Struct, frozen=True):
    """All statements in the order in which the steps run them, and the cells that have them.

    ``held`` are the functions that the variables of each cell hold when it ends.
    """

    statements: tuple[Placed, ...]
    cells: dict[int, tuple[Placed, ...]]
    step_of: dict[int, int]
    warnings: tuple[SplitWarning, ...]
    held: dict[int, dict[str, tuple[Held, ...]]]

    def reordered(self, order: Sequence[int]) -> PlacedCells:
        """The same for steps in another order: ``order`` has the old number of each."""
        if list(order) == sorted(order):
            return self
        new = {old: number for number, old in enumerate(order)}
        for placed in self.statements:
            placed.step = new[placed.step]
        statements = sorted(self.statements, key=lambda each: (each.step, each.order))
        for number, placed in enumerate(statements):
            placed.order = number
        step_of = {index: new[number] for index, number in self.step_of.items()}
        return PlacedCells(tuple(statements), self.cells, step_of, self.warnings, self.held)


def place_statements(notebook: Notebook, cut: Cut) -> PlacedCells:
    """The statements of the notebook's cells, in the order of the notebook."""
    step_of = _steps_of_cells(notebook, cut)
    roles = dict(cut.roles)
    known = KnownNames()
    placed: list[Placed] = []
    cells: dict[int, tuple[Placed, ...]] = {}
    held: dict[int, dict[str, tuple[Held, ...]]] = {}
    warnings = []
    for cell in notebook.code_cells:
        if cell.index not in step_of:
            continue
        try:
            statements = read_statements(cell.source, known)
            held[cell.index] = _held(statements, known)
        except UnreadableCodeError as error:
            warnings.append(
                SplitWarning(
                    SplitCode.UNREADABLE_CELL,
                    f"The cell is not Python ({error.message}): nobody knows what it needs.",
                    cell.index,
                    error.line,
                    True,
                )
            )
            continue
        step, role = step_of[cell.index], roles[cell.index]
        own = tuple(
            Placed(len(placed) + number, step, cell.index, role, statement)
            for number, statement in enumerate(statements)
        )
        placed += own
        cells[cell.index] = own
    return PlacedCells(tuple(placed), cells, step_of, tuple(warnings), held)


def _held(statements: Iterable[Statement], known: KnownNames) -> dict[str, tuple[Held, ...]]:
    """The functions that variables hold after the statements, by variable."""
    found: dict[str, tuple[Held, ...]] = {}
    for name in {name for statement in statements for name in statement.writes}:
        value = known.value(name)
        code = set(value.code)
        if value.kind is Kind.DEFINITION and isinstance(value.what, Definition):
            code.add(value.what)
        if code:
            found[name] = tuple(_held_one(definition, known) for definition in code)
    return found


def _held_one(definition: Definition, known: KnownNames) -> Held:
    effects = known.effects(definition)
    return Held(definition.name, effects.reads, effects.writes, effects.mutates)


def _steps_of_cells(notebook: Notebook, cut: Cut) -> dict[int, int]:
    """The step that runs each code cell; a cell of no step falls to that of the next one."""
    own = {index: number for number, step in enumerate(cut.steps) for index in step.cells}
    skipped = set(cut.left_out)
    found: dict[int, int] = {}
    following = len(cut.steps) - 1
    for cell in reversed(notebook.cells):
        if cell.kind is CellKind.CODE and cell.index not in skipped and following >= 0:
            following = own.get(cell.index, following)
            found[cell.index] = following
    return found
