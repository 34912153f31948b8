"""What a verification found: how running the steps compares with running the notebook."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json
    from .notebook_run import RunEnd, RunFailure


class Likeness(str, Enum):
    """How one thing of a split compares with that of the notebook."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_CHECKABLE = "not-checkable"


class Comparison(Struct, frozen=True):
    """One cell, variable or file; ``message`` says how it differs, or why it cannot be compared.

    ``name`` is the first line of a cell, a variable or a path; ``cell`` counts the cells of the
    notebook from 0. ``before`` and ``after`` are what a report shows of both sides: the outputs of
    a cell, the short representation of a value, the hash of a file.
    """

    name: str
    outcome: Likeness
    message: str = ""
    step: str | None = None
    cell: int | None = None
    before: tuple[Json, ...] = ()
    after: tuple[Json, ...] = ()


class CellLeftOut(Struct, frozen=True):
    """A code cell of the notebook that no step runs as it is, and why it is not compared."""

    cell: int
    name: str
    reason: str


class RunReport(Struct, frozen=True):
    """One run: ``step`` is None for the notebook itself, ``where`` says in which environment."""

    step: str | None
    where: str
    end: RunEnd
    seconds: float
    failure: RunFailure | None = None


class Verification(Struct, frozen=True):
    """All that was found; ``summary`` is a sentence for a person, ``notes`` are further ones."""

    notebook: str
    verdict: Likeness
    summary: str
    runs: tuple[RunReport, ...]
    cells: tuple[Comparison, ...] = ()
    variables: tuple[Comparison, ...] = ()
    files: tuple[Comparison, ...] = ()
    left_out: tuple[CellLeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_verified(self) -> bool:
        """True when the steps were found to do the same."""
        return self.verdict is Likeness.SAME

    @property
    def compared(self) -> tuple[Comparison, ...]:
        """All that was compared."""
        return (*self.cells, *self.variables, *self.files)

    @property
    def has_compared(self) -> bool:
        """False when nothing could be compared, such as where the notebook itself fails."""
        return any(one.outcome is not Likeness.NOT_CHECKABLE for one in self.compared)

    @property
    def difference_count(self) -> int:
        """How many cells, variables and files differ."""
        return sum(one.outcome is Likeness.DIFFERENT for one in self.compared)


class OutputDiff(Struct, frozen=True):
    """Two outputs of nbformat side by side; None where one side has none for the other.

    ``lines`` has the texts that differ, ``text`` for what is printed, else by the kind of data:
    each line with a blank (on both sides), ``-`` (before) or ``+`` (after).
    """

    before: Json
    after: Json
    lines: Mapping[str, tuple[tuple[str, str], ...]] = {}
