"""How the outputs of one cell compare, part by part: what is printed, shown and raised."""

from __future__ import annotations

import hashlib
import json
from itertools import zip_longest
from typing import TYPE_CHECKING

from msgspec import Struct

from .output_text import (
    first_difference,
    normalised,
    normalised_markup,
    without_durations,
    without_volatile,
    without_warnings,
)
from .pictures import picture_digest
from .verification import Likeness

if TYPE_CHECKING:
    from .json_value import Json

_STDERR = "standard error"
_WIDGET = "application/vnd.jupyter.widget-view+json"
_MARKUP = frozenset(
    {"text/html", "image/svg+xml", "application/javascript", "text/javascript", "text/latex"}
)
# Both say the same as another part of the same output, with names that are made up at random.
_IGNORED = frozenset({_WIDGET, "application/vnd.jupyter.widget-state+json"})


class OutputSide(Struct, frozen=True):
    """The outputs of a cell in one run, and the folders that only that run has.

    With ``is_timed`` what looks like a duration in them is one.
    """

    outputs: tuple[Json, ...]
    prefixes: tuple[str, ...] = ()
    is_timed: bool = False


class _Part(Struct, frozen=True):
    """A piece of the outputs; ``text`` is None where there is only a digest to compare."""

    label: str
    content: str
    text: str | None = None


def compare_outputs(
    before: OutputSide, after: OutputSide, control: OutputSide | None = None
) -> tuple[Likeness, str]:
    """How the outputs of a step's cell compare with those of the notebook's, and a sentence on it.

    ``control`` is a second run of the notebook: what is another there as well proves nothing.
    """
    old, new = _parts(before), _parts(after)
    again = None if control is None else _parts(control)
    if [part.label for part in old] != [part.label for part in new]:
        return _compare_shapes(old, new, again)
    remarks: list[str] = []
    outcome = Likeness.SAME
    for position, (one, other) in enumerate(zip(old, new, strict=True)):
        if one.content == other.content:
            continue
        second = again[position] if again and _labels(again) == _labels(old) else None
        is_varying = again is not None and second is None
        if before.is_timed and _is_same_but_durations(one, other):
            remarks.append(f"Only durations in {one.label} differ, and the cell reads a clock.")
            continue
        likeness, message = _compare_part(one, other, second, is_varying=is_varying)
        if likeness is Likeness.DIFFERENT:
            return likeness, message
        if likeness is Likeness.NOT_CHECKABLE:
            outcome = likeness
        remarks.append(message)
    return outcome, " ".join(remarks)


def _compare_part(
    one: _Part, other: _Part, second: _Part | None, *, is_varying: bool
) -> tuple[Likeness, str]:
    if one.label == _STDERR and _without_warnings(one) == _without_warnings(other):
        return Likeness.SAME, "Python shows each warning once a process: here they differ."
    if is_varying:
        return Likeness.NOT_CHECKABLE, "The notebook itself shows something else at each run."
    said = _said(one, other)
    if one.text is None or other.text is None:
        if second is None or second.content == one.content:
            return Likeness.DIFFERENT, said
        return Likeness.NOT_CHECKABLE, _varies(one)
    left, right = without_volatile(one.text), without_volatile(other.text)
    if second is None:
        if left == right:
            return (
                Likeness.NOT_CHECKABLE,
                f"Only what looks like times, sizes or identifiers differs in {one.label}; "
                "whether it does so by itself was not tried.",
            )
        return Likeness.DIFFERENT, said
    return _compare_with_control(one, other, second)


def _is_same_but_durations(one: _Part, other: _Part) -> bool:
    if one.text is None or other.text is None:
        return False
    return without_durations(one.text) == without_durations(other.text)


