"""What ``uv audit`` is given and what it answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..domain.advisories import Advisory
from ..domain.names import canonicalize_name
from .uv_project import PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json

_NO_MINIMUM = ">=3"
PROJECT = f"""\
[project]
name = "{PROJECT_NAME}"
version = "0"
requires-python = "{_NO_MINIMUM}"
"""

Pin = tuple[str, str]


def lock_text(packages: Iterable[Pin], registry: str) -> str:
    """A ``uv.lock`` that holds just those packages; ``registry`` is an empty folder.

    From a folder uv has nothing to ask an index for: only the advisory service is contacted.
    """
    source = f"source = {{ registry = {json.dumps(registry)} }}"
    pins = [
        f"name = {json.dumps(name)}, version = {json.dumps(version)}, {source}"
        for name, version in packages
    ]
    lines = ["version = 1", f'requires-python = "{_NO_MINIMUM}"', "[[package]]"]
    lines += [f'name = "{PROJECT_NAME}"', 'version = "0"', 'source = { virtual = "." }']
    lines += ["dependencies = [", *(f"  {{ {pin} }}," for pin in pins), "]"]
    for pin in pins:
        lines += ["[[package]]", *pin.split(", ")]
    return "\n".join(lines) + "\n"


def read_answer(text: str, count: int) -> dict[Pin, list[Advisory]] | None:
    """The advisories by package; None when it is no audit of ``count`` packages."""
    try:
        document: Json = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict):
        return None
    summary, entries = document.get("summary"), document.get("vulnerabilities")
    if not isinstance(summary, dict) or not isinstance(entries, list):
        return None
    # A package that uv left out was not checked, whatever the reason.
    if summary.get("audited_packages") != count or summary.get("vulnerabilities") != len(entries):
        return None
    found: dict[Pin, list[Advisory]] = {}
    for entry in entries:
        dependency = entry.get("dependency") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(dependency, dict):
            return None
        pin = (canonicalize_name(_text(dependency, "name")), _text(dependency, "version"))
        found.setdefault(pin, []).append(_advisory(entry))
    return found


def _advisory(entry: Mapping[str, Json]) -> Advisory:
    return Advisory(
        id=_text(entry, "id"),
        aliases=_texts(entry, "aliases"),
        summary=_text(entry, "summary"),
        fixed=_texts(entry, "fix_versions"),
        url=_text(entry, "link"),
    )


def _text(table: Mapping[str, Json], key: str) -> str:
    value = table.get(key)
    return value if isinstance(value, str) else ""


def _texts(table: Mapping[str, Json], key: str) -> tuple[str, ...]:
    value = table.get(key)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()
