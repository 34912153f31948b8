"""What differs between outputs, found by nbdime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..domain.errors import ErrorCode, ToolMissingError
from ..domain.verification import OutputDiff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

_MarkedLines = tuple[tuple[str, str], ...]


class NbdimeDiffs:
    """The port ``OutputDiffs`` by nbdime, which is loaded when there is something to compare."""

    def compare(self, before: tuple[Json, ...], after: tuple[Json, ...]) -> tuple[OutputDiff, ...]:
        """The outputs side by side, in their order.

        Raises:
            ToolMissingError: nbdime is not installed.
        """
        try:
            import nbdime
        except ImportError as error:
            raise ToolMissingError(
                ErrorCode.VERIFY_NO_NBDIME,
                "A report in HTML needs nbdime, which is not installed.",
                hint='Install it: pip install "aidevsecops-ext[verify]". A report in JSON does '
                "not need it.",
            ) from error
        found = nbdime.diff_notebooks(_notebook(before), _notebook(after))
        return tuple(_outputs(before, after, _inner(found, "cells", 0, "outputs")))


def _notebook(outputs: tuple[Json, ...]) -> Any:
    import nbformat

    cell: dict[str, Json] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "cell",
        "metadata": {},
        "outputs": [_joined(output) for output in outputs],
        "source": "",
    }
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return nbformat.from_dict(notebook)


def _joined(output: Json) -> Json:
    """Texts as texts: what a kernel sends may be lists of lines in a file. Counts do not matter."""
    if not isinstance(output, dict):
        return output
    found = {key: _text(value) if key == "text" else value for key, value in output.items()}
    data = output.get("data")
    if isinstance(data, dict):
        found["data"] = {mime: _text(value) for mime, value in data.items()}
    if "execution_count" in found:
        found["execution_count"] = None
    return found


def _text(value: Json) -> Json:
    is_lines = isinstance(value, list) and all(isinstance(line, str) for line in value)
    return "".join(map(str, value)) if is_lines and isinstance(value, list) else value


def _inner(found: Any, *keys: str | int) -> list[Any]:
    """The differences at a place within those of a notebook."""
    for key in keys:
        found = next((op.diff for op in found if op.op == "patch" and op.key == key), [])
    return list(found)


def _outputs(
    before: tuple[Json, ...], after: tuple[Json, ...], found: list[Any]
) -> Iterator[OutputDiff]:
    old, new = 0, 0
    for op in sorted(found, key=lambda op: (op.key, op.op != "addrange")):
        while old < op.key:
            yield OutputDiff(before[old], after[new])
            old, new = old + 1, new + 1
        if op.op == "addrange":
            for _ in op.valuelist:
                yield OutputDiff(None, after[new])
                new += 1
        elif op.op == "removerange":
            for _ in range(op.length):
                yield OutputDiff(before[old], None)
                old += 1
        else:
            yield OutputDiff(before[old], after[new], _changed_texts(before[old], op.diff))
            old, new = old + 1, new + 1
    for one, other in zip(before[old:], after[new:], strict=False):
        yield OutputDiff(one, other)


def _changed_texts(output: Json, found: Any) -> dict[str, _MarkedLines]:
    joined = _joined(output)
    lines: dict[str, _MarkedLines] = {}
    for op in found:
        if op.op == "patch" and op.key == "text" and isinstance(joined, dict):
            lines["text"] = tuple(_lines(str(joined["text"]), op.diff))
        elif op.op == "patch" and op.key == "data" and isinstance(joined, dict):
            data = joined["data"]
            for change in op.diff:
                old = data.get(change.key) if isinstance(data, dict) else None
                if change.op == "patch" and isinstance(old, str):
                    lines[change.key] = tuple(_lines(old, change.diff))
    return lines


def _lines(text: str, found: Any) -> Iterator[tuple[str, str]]:
    """The lines of a text with the changes that nbdime found in it."""
    lines, at = text.splitlines(keepends=True), 0
    for op in sorted(found, key=lambda op: (op.key, op.op != "addrange")):
        yield from ((" ", line) for line in lines[at : op.key])
        at = max(at, op.key)
        if op.op == "addrange":
            yield from (("+", line) for line in op.valuelist)
        elif op.op == "removerange":
            yield from (("-", line) for line in lines[at : at + op.length])
            at += op.length
        else:
            yield "-", lines[at]
            yield "+", _changed_line(lines[at], op.diff)
            at += 1
    yield from ((" ", line) for line in lines[at:])


def _changed_line(line: str, found: Any) -> str:
    """A line with the changes of its characters."""
    pieces, at = [], 0
    for op in sorted(found, key=lambda op: (op.key, op.op != "addrange")):
        pieces.append(line[at : op.key])
        at = op.key
        if op.op == "addrange":
            pieces.append(op.valuelist)
        else:
            at += op.length
    return "".join((*pieces, line[at:]))
