"""What differs between outputs, found by nbdime."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from ..domain.errors import ErrorCode, ToolMissingError
from ..domain.verification import OutputDiff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

_CONTEXT = 3
# The time that a comparison takes grows with the square of the lines.
_LONGEST = 500


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
    """The outputs in pairs; those that replace each other are pairs as well."""
    old, new = 0, 0
    gone: list[Json] = []
    come: list[Json] = []
    for op in [*sorted(found, key=lambda op: (op.key, op.op != "addrange")), None]:
        end = len(before) if op is None else op.key
        if old < end or op is None or op.op == "patch":
            yield from _replaced(gone, come)
            gone, come = [], []
        while old < end:
            yield _pair(before[old], after[new])
            old, new = old + 1, new + 1
        if op is None:
            return
        if op.op == "addrange":
            come += after[new : new + len(op.valuelist)]
            new += len(op.valuelist)
        elif op.op == "removerange":
            gone += before[old : old + op.length]
            old += op.length
        else:
            yield _pair(before[old], after[new])
            old, new = old + 1, new + 1


def _replaced(gone: list[Json], come: list[Json]) -> Iterator[OutputDiff]:
    yield from (_pair(one, other) for one, other in zip_longest(gone, come))


def _pair(before: Json, after: Json) -> OutputDiff:
    old, new = _texts(before), _texts(after)
    changed = [name for name in old if name in new and old[name] != new[name]]
    return OutputDiff(
        before, after, {name: tuple(_lines(old[name], new[name])) for name in changed}
    )


def _texts(output: Json) -> dict[str, str]:
    """What an output has to read: what it prints, else each kind of text that it shows."""
    joined = _joined(output)
    if not isinstance(joined, dict):
        return {}
    data = joined.get("data")
    shown = data if isinstance(data, dict) else {"text": joined.get("text")}
    return {
        name: value
        for name, value in shown.items()
        if isinstance(value, str) and not name.startswith("image/")
    }


def _lines(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The lines around what differs, in one order, with what nbdime found different marked."""
    import nbdime

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    head = _same_count(old, new)
    tail = _same_count(old[head:][::-1], new[head:][::-1])
    start, end = max(0, head - _CONTEXT), max(0, tail - _CONTEXT)
    if start:
        yield " ", f"… {start} lines before are the same\n"
    old, old_rest = _cut(old[start : len(old) - end])
    new, new_rest = _cut(new[start : len(new) - end])
    at = 0
    for op in sorted(nbdime.diff(old, new), key=lambda op: (op.key, op.op != "addrange")):
        yield from ((" ", line) for line in old[at : op.key])
        at = max(at, op.key)
        if op.op == "addrange":
            yield from (("+", line) for line in op.valuelist)
        else:
            yield from (("-", line) for line in old[at : at + op.length])
            at += op.length
    yield from ((" ", line) for line in old[at:])
    if old_rest or new_rest:
        yield "-", f"… {old_rest} lines more\n"
        yield "+", f"… {new_rest} lines more\n"
    elif end:
        yield " ", f"… {end} lines after are the same\n"


def _same_count(one: list[str], other: list[str]) -> int:
    """How many lines at the beginning are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(lines: list[str]) -> tuple[list[str], int]:
    return lines[:_LONGEST], max(0, len(lines) - _LONGEST)
