"""What runs left in a notebook: which cells have outputs, and which were not run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from .notebook_json import parse
from .step_text import read_step_notebook

if TYPE_CHECKING:
    from ..domain.json_value import Json


class RunTraces(Struct, frozen=True):
    """The code cells, by their places from 0, that have outputs, errors, or no sign of a run."""

    with_outputs: tuple[int, ...] = ()
    with_errors: tuple[int, ...] = ()
    not_run: tuple[int, ...] = ()
    is_step: bool = False
    is_unreadable: bool = False


def traces_of(text: str, path: str) -> RunTraces:
    """What runs left in the notebook; cells without code count where they have outputs.

    Raises:
        UserError: it is not a notebook.
        RefusedError: a notebook format other than 4.
    """
    notebook = parse(text, path)
    value = json.loads(text.removeprefix("\ufeff"))
    outputs = [_outputs(cell) for cell in value["cells"]]
    code = notebook.code_cells
    return RunTraces(
        with_outputs=tuple(cell.index for cell in code if outputs[cell.index]),
        with_errors=tuple(cell.index for cell in code if "error" in outputs[cell.index]),
        not_run=tuple(
            cell.index
            for cell in code
            if cell.source.strip() and cell.execution_count is None and not outputs[cell.index]
        ),
        is_step=read_step_notebook(text) is not None,
    )


def _outputs(cell: dict[str, Json]) -> list[str]:
    """The types of the cell's outputs."""
    outputs = cell.get("outputs")
    found = outputs if isinstance(outputs, list) else []
    return [str(one.get("output_type")) for one in found if isinstance(one, dict)]
