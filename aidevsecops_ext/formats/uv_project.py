"""The small ``pyproject.toml`` by which uv is asked to resolve a notebook's requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .index_names import safe_names
from .toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.requirements import Index, Requirement

PROJECT_NAME = "this-notebook"
"""How uv's explanations call the notebook; chosen to read well in them."""


def project_of(requirements: Iterable[Requirement], indexes: tuple[Index, ...]) -> str:
    """The project's text; ``indexes`` are those that single requirements may name.

    A package is taken from the index that its requirement names, and from no other.
    """
    requirements = tuple(requirements)
    names = safe_names(indexes)
    sources = {r.key: names[r.index] for r in requirements if r.index in names}
    used = set(sources.values())
    lines = ["[project]", f"name = {quoted(PROJECT_NAME)}", 'version = "0"', "dependencies = ["]
    lines += [f"  {quoted(requirement.to_pep508())}," for requirement in requirements]
    lines += ["]", "[tool.uv.sources]"]
    lines += [f"{quoted(key)} = {{ index = {quoted(name)} }}" for key, name in sources.items()]
    for index in indexes:
        if names[index.name] in used:
            lines += [
                "[[tool.uv.index]]",
                f"name = {quoted(names[index.name])}",
                f"url = {quoted(index.url)}",
                "explicit = true",
            ]
    return "\n".join(lines) + "\n"
