"""Notebooks in a line: each cell is a source, with tags after it where it has any."""

from __future__ import annotations

from msgspec.structs import replace

from aidevsecops_ext.domain.notebook import Cell, CellKind, CellTagsEdit, Notebook

CellText = str | tuple[str, ...]


def notebook_of(*cells: CellText) -> Notebook:
    """A notebook of these cells; a source that begins with ``#`` or ``md:`` is markdown."""
    return Notebook(tuple(_cell(index, cell) for index, cell in enumerate(cells)), {}, "python")


def with_tags(notebook: Notebook, edits: tuple[CellTagsEdit, ...]) -> Notebook:
    """The notebook with other tags."""
    cells = list(notebook.cells)
    for edit in edits:
        assert cells[edit.index].tags == edit.base
        cells[edit.index] = replace(cells[edit.index], tags=edit.tags)
    return replace(notebook, cells=tuple(cells))


def _cell(index: int, text: CellText) -> Cell:
    source, *tags = (text,) if isinstance(text, str) else text
    kind = CellKind.CODE
    if source.startswith(("# ", "## ", "### ", "md:")):
        kind = CellKind.MARKDOWN
    elif source.startswith("raw:"):
        kind = CellKind.RAW
    return Cell(index, kind, source.removeprefix("md:"), f"c{index}", tuple(tags))
