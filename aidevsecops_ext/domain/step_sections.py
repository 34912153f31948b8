"""The sections of a notebook, as its headings make them, and which of them become steps.

A section that only imports makes no step: its imports go to the steps that use them.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .headings import find_headings
from .imports import UnreadableCodeError, parse_python
from .late_patterns import late_pattern
from .notebook import CellKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from .headings import Heading
    from .notebook import Notebook

LEVELS = (2, 1, 3, 4, 5, 6)
FEWEST, MOST = 2, 12
"""How many steps are a sensible number."""

_CODE = late_pattern(r"^[ \t]*[^\s#]", re.MULTILINE)
_IMPORT = late_pattern(r"(?:import|from)\s")


class Section(Struct):
    """A section and its cells; the first may have no title."""

    title: str | None
    level: int
    cells: list[int] = field(default_factory=list)
    has_code: bool = False


class Outline(Struct, frozen=True):
    """The headings of a notebook's markdown cells, and which code cells have code."""

    notebook: Notebook
    headings: dict[int, tuple[Heading, ...]]
    with_code: frozenset[int]

    @property
    def first_title(self) -> str | None:
        """The text of the first heading, if there is one."""
        return next((each.title for found in self.headings.values() for each in found), None)

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of headings that occur."""
        return tuple(sorted({each.level for found in self.headings.values() for each in found}))

    def sections(self, level: int) -> list[Section]:
        """The sections that begin at headings of that level and above.

        A title above all others begins none: what follows it belongs to what comes next.
        """
        title = self._title(level)
        sections = [Section(None, 0)]
        for cell in self.notebook.cells:
            if cell.kind is CellKind.RAW:
                continue
            begins = [
                heading
                for heading in self.headings.get(cell.index, ())
                if heading.level <= level and heading is not title
            ]
            if begins:
                sections.append(Section(begins[-1].title, begins[-1].level))
            sections[-1].cells.append(cell.index)
            sections[-1].has_code |= cell.index in self.with_code
        return sections

    def count(self, level: int) -> int:
        """How many steps a cut at that level gives."""
        sections = self.sections(level)
        named = sum(section.has_code for section in sections if section.title is not None)
        return named or any(section.has_code for section in sections)

    def best_level(self) -> int | None:
        """The level that gives a sensible number of steps, else the nearest to one."""
        levels = [level for level in LEVELS if level in self.levels]
        counts = {level: self.count(level) for level in levels}
        for level in levels:
            if FEWEST <= counts[level] <= MOST:
                return level
        many = [level for level in levels if counts[level] > MOST]
        return min(many, key=counts.__getitem__) if many else next(iter(levels), None)

    def _title(self, level: int) -> Heading | None:
        """The title of the notebook: the first heading, if it alone is of its level."""
        every = [heading for found in self.headings.values() for heading in found]
        if not every or every[0].level >= level:
            return None
        is_alone = sum(heading.level == every[0].level for heading in every) == 1
        return every[0] if is_alone else None


def read_outline(notebook: Notebook, left_out: Collection[int] = ()) -> Outline:
    """The headings of the notebook; code cells that are left out have no code."""
    headings = {
        cell.index: found
        for cell in notebook.cells
        if cell.kind is CellKind.MARKDOWN and (found := find_headings(cell.source))
    }
    with_code = frozenset(
        cell.index
        for cell in notebook.code_cells
        if cell.index not in left_out and _has_code(cell.source)
    )
    return Outline(notebook, headings, with_code)


def _has_code(source: str) -> bool:
    """True for code that does more than import."""
    first = _CODE.search(source)
    if first is None or not _IMPORT.match(source, first.start()):
        return first is not None
    try:
        body = parse_python(source).body
    except UnreadableCodeError:
        return True
    return not all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in body)
