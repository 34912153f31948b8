"""Where a notebook is cut: the request, and the steps that come of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .step_tags import CellRole

if TYPE_CHECKING:
    from .split import Edge, SplitWarning


class CutBy(str, Enum):
    """What says where a notebook is cut."""

    AUTO = "auto"
    HEADING = "heading"
    TAG = "tag"
    HAND = "hand"


class ChosenStep(Struct, frozen=True):
    """A step as somebody chose it: what they call it, and its code cells."""

    name: str
    cells: tuple[int, ...]


class CutRequest(Struct, frozen=True):
    """How to cut: ``level`` is that of the headings, ``steps`` are those chosen by hand."""

    by: CutBy = CutBy.AUTO
    level: int | None = None
    steps: tuple[ChosenStep, ...] | None = None


class CutStep(Struct, frozen=True):
    """A step: its code and markdown cells, in the order of the notebook."""

    name: str
    title: str
    cells: tuple[int, ...]


class Cut(Struct, frozen=True):
    """The steps in the order of their first cells, and what became of the other code cells.

    ``roles`` has every code cell. ``edges`` are those that tags ask for. ``by`` is never ``auto``.
    """

    steps: tuple[CutStep, ...]
    roles: tuple[tuple[int, CellRole], ...]
    by: CutBy
    level: int | None = None
    edges: tuple[Edge, ...] = ()
    warnings: tuple[SplitWarning, ...] = ()

    @property
    def left_out(self) -> tuple[int, ...]:
        """The code cells that no step runs or repeats."""
        return self.cells_with(CellRole.SKIP)

    def cells_with(self, *roles: CellRole) -> tuple[int, ...]:
        """The code cells that have one of the roles."""
        return tuple(index for index, role in self.roles if role in roles)
