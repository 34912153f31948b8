"""Which cells of a notebook run code, and which of a step's run that of the notebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from .json_reading import read_json_value

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from ..domain.json_value import Json

_KEY = "aidevsecops"
_SOURCE = "source"


class CodeCell(Struct, frozen=True):
    """A code cell that is not blank: its position and its first line.

    In a step, ``origin`` is the cell of the notebook whose code it runs; None for what was
    generated.
    """

    position: int
    name: str
    origin: int | None = None
    source: str = ""


def code_cells(text: str) -> tuple[CodeCell, ...]:
    """The code cells of a notebook, or of a step notebook; none where the text is neither."""
    try:
        notebook: Json = read_json_value(text)
    except (ValueError, RecursionError):
        return ()
    return tuple(_code_cells(_cells(notebook)))


def without_cells(text: str, positions: Container[int]) -> str:
    """The text of a notebook with nothing in the cells at those positions."""
    notebook: Json = json.loads(text)
    for position, cell in enumerate(_cells(notebook)):
        if position in positions and isinstance(cell, dict):
            cell["source"] = ""
    return json.dumps(notebook)


def _cells(notebook: Json) -> list[Json]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    return cells if isinstance(cells, list) else []


def _code_cells(cells: list[Json]) -> Iterator[CodeCell]:
    for position, cell in enumerate(cells):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = _source(cell)
        lines = [line for line in source.splitlines() if line.strip()]
        if lines:
            own = _object(_object(cell.get("metadata")).get(_KEY))
            origin = own.get("cell") if own.get("role") == _SOURCE else None
            yield CodeCell(
                position=position,
                name=lines[0].strip()[:120],
                origin=origin if isinstance(origin, int) else None,
                source=source,
            )


def _source(cell: dict[str, Json]) -> str:
    source = cell.get("source")
    return "".join(map(str, source)) if isinstance(source, list) else str(source or "")


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
