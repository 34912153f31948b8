"""TOML files as JSON values."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, UserError

if TYPE_CHECKING:
    from ..domain.json_value import Json

_DEEPEST = 100
_TOO_DEEP = f"more than {_DEEPEST} levels deep"
_LONGEST = 4_000_000
_QUOTES = " \t\"'["
# Python refuses to write longer ones in decimals, and to read them.
_MOST_BITS = 14_000


def parse_toml(text: str) -> dict[str, Json]:
    """The table that the text holds.

    Raises:
        ValueError: it is not TOML.
    """
    _require_short_names(text)
    # Imported here because few notebooks need it.
    parser = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    try:
        table: dict[str, Json] = parser.loads(text)
    except RecursionError as error:
        raise ValueError(_TOO_DEEP) from error
    require_shallow(table)
    return table


def read_toml(text: str, name: str) -> dict[str, Json]:
    """The table that a file holds.

    Raises:
        UserError: it is not TOML.
    """
    try:
        return parse_toml(text)
    except ValueError as error:
        raise invalid_file(name, f"it is not TOML ({error})") from error


def read_json(text: str, name: str) -> dict[str, Json]:
    """The object that a file holds.

    Raises:
        UserError: it is not JSON, or not an object.
    """
    try:
        value: Json = json.loads(text)
        require_shallow(value)
    except (ValueError, RecursionError) as error:
        raise invalid_file(name, f"it is not JSON ({error})") from error
    if not isinstance(value, dict):
        raise invalid_file(name, "it is not an object")
    return value


def _require_short_names(text: str) -> None:
    """Refuse what costs the square of its length to read: ``a.b.c``, with a name at each level."""
    if len(text) > _LONGEST:
        raise ValueError(f"it is longer than {_LONGEST:,} characters")
    for line in text.split("\n") if text.count(".") > _DEEPEST else ():
        if line.count(".") > _DEEPEST:
            names = 0
            for part in line.split("."):
                is_name = part.strip(_QUOTES).replace("-", "").replace("_", "").isalnum()
                names = names + 1 if is_name else 0
                if names > _DEEPEST:
                    raise ValueError(_TOO_DEEP)


def is_shallow_json(text: str) -> bool:
    """True for JSON that is not nested deeply."""
    try:
        require_shallow(json.loads(text))
    except (ValueError, RecursionError):
        return False
    return True


def require_shallow(value: Json) -> None:
    """Refuse what nobody nests so deeply: whoever reads on does it by recursion.

    Raises:
        ValueError: it is, or a number in it is too long.
    """
    level: list[Json] = [value]
    for _ in range(_DEEPEST):
        if any(type(each) is int and each.bit_length() > _MOST_BITS for each in level):
            raise ValueError("a number of thousands of digits")
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return
    raise ValueError(_TOO_DEEP)


def quoted(text: str) -> str:
    """The text as a TOML string."""
    # A JSON string is a TOML string, but for the one control character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def text_of(table: Json, key: str) -> str:
    """The text of that key; empty when there is none."""
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, str) else ""


def table_of(table: Json, *keys: str) -> dict[str, Json]:
    """The table below those keys; empty when there is none."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def tables_of(table: Json, key: str) -> list[dict[str, Json]]:
    """The tables in the list of that key; empty when there is none."""
    value = table.get(key) if isinstance(table, dict) else None
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def invalid_file(name: str, reason: str) -> UserError:
    """The error for a file that cannot be read."""
    return UserError(
        ErrorCode.FORMAT_INVALID,
        f"{name} cannot be read: {reason}.",
        hint="Correct the file, or name another one.",
        details={"file": name},
    )