def _compare_with_control(one: _Part, other: _Part, second: _Part) -> tuple[Likeness, str]:
    """Only what the notebook itself repeats must be there in the step too."""
    before, after, again = (part.text or "" for part in (one, other, second))
    if before == again:
        return Likeness.DIFFERENT, _said(one, other)
    left, right, control = map(without_volatile, (before, after, again))
    if left == control:
        if left == right:
            return Likeness.SAME, f"Times, sizes or identifiers in {one.label} differ at each run."
        return Likeness.DIFFERENT, _said(one, other)
    for number, (a, b, c) in enumerate(
        zip_longest(left.splitlines(), right.splitlines(), control.splitlines()), start=1
    ):
        if a == c and a != b and len(left.splitlines()) == len(control.splitlines()):
            return (
                Likeness.DIFFERENT,
                f"In {one.label}, line {number}, which the notebook repeats at each run, differs.",
            )
    return Likeness.NOT_CHECKABLE, _varies(one)


def _compare_shapes(
    old: list[_Part], new: list[_Part], again: list[_Part] | None
) -> tuple[Likeness, str]:
    """The parts are not the same ones; only warnings may come and go."""
    if _labels(_unwarned(old)) == _labels(_unwarned(new)) and all(
        one.content == other.content
        for one, other in zip(_unwarned(old), _unwarned(new), strict=True)
    ):
        return Likeness.SAME, "Python shows each warning once a process: here they differ."
    if again is not None and _labels(again) != _labels(old):
        return Likeness.NOT_CHECKABLE, "The notebook itself shows something else at each run."
    missing = [label for label in _labels(old) if label not in _labels(new)]
    added = [label for label in _labels(new) if label not in _labels(old)]
    said = [f"{', '.join(missing)} is missing"] if missing else []
    said += [f"{', '.join(added)} came along"] if added else []
    counts = f"there were {len(old)} outputs and are {len(new)}"
    return Likeness.DIFFERENT, f"The outputs differ: {' and '.join(said) or counts}."


def _labels(parts: list[_Part]) -> list[str]:
    return [part.label for part in parts]


def _unwarned(parts: list[_Part]) -> list[_Part]:
    return [part for part in parts if part.label != _STDERR or _without_warnings(part).strip()]


def _without_warnings(part: _Part) -> str:
    return without_warnings(part.content)


def _said(one: _Part, other: _Part) -> str:
    if one.text is None or other.text is None:
        return f"{one.label[0].upper()}{one.label[1:]} differs."
    return f"In {one.label}, {first_difference(one.text, other.text)}."


def _varies(part: _Part) -> str:
    return f"{part.label[0].upper()}{part.label[1:]} is another at each run of the notebook itself."


def _parts(side: OutputSide) -> list[_Part]:
    """The outputs as they are compared: streams together, everything else in its order."""
    streams: dict[str, list[str]] = {}
    shown: list[_Part] = []
    for output in side.outputs:
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream":
            name = _STDERR if output.get("name") == "stderr" else "standard output"
            streams.setdefault(name, []).append(_text(output.get("text")))
        elif kind == "error":
            said = f"{output.get('ename')}: {normalised(_text(output.get('evalue')))}"
            shown.append(_Part("the error", said, said))
        else:
            shown += _bundle(output.get("data"), str(kind), side.prefixes)
    printed = []
    for name in sorted(streams):
        text = normalised("".join(streams[name]), side.prefixes)
        if text:
            printed.append(_Part(name, text, text))
    return printed + shown


def _bundle(data: Json, kind: str, prefixes: tuple[str, ...]) -> list[_Part]:
    result = "the result" if kind == "execute_result" else "what is shown"
    found = []
    for mime, value in sorted(data.items()) if isinstance(data, dict) else ():
        label = f"{result} ({mime})"
        if mime in _IGNORED:
            continue
        if mime in _MARKUP:
            text = normalised_markup(_text(value), prefixes)
            found.append(_Part(label, text, text))
        elif mime.startswith("text/"):
            text = normalised(_text(value), prefixes)
            found.append(_Part(label, text, text))
        elif mime.startswith("image/"):
            found.append(_Part(label, picture_digest(_text(value))))
        else:
            text = normalised_markup(json.dumps(value, sort_keys=True), prefixes)
            found.append(
                _Part(label, hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
            )
    return found


def _text(value: Json) -> str:
    """A text of nbformat, which may be a list of lines."""
    if isinstance(value, list):
        return "".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value)
