"""The code that is left of each cell when its imports stand at the head of the step."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .ipython import with_line_feeds
from .late_patterns import late_pattern
from .split import Fragment
from .split_bindings import is_import_block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from .flow_facts import ImportBinding
    from .split_bindings import Binding
    from .split_cells import Placed

_ANY_CODE = late_pattern(r"^[ \t]*[^\s#]", re.MULTILINE)
_AFTER = late_pattern(r"[ \t]*(;[ \t]*)?(#.*)?$")


def body_of(source: str, statements: Sequence[Placed], removed: Collection[Placed]) -> str | None:
    """The cell without the removed statements, None when no code is left of it."""
    gone = [placed for placed in statements if placed in removed]
    if not gone:
        return source
    if len(gone) == len(statements) and not _has_magic(source, statements):
        return None
    lines = with_line_feeds(source).split("\n")
    for placed in reversed(gone):
        _remove(lines, placed, statements)
    left = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return left if _ANY_CODE.search(left) else None


def import_fragments(bindings: Iterable[Binding]) -> tuple[Fragment, ...]:
    """The import statements that bind what a step uses, and nothing else, in their order."""
    used: dict[Placed, list[Binding]] = {}
    for binding in bindings:
        used.setdefault(binding.placed, []).append(binding)
    fragments = []
    for placed in sorted(used, key=_place):
        statement = placed.statement
        found = {binding.imported for binding in used[placed]}
        is_whole = found == set(statement.imports) and not statement.is_conditional
        if is_whole or (statement.is_conditional and is_import_block(statement.source)):
            text = statement.source
        else:
            text = _written([each for each in statement.imports if each in found])
        fragments.append(Fragment(text, placed.cell, statement.line))
    return tuple(fragments)


def _written(bindings: Sequence[ImportBinding]) -> str:
    """The import of some of the names that a statement imports."""
    lines: list[str] = []
    taken: dict[str, list[str]] = {}
    for each in bindings:
        alias = f" as {each.name}"
        if each.attribute is not None:
            own = "" if each.attribute == each.name else alias
            taken.setdefault(each.module, []).append(f"{each.attribute}{own}")
        elif each.loaded and each.name == each.module:
            lines.append(f"import {each.loaded}")
        else:
            lines.append(f"import {each.module}{'' if each.name == each.module else alias}")
    lines += [f"from {module} import {', '.join(names)}" for module, names in taken.items()]
    return "\n".join(dict.fromkeys(lines))


def _place(placed: Placed) -> tuple[int, int]:
    return placed.cell, placed.order


def _has_magic(source: str, statements: Sequence[Placed]) -> bool:
    """True when lines that are no statement of Python do something."""
    return source.lstrip().startswith("%%") or bool(
        any(placed.statement.magics for placed in statements)
    )


def _is_alone(placed: Placed, statements: Sequence[Placed]) -> bool:
    """True when no other statement is on the lines of this one."""
    own = placed.statement
    return not any(
        other is not placed
        and other.statement.line <= own.end_line
        and own.line <= other.statement.end_line
        for other in statements
    )


def _shared_line(lines: Sequence[str], placed: Placed) -> str | None:
    """The line without the statement, None when it cannot be told apart there."""
    statement = placed.statement
    if statement.line != statement.end_line:
        return None
    line = lines[statement.line - 1]
    found = re.search(rf"(?<![\w.]){re.escape(statement.source)}[ \t]*(?:;[ \t]*|(?=#|$))", line)
    return None if found is None else line[: found.start()] + line[found.end() :]


def _remove(lines: list[str], placed: Placed, statements: Sequence[Placed]) -> None:
    statement = placed.statement
    if _is_alone(placed, statements):
        for number in range(statement.line - 1, statement.end_line):
            lines[number] = "\0"
        lines[:] = [line for line in lines if line != "\0"]
        return
    line = _shared_line(lines, placed)
    if line is not None:
        lines[statement.line - 1] = re.sub(r";[ \t]*(#|$)", r"  \1", line).rstrip()
