"""Step notebooks as text: written with what they were made from, and read again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.json import encode as encode_json
from msgspec.json import format as format_json

from ..domain.notebook import NotebookEdit
from ..domain.step_record import (
    CellRole,
    RecordedCell,
    StepChange,
    StepRecord,
    StepState,
    compare_records,
)
from .json_reading import read_json_value
from .notebook_json import apply_edit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..domain.json_value import Json

OWN_KEY = "aidevsecops"
"""The key of our metadata, in a notebook and in a cell."""
_ADDED_BY_RUNS = "injected-parameters"


class StepMetadata(Struct, frozen=True):
    """What a step notebook says of where it comes from."""

    notebook: str
    step: str
    cells: tuple[int, ...]


def notebook_text(cells: Sequence[Json], source: Mapping[str, Json], metadata: StepMetadata) -> str:
    """The text of a step notebook, with the kernel and language of the notebook it is cut from."""
    recorded = [_recorded(cell) for cell in cells]
    split: dict[str, Json] = {
        "notebook": metadata.notebook,
        "step": metadata.step,
        "cells": [*metadata.cells],
        "digest": digest_of(recorded),
        "verified": None,
    }
    old = _object(source.get("metadata"))
    kept = {key: value for key, value in old.items() if key in ("kernelspec", "language_info")}
    notebook: dict[str, Json] = {
        "cells": [*cells],
        "metadata": {**kept, OWN_KEY: {"split": split}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    try:
        # Many times as fast as the standard library, which indents in Python.
        return format_json(encode_json(notebook, order="sorted"), indent=1).decode() + "\n"
    except UnicodeEncodeError:
        # Half a surrogate pair has no place in a UTF-8 file but as an escape.
        return json.dumps(notebook, indent=1, sort_keys=True) + "\n"


def read_step_notebook(text: str) -> StepRecord | None:
    """What a step notebook says of itself and holds; None when the text is no step notebook."""
    try:
        notebook = _object(read_json_value(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return None
    split = _object(_object(_object(notebook.get("metadata")).get(OWN_KEY)).get("split"))
    name, step, digest = split.get("notebook"), split.get("step"), split.get("digest")
    cells = notebook.get("cells")
    if not (isinstance(name, str) and isinstance(step, str) and isinstance(digest, str)):
        return None
    kept = [cell for cell in _list(cells) if not _is_of_a_run(cell)]
    recorded = tuple(_recorded(cell) for cell in kept)
    verified = split.get("verified")
    return StepRecord(
        notebook=name,
        step=step,
        digest=digest,
        found=digest_of(recorded),
        cells=recorded,
        split_cells=tuple(n for n in _list(split.get("cells")) if isinstance(n, int)),
        verified=verified if isinstance(verified, bool) else None,
    )


def with_verified(text: str, value: bool | None) -> str:
    """The step notebook marked as verified, as different, or (None) as not compared yet.

    Nothing else of the text changes.

    Raises:
        UserError: the text is not a notebook.
        ValueError: it is a notebook, but not of a step.
    """
    if read_step_notebook(text) is None:
        raise ValueError("not the notebook of a step")
    own = _object(_object(json.loads(text.removeprefix("\ufeff"))["metadata"])[OWN_KEY])
    split = {**_object(own["split"]), "verified": value}
    return apply_edit(text, NotebookEdit(metadata={OWN_KEY: {**own, "split": split}}))


def compare_step(existing: str | None, new: StepRecord) -> StepChange:
    """What writing ``new`` does to the text at its place, None for nothing there."""
    if existing is None:
        return StepChange(StepState.NEW)
    found = read_step_notebook(existing)
    if found is None:
        return StepChange(StepState.FOREIGN)
    return compare_records(found, new)


def digest_of(cells: Sequence[RecordedCell]) -> str:
    """The digest of roles and sources: cells with the same digest run the same code."""
    pairs = [[cell.role.value, cell.source] for cell in cells]
    return hashlib.sha256(json.dumps(pairs).encode()).hexdigest()


def _recorded(cell: Json) -> RecordedCell:
    found = _object(cell)
    own = _object(_object(found.get("metadata")).get(OWN_KEY))
    index = own.get("cell")
    return RecordedCell(
        _role(own.get("role")),
        "".join(line for line in _lines(found.get("source")) if isinstance(line, str)),
        index if isinstance(index, int) else None,
    )


def _role(value: Json) -> CellRole:
    try:
        return CellRole(str(value))
    except ValueError:
        return CellRole.ADDED


def _is_of_a_run(cell: Json) -> bool:
    """True for the cell that papermill adds when it is given values of parameters."""
    tags = _object(_object(cell).get("metadata")).get("tags")
    return _ADDED_BY_RUNS in _list(tags)


def _lines(source: Json) -> list[Json]:
    return source if isinstance(source, list) else [source]


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
