"""Values as YAML, as people write it: quotes only where they are needed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.json_value import Json

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
# What YAML 1.1 or 1.2 reads as something else than a text.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def scalar_text(value: str, quote: str | None = None) -> str:
    """A text as a plain value, or in quotes: those that are asked for, where they can hold it."""
    is_plain = _PLAIN.fullmatch(value) is not None and value.lower() not in _WORDS
    if quote == "'" and value.isprintable():
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return value if is_plain and quote != '"' else json.dumps(value)


def flow_text(value: Json) -> str:
    """A value within brackets."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar_text(k)}: {flow_text(v)}' for k, v in value.items())}}}"
    return scalar_text(str(value))


def entry_lines(entry: Mapping[str, Json], column: int, offset: int = 2) -> list[str]:
    """The lines of an entry of a list; its dash is in that column, its keys ``offset`` further."""
    lines = _lines(entry, column + offset, offset)
    return [f"{' ' * column}-{' ' * (offset - 1)}{lines[0].lstrip()}", *lines[1:]]


def _lines(table: Mapping[str, Json], column: int, offset: int) -> list[str]:
    lines: list[str] = []
    for key, value in table.items():
        head = f"{' ' * column}{scalar_text(key)}:"
        if isinstance(value, dict):
            lines += [head, *_lines(value, column + offset, offset)]
        else:
            lines.append(f"{head} {scalar_text(str(value))}")
    return lines
