"""The small ``pyproject.toml`` by which uv is asked to resolve a notebook's requirements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from ..domain.requirements import Index, Requirement

PROJECT_NAME = "this-notebook"
"""How uv's explanations call the notebook; chosen to read well in them."""


def project_of(requirements: Iterable[Requirement], indexes: tuple[Index, ...]) -> str:
    """The project's text; ``indexes`` are those that single requirements may name.

    A package is taken from the index that its requirement names, and from no other.
    """
    requirements = tuple(requirements)
    names = _safe_names(indexes)
    sources = {r.key: names[r.index] for r in requirements if r.index in names}
    used = set(sources.values())
    lines = ["[project]", f"name = {_quoted(PROJECT_NAME)}", 'version = "0"', "dependencies = ["]
    lines += [f"  {_quoted(requirement.to_pep508())}," for requirement in requirements]
    lines += ["]", "[tool.uv.sources]"]
    lines += [f"{_quoted(key)} = {{ index = {_quoted(name)} }}" for key, name in sources.items()]
    for index in indexes:
        if names[index.name] in used:
            lines += [
                "[[tool.uv.index]]",
                f"name = {_quoted(names[index.name])}",
                f"url = {_quoted(index.url)}",
                "explicit = true",
            ]
    return "\n".join(lines) + "\n"


def _safe_names(indexes: tuple[Index, ...]) -> dict[str | None, str]:
    # uv takes fewer characters in an index's name than a Pipfile does.
    names: dict[str | None, str] = {}
    for index in indexes:
        name = re.sub(r"[^A-Za-z0-9_.-]+", "-", index.name).strip("-.") or "index"
        while name in names.values():
            name += "-2"
        names[index.name] = name
    return names


def _quoted(text: str) -> str:
    # A JSON string is a TOML string, but for the one control character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
