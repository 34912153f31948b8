"""Functions and classes of several steps as one module beside the notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.dataflow import analyze
from ..domain.imports import UnreadableCodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    from ..domain.split import Definition, Fragment, PlannedStep

    _Placed = TypeVar("_Placed", Definition, Fragment)


class DefinitionsModule(Struct, frozen=True):
    """A module to write beside the notebook: its name, its text and the names that it holds."""

    name: str
    text: str
    names: tuple[str, ...]


def make_definitions_module(
    steps: Sequence[PlannedStep], name: str, notebook: str
) -> DefinitionsModule | None:
    """The functions and classes that steps repeat, as one module; None when none can go there.

    What reads a variable of the notebook cannot: a module does not see it. It stays repeated.
    """
    definitions = _unique(each for step in steps for each in step.definitions)
    imports = _unique(each for step in steps for each in step.imports)
    bound = {each: _written(each.source) for each in imports}
    imported = {one for names in bound.values() for one in names}
    kept = _closed(_last_of_each(definitions), imported)
    if not kept:
        return None
    needed = {one for each in kept for one in _read(each.source)}
    needed |= {one for each in imports if "__future__" in each.source for one in bound[each]}
    lines = [each.source for each in imports if bound[each] & needed]
    lines.sort(key=lambda line: not line.startswith("from __future__"))
    head = f'"""What the steps of {notebook} share. Made by AIDevSecOps."""'
    parts = [head, "\n".join(dict.fromkeys(lines)), *(each.source for each in kept)]
    text = "\n\n\n".join(part.strip("\n") for part in parts if part) + "\n"
    return DefinitionsModule(name, text, tuple(each.name for each in kept))


def import_of(module: DefinitionsModule, names: Iterable[str]) -> str:
    """The import of these names from the module."""
    return f"from {module.name} import {', '.join(sorted(names))}"


def _closed(definitions: list[Definition], imported: set[str]) -> list[Definition]:
    """Those that need nothing but imports and each other."""
    kept = definitions
    while True:
        names = imported | {each.name for each in kept}
        smaller = [each for each in kept if _read(each.source) - {each.name} <= names]
        if len(smaller) == len(kept):
            return kept
        kept = smaller


def _last_of_each(definitions: list[Definition]) -> list[Definition]:
    """Those whose name is defined once: of others, which one is meant depends on the step."""
    names = [each.name for each in definitions]
    return [each for each in definitions if names.count(each.name) == 1]


def _unique(fragments: Iterable[_Placed]) -> list[_Placed]:
    return sorted(set(fragments), key=lambda each: (each.cell, each.line))


def _read(source: str) -> frozenset[str]:
    try:
        return analyze(source).reads
    except UnreadableCodeError:
        # Neither can be said to need nothing.
        return frozenset({"?"})


def _written(source: str) -> frozenset[str]:
    try:
        return analyze(source).writes
    except UnreadableCodeError:
        return frozenset()
