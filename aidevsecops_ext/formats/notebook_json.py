"""Notebooks (nbformat 4) as JSON: read tolerantly, edited without touching what is not edited.

:func:`apply_edit` splices text. Reading a notebook and writing it again would change its
indentation, its escapes and its numbers; a diff should show only what was asked for.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..domain.notebook import Cell, CellKind, Notebook, NotebookEdit
from .cell_text import with_cells
from .json_reading import read_json_value
from .json_text import JsonObjectText, TextStyle, is_same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json

_BOM = "\ufeff"
_FORMAT = 4
_ALIASES = {"python3": "python", "ipython": "python", "ipython3": "python"}


def parse(text: str, path: str) -> Notebook:
    """The notebook that a file's text holds.

    Raises:
        UserError: it is not JSON or not a notebook; the message says where.
        RefusedError: a notebook format other than 4.
    """
    try:
        value: Json = read_json_value(text.removeprefix(_BOM))
    except json.JSONDecodeError as error:
        where = f"{error.lineno}:{error.colno}"
        raise _invalid(
            path, f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}", where
        ) from error
    except RecursionError as error:
        raise _invalid(path, "is nested too deeply to be a notebook") from error
    except ValueError as error:
        raise _invalid(path, f"holds what cannot be read ({error})") from error
    if not isinstance(value, dict):
        raise _invalid(path, "is JSON, but not a notebook: it is not an object")
    return parse_json(value, path)


def parse_json(value: Mapping[str, Json], path: str) -> Notebook:
    """The notebook in a JSON object, such as an editor sends it.

    Raises:
        UserError: it is not a notebook; the message says why.
        RefusedError: a notebook format other than 4.
    """
    _check_format(value, path)
    cells = value.get("cells")
    if not isinstance(cells, list):
        raise _invalid(path, "is JSON, but not a notebook: it has no list of cells")
    metadata = value.get("metadata", {})
    if not isinstance(metadata, dict):
        raise _invalid(path, "is not a valid notebook: its metadata are not an object")
    kernel = _object(metadata.get("kernelspec"))
    name = kernel.get("name")
    return Notebook(
        cells=tuple(_cell(index, cell, path) for index, cell in enumerate(cells)),
        metadata=metadata,
        language=_language(kernel, _object(metadata.get("language_info"))),
        kernel_name=name if isinstance(name, str) and name else None,
    )


def apply_edit(text: str, edit: NotebookEdit) -> str:
    """The notebook's text with the edit made; the same object when nothing changes.

    Only the edited members of the metadata and sources of cells differ; all other text survives.

    Raises:
        UserError: the text is not a notebook.
        ConflictError: a cell to edit has another source by now.
    """
    offset = len(_BOM) if text.startswith(_BOM) else 0
    try:
        spliced = with_cells(text, offset, edit)
        changed = _edited(JsonObjectText.read(spliced, offset), edit)
    except (ValueError, RecursionError) as error:
        raise _invalid("The text", f"is not JSON ({error})") from error
    return spliced if changed is None else changed


def _edited(root: JsonObjectText, edit: NotebookEdit) -> str | None:
    style = TextStyle.of(root)
    old = root.find("metadata")
    metadata = JsonObjectText.read("{}" if old is None else old.text, 0)
    is_changed = False
    for key, value in edit.metadata.items():
        member = metadata.find(key)
        if value is None:
            if member is None:
                continue
            metadata = metadata.without(key)
        elif member is None:
            metadata = metadata.with_inserted(key, value, style)
        elif is_same(member.value, value):
            continue
        else:
            metadata = metadata.with_replaced(member, value, style)
        is_changed = True
    if not is_changed:
        return None
    if old is None:
        return root.with_inserted_text("metadata", metadata.text, style)
    return root.with_span(old, metadata.text)


def _check_format(value: Mapping[str, Json], path: str) -> None:
    number = value.get("nbformat")
    if not isinstance(number, int) or isinstance(number, bool):
        raise _invalid(path, "is JSON, but not a notebook: it has no number 'nbformat'")
    if number != _FORMAT:
        hint = "Convert it with 'jupyter nbconvert --to notebook --nbformat 4'."
        if number > _FORMAT:
            hint = "It was made by a newer Jupyter; save it in format 4 there."
        raise RefusedError(
            ErrorCode.NOTEBOOK_UNSUPPORTED_FORMAT,
            f"{path} is a notebook of format {number}; only format {_FORMAT} is supported.",
            hint=hint,
            details={"notebook": path, "nbformat": number},
        )


def _language(kernel: Mapping[str, Json], info: Mapping[str, Json]) -> str | None:
    for said in (kernel.get("language"), info.get("name")):
        if isinstance(said, str) and said.strip():
            language = said.strip().lower()
            return _ALIASES.get(language, language)
    return None


def _cell(index: int, cell: Json, path: str) -> Cell:
    if not isinstance(cell, dict):
        _refuse_cell(path, index, "it is not an object")
    try:
        kind = CellKind(str(cell.get("cell_type")))
    except ValueError:
        _refuse_cell(path, index, f"'{cell.get('cell_type')}' is not a type of cell")
    identity = cell.get("id")
    tags = _object(cell.get("metadata")).get("tags")
    count = cell.get("execution_count")
    return Cell(
        index=index,
        kind=kind,
        source=_source(cell.get("source", ""), index, path),
        id=identity if isinstance(identity, str) else None,
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        execution_count=count if type(count) is int else None,
    )


def _source(source: Json, index: int, path: str) -> str:
    if isinstance(source, str):
        return source
    if not isinstance(source, list):
        _refuse_cell(path, index, "its source is neither a text nor a list of texts")
    lines = [line for line in source if isinstance(line, str)]
    if len(lines) != len(source):
        _refuse_cell(path, index, "its source holds something that is not a text")
    return "".join(lines)


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _refuse_cell(path: str, index: int, reason: str) -> NoReturn:
    raise UserError(
        ErrorCode.NOTEBOOK_INVALID,
        f"{path} is not a valid notebook: cell {index + 1}: {reason}.",
        hint="Open and save it in Jupyter, or restore it from version control.",
        details={"notebook": path, "cell": index},
    )


def _invalid(path: str, reason: str, where: str | None = None) -> UserError:
    details: dict[str, Json] = {"notebook": path}
    if where is not None:
        details["position"] = where
    return UserError(
        ErrorCode.NOTEBOOK_INVALID,
        f"{path} {reason}.",
        hint="Name a Jupyter notebook (.ipynb), or restore this one from version control.",
        details=details,
    )
