"""``Pipfile`` (TOML) and ``Pipfile.lock`` (JSON) as files: the same objects as in a notebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from ..toml_text import invalid_file, quoted, read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tomlkit.items import AbstractTable

    from ...domain.json_value import Json

_ORDER = ("source", "packages", "dev-packages", "requires")


def pipfile_text(pipfile: Mapping[str, Json]) -> str:
    """The Pipfile as a file that reads back as the same object, but for nulls."""
    keys = [key for key in _ORDER if key in pipfile]
    keys += [key for key in pipfile if key not in _ORDER]
    # Plain values must come before the first table.
    plain = [key for key in keys if not _is_section(pipfile[key]) and pipfile[key] is not None]
    parts = [f"{_key(key)} = {_value(pipfile[key])}\n" for key in plain]
    parts += [_section(key, pipfile[key]) for key in keys if _is_section(pipfile[key])]
    return "\n".join(parts)


def read_pipfile(text: str, name: str = "Pipfile") -> dict[str, Json]:
    """The object that a Pipfile holds.

    Raises:
        UserError: it is not TOML, or holds what JSON cannot: a date.
    """
    pipfile = read_toml(text, name)
    try:
        json.dumps(pipfile)
    except TypeError as error:
        raise invalid_file(name, f"it holds what a lock cannot ({error})") from error
    return pipfile


def with_python(text: str, version: str) -> str:
    """A Pipfile that asks for another Python than before; all else stays as it is written."""
    # Slow to import, and seldom needed.
    import tomlkit

    document = tomlkit.parse(text)
    requires = cast("AbstractTable", document["requires"])
    requires["python_version"] = version
    # pipenv would follow the full version before the short one.
    requires.pop("python_full_version", None)
    return tomlkit.dumps(document)


def lockfile_text(lockfile: Mapping[str, Json]) -> str:
    """The Pipfile.lock as pipenv writes it."""
    text = json.dumps(lockfile, indent=4, separators=(",", ": "), sort_keys=True)
    return f"{text}\n"


def _is_section(value: Json) -> bool:
    is_tables = isinstance(value, list) and bool(value) and all(isinstance(e, dict) for e in value)
    return isinstance(value, dict) or is_tables


def _section(key: str, value: Json) -> str:
    if isinstance(value, list):
        return "\n".join(f"[[{_key(key)}]]\n{_members(entry)}" for entry in value)
    return f"[{_key(key)}]\n{_members(value)}"


def _members(table: Json) -> str:
    members = table.items() if isinstance(table, dict) else ()
    return "".join(f"{_key(k)} = {_value(v)}\n" for k, v in members if v is not None)


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if is_bare else quoted(key)


def _value(value: Json) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return f"{{{inside}}}"
    if isinstance(value, list):
        return f"[{', '.join(_value(entry) for entry in value if entry is not None)}]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)
