"""Sources and tags of cells changed in a notebook's text; every byte beside them survives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..domain.errors import ConflictError, ErrorCode
from .json_text import JsonArrayText, JsonMember, JsonObjectText, TextStyle

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.notebook import CellEdit, CellTagsEdit, NotebookEdit

_CELL_LEVEL = 2
_METADATA_LEVEL = _CELL_LEVEL + 2


def with_cells(text: str, offset: int, edit: NotebookEdit) -> str:
    """The notebook's text with the cells edited; the same object when none is to be.

    Raises:
        ValueError: the text is not JSON, or has no list of cells.
        ConflictError: a cell is gone, or has another source or other tags than the edit was made
            for.
    """
    # From the last on, so that the places of those before stay true.
    for cell in sorted(edit.cells, key=lambda each: each.index, reverse=True):
        cells = _cells(text, offset)
        if cell.index >= len(cells.spans):
            raise _changed(cell)
        written = JsonObjectText.read(text, cells.spans[cell.index][0])
        source = written.find("source")
        if source is None or _joined(source.value) != cell.base:
            raise _changed(cell)
        if cell.source != cell.base:
            style = TextStyle.of(JsonObjectText.read(text, offset))
            text = written.with_span(source, _source_text(source, cell.source, style))
    if edit.tags:
        text = _with_tags(text, offset, edit.tags)
    if edit.first_cell is not None:
        text = _with_first(text, offset, edit.first_cell)
    return text


def _with_tags(text: str, offset: int, edits: tuple[CellTagsEdit, ...]) -> str:
    style = TextStyle.of(JsonObjectText.read(text, offset))
    # Read once: edited from the last on, those before stay where they are.
    spans = _cells(text, offset).spans
    for edit in sorted(edits, key=lambda each: each.index, reverse=True):
        if edit.index >= len(spans):
            raise _changed(edit)
        cell = JsonObjectText.read(text, spans[edit.index][0])
        member = cell.find("metadata")
        metadata = JsonObjectText.read("{}" if member is None else member.text, 0)
        tags = metadata.find("tags")
        before = tags.value if tags is not None and isinstance(tags.value, list) else []
        if [tag for tag in before if isinstance(tag, str)] != [*edit.base]:
            raise _changed(edit)
        if edit.tags == edit.base:
            continue
        if not edit.tags:
            metadata = metadata.without("tags")
        elif tags is None:
            metadata = metadata.with_inserted("tags", [*edit.tags], style, _METADATA_LEVEL)
        else:
            metadata = metadata.with_replaced(tags, [*edit.tags], style, _METADATA_LEVEL)
        if member is None:
            text = cell.with_inserted_text("metadata", metadata.text, style, _CELL_LEVEL + 1)
        else:
            text = cell.with_span(member, metadata.text)
    return text


def _cells(text: str, offset: int) -> JsonArrayText:
    cells = JsonObjectText.read(text, offset).find("cells")
    if cells is None:
        raise json.JSONDecodeError("Expecting cells", text, offset)
    return JsonArrayText.read(text, cells.start)


def _joined(source: Json) -> str | None:
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else None


def _source_text(old: JsonMember, source: str, style: TextStyle) -> str:
    """The new source written as the old one was: a text or a list, its lines where they were."""
    if isinstance(old.value, str):
        return style.dump(source, _CELL_LEVEL + 1, is_sorted=False)
    array = JsonArrayText.read(old.text, 0)
    as_written = {
        json.loads(old.text[start:end]): old.text[start:end] for start, end in array.spans
    }
    lines = [
        as_written.get(line) or style.dump(line, _CELL_LEVEL + 2, is_sorted=False)
        for line in source.splitlines(keepends=True)
    ]
    if not array.spans:
        return style.dump([*source.splitlines(keepends=True)], _CELL_LEVEL + 1, is_sorted=False)
    lead, tail = array.lead, array.tail
    return f"[{lead}{array.comma(lead).join(lines)}{tail}]" if lines else "[]"


def _with_first(text: str, offset: int, source: str) -> str:
    root = JsonObjectText.read(text, offset)
    cells, style = _cells(text, offset), TextStyle.of(root)
    minor = root.find("nbformat_minor")
    has_ids = minor is not None and isinstance(minor.value, int) and minor.value >= 5
    # Here and not above: it loads OpenSSL, and few notebooks get a new cell.
    import hashlib

    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cell: dict[str, Json] = {
        "cell_type": "code",
        "execution_count": None,
        **({"id": f"script-{digest}"} if has_ids else {}),
        "metadata": {"jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": [*source.splitlines(keepends=True)],
    }
    written = style.dump(cell, _CELL_LEVEL, is_sorted=False)
    at = cells.start + 1
    if not cells.spans:
        return text[:at] + style.lead(_CELL_LEVEL) + written + style.lead(1) + text[cells.end - 1 :]
    return text[:at] + cells.lead + written + cells.comma(cells.lead) + text[cells.spans[0][0] :]


def _changed(cell: CellEdit | CellTagsEdit) -> ConflictError:
    return ConflictError(
        ErrorCode.NOTEBOOK_CHANGED,
        f"Cell {cell.index + 1} was changed meanwhile; nothing was written.",
        hint="Run the same again on the notebook as it is now.",
        details={"cell": cell.index},
    )
