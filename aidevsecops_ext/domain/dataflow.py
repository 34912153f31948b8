"""The names that a piece of code reads, writes, changes and deletes."""

from __future__ import annotations

from msgspec import Struct

from .flow_facts import NO_NAMES
from .statement_flow import read_statements


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
    writes: set[str] = set()
    for statement in read_statements(source):
        reads |= statement.reads - writes
        writes |= statement.writes
    return Flow(frozenset(reads), frozenset(writes))
