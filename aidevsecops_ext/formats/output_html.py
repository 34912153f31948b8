"""Outputs of cells side by side as HTML, with all that a notebook made of them escaped."""

from __future__ import annotations

import base64
import json
import re
from html import escape
from itertools import zip_longest
from typing import TYPE_CHECKING

from ..domain.output_text import normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json
    from ..domain.verification import OutputDiff

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
_SVG = "image/svg+xml"
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}")
_LONGEST = 20_000
_HEAD = '<div class="head">In the notebook</div><div class="head">In the step</div>'


def diff_html(diffs: tuple[OutputDiff, ...]) -> str:
    """The outputs of two cells in two columns, what differs marked."""
    if not diffs:
        return ""
    rows = "".join(f"<div>{left}</div><div>{right}</div>" for left, right in map(_row, diffs))
    return f'<div class="sides">{_HEAD}{rows}</div>'


def _row(diff: OutputDiff) -> tuple[str, str]:
    left, right = _output(diff.before, [*diff.lines]), _output(diff.after, [*diff.lines])
    for lines in diff.lines.values():
        one, other = _columns(lines)
        left, right = left + one, right + other
    return left, right


def _columns(lines: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Marked lines as two texts; what went stands beside what came."""
    left: list[str] = []
    right: list[str] = []
    gone: list[str] = []
    come: list[str] = []

    def settle() -> None:
        for one, other in zip_longest(gone, come):
            left.append("\n" if one is None else f"<del>- {_line(one)}</del>")
            right.append("\n" if other is None else f"<ins>+ {_line(other)}</ins>")
        gone.clear()
        come.clear()

    for mark, line in lines:
        if mark == " ":
            settle()
            left.append(f"  {_line(line)}\n")
            right.append(f"  {_line(line)}\n")
        else:
            (gone if mark == "-" else come).append(line)
    settle()
    return f"<pre>{''.join(left)}</pre>", f"<pre>{''.join(right)}</pre>"


def _line(text: str) -> str:
    return escape(_cut(normalised(text.rstrip("\n"))))


def _output(output: Json, shown: list[str]) -> str:
    """One output; what ``shown`` names is shown elsewhere."""
    if not isinstance(output, dict):
        return ""
    if output.get("output_type") == "stream":
        return "" if "text" in shown else _pre(_text(output.get("text")))
    if output.get("output_type") == "error":
        return _pre(f"{output.get('ename')}: {_text(output.get('evalue'))}")
    data = output.get("data")
    found = {k: v for k, v in data.items() if k not in shown} if isinstance(data, dict) else {}
    return "".join(_bundle(found))


def _bundle(data: dict[str, Json]) -> Iterator[str]:
    for mime in _PICTURES:
        encoded = "".join(_text(data.get(mime)).split())
        if encoded and _BASE64.fullmatch(encoded):
            alt = escape(_text(data.get("text/plain")))
            yield f'<img alt="{alt}" src="data:{mime};base64,{encoded}">'
    if _SVG in data:
        encoded = base64.b64encode(_text(data[_SVG]).encode()).decode()
        # As a picture: scripts in it are not run, and nothing is fetched for it.
        yield f'<img alt="A drawing" src="data:{_SVG};base64,{encoded}">'
    if "text/plain" in data:
        yield _pre(_text(data["text/plain"]))
    for mime in sorted(set(data) - {*_PICTURES, _SVG, "text/plain"}):
        label = f"<summary>{escape(mime)}</summary>"
        yield f"<details>{label}{_pre(_text(data[mime]))}</details>"


def _pre(text: str) -> str:
    return f"<pre>{escape(_cut(normalised(text)))}</pre>"


def _cut(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}\n… {len(text) - _LONGEST} characters more"


def _text(value: Json) -> str:
    if isinstance(value, list):
        return "".join(map(str, value))
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)
