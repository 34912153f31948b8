"""Where steps change what modules of the repository hold: later steps have those as imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.imports import UnreadableCodeError
from ..domain.module_state import ModuleState
from ..domain.split import SplitCode, SplitWarning
from ..domain.statement_flow import KnownNames, read_statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..domain.flow_facts import Statement
    from ..domain.split import PlannedStep

_DECORATOR = re.compile(r"^@([^\W\d]\w*)((?:\.\w+)*)\s*$", re.MULTILINE)


class LocalUse(Struct, frozen=True):
    """A step, and the modules of the repository that it needs: their paths by their names."""

    step: PlannedStep
    local: Mapping[str, str]


def find_module_changes(
    uses: Sequence[LocalUse], cells: Mapping[int, str], texts: Mapping[str, str]
) -> Iterator[SplitWarning]:
    """Calls that change what a module holds that a later step uses too.

    ``cells`` are the sources of the notebook's cells, ``texts`` those of modules by their paths.
    """
    paths = [set(use.local.values()) for use in uses]
    later: list[set[str]] = [set().union(*paths[place + 1 :]) for place in range(len(paths))]
    names = {name.lstrip("."): path for use in uses for name, path in use.local.items()}
    names |= {name: path for use in uses for name, path in use.local.items()}
    shared = {path for own, others in zip(paths, later, strict=True) for path in own & others}
    sources = {path: texts[path] for path in sorted({*names.values()} & texts.keys())}
    if not shared & sources.keys():
        return
    state = ModuleState.of(names, sources)
    told: set[tuple[int, int]] = set()
    for use, needed in zip(uses, later, strict=True):
        for cell, line, target in _calls(use.step, cells):
            module = state.changed_by(target)
            if module is not None and names[module] in needed and (cell, line) not in told:
                told.add((cell, line))
                yield SplitWarning(
                    SplitCode.SETTING_DEPENDS,
                    f"{target} changes what the module {module} holds, which does not cross: "
                    "later steps have it as it is after the import. Keep it in a variable of the "
                    "notebook.",
                    cell,
                    line,
                )


def _calls(step: PlannedStep, cells: Mapping[int, str]) -> Iterator[tuple[int, int, str]]:
    """The cell, the line and the target of each call of a step, with what it repeats."""
    known = KnownNames()
    imported: dict[str, str] = {}
    for fragment in step.imports:
        for statement in _statements(fragment.source, known):
            imported |= {each.name: each.target for each in statement.imports}
    pieces = [(each.cell, each.line, each.source) for each in step.definitions]
    pieces += [(each.index, 1, cells.get(each.index, each.source)) for each in step.body]
    for cell, first, source in pieces:
        for statement in _statements(source, known):
            for line, target in _targets(statement, imported):
                yield cell, first + line - 1, target


def _targets(statement: Statement, imported: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    yield from ((call.line, call.target) for call in statement.calls if call.target)
    for found in _DECORATOR.finditer(statement.source) if statement.definitions else ():
        if found[1] in imported:
            yield statement.line, imported[found[1]] + found[2]


def _statements(source: str, known: KnownNames) -> tuple[Statement, ...]:
    try:
        return read_statements(source, known)
    except UnreadableCodeError:
        return ()
