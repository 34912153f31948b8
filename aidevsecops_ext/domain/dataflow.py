"""The names that a piece of code reads, writes, changes and deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_facts import NO_NAMES
from .flow_frames import OBJECT
from .flow_links import Aliases
from .statement_flow import follow_statements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .flow_facts import Statement


class Flow(Struct, frozen=True):
    """What a cell does to the names of the notebook.

    ``reads`` are read before the cell writes them; ``writes`` holds ``imports`` and
    ``definitions``; ``mutates`` are the names whose objects it changes, or may.
    """

    reads: frozenset[str] = NO_NAMES
    writes: frozenset[str] = NO_NAMES
    mutates: frozenset[str] = NO_NAMES
    deletes: frozenset[str] = NO_NAMES
    imports: frozenset[str] = NO_NAMES
    definitions: frozenset[str] = NO_NAMES


def analyze(source: str) -> Flow:
    """What a cell reads, writes, changes and deletes, and which of that it imports or defines.

    Raises:
        UnreadableCodeError: the cell is not Python, or is nested too deeply.
    """
    reads: set[str] = set()
    bound: set[str] = set()
    mutates: set[str] = set()
    aliases = Aliases()
    statements = []
    for statement, scope in follow_statements(source):
        statements.append(statement)
        history = {use.name for use in statement.uses_history}
        reads |= (statement.reads | history) - bound
        for root, level in scope.facts.mutated.items():
            if not root.startswith(OBJECT):
                mutates.update(aliases.reached(root, level))
        aliases.follow(scope)
        bound |= scope.bound
        bound -= statement.deletes - scope.bound
    writes = _union(statement.writes for statement in statements)
    reads |= _union(statement.deferred_reads for statement in statements) - writes
    return Flow(
        frozenset(reads),
        writes,
        frozenset(mutates),
        _union(statement.deletes for statement in statements),
        _union(_imported(statement) for statement in statements),
        _union(statement.definitions for statement in statements),
    )


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return NO_NAMES.union(*sets)


def _imported(statement: Statement) -> frozenset[str]:
    return frozenset(each.name for each in statement.imports) & statement.writes
