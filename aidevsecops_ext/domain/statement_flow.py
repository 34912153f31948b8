"""What each statement of a cell does to the names of the notebook."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from .flow_facts import (
    Argument,
    CallUse,
    HistoryUse,
    ImportBinding,
    MagicUse,
    Statement,
    StatementKind,
)
from .flow_frames import OBJECT
from .flow_known import KnownNames, is_builtin
from .flow_links import links
from .flow_pieces import follow, pieces_of
from .flow_values import Definition, Kind
from .imports import UnreadableCodeError, parse_python
from .ipython import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .flow_code import Scope
    from .flow_pieces import Piece

__all__ = [
    "Argument",
    "CallUse",
    "HistoryUse",
    "ImportBinding",
    "KnownNames",
    "MagicUse",
    "Statement",
    "StatementKind",
    "is_builtin",
    "is_history",
    "read_statements",
]

_HISTORY = re.compile(r"_{1,3}|_\d+|_i{1,3}|_i\d+|_[iod]h|In|Out")


def is_history(name: str) -> bool:
    """True for a name that IPython binds to what was run before, if nobody else binds it."""
    return _HISTORY.fullmatch(name) is not None


def read_statements(source: str, known: KnownNames | None = None) -> tuple[Statement, ...]:
    """The statements of a cell in order; ``known`` learns what they bind.

    Raises:
        UnreadableCodeError: the cell is not Python, or is nested too deeply.
    """
    return tuple(statement for statement, _ in follow_statements(source, known))


def follow_statements(
    source: str, known: KnownNames | None = None
) -> list[tuple[Statement, Scope]]:
    """The statements of a cell in order, each with what following it found.

    Raises:
        UnreadableCodeError: the cell is not Python, or is nested too deeply.
    """
    names = KnownNames(is_partial=True) if known is None else known
    code = read_cell(source)
    try:
        pieces = pieces_of(code, parse_python(code.python).body)
        followed = [(_statement(piece, scope), scope) for piece, scope in follow(pieces, names)]
    except RecursionError as error:
        raise UnreadableCodeError("The code is nested too deeply.", None) from error
    return followed


def _statement(piece: Piece, scope: Scope) -> Statement:
    facts = scope.facts
    writes = frozenset(facts.writes)
    mentions = facts.mentions | facts.reads | writes
    reads = facts.reads
    history: tuple[HistoryUse, ...] = ()
    if any(name[0] in "_IO" and is_history(name) for name in reads):
        history = tuple(_history(piece.nodes, scope.known, writes))
        reads -= {use.name for use in history}
    deferred = _all_code(facts.defined)
    return Statement(
        piece.line,
        piece.end_line,
        piece.source,
        piece.kind,
        reads=frozenset(reads),
        writes=writes,
        maybe_writes=writes - scope.bound,
        mutates=frozenset(root for root in facts.mutated if not root.startswith(OBJECT)),
        deletes=frozenset(facts.deletes),
        deferred_reads=frozenset().union(*(each.reads for each in deferred)),
        deferred_writes=frozenset().union(*(each.writes for each in deferred)),
        deferred_mutates=frozenset(
            name
            for each in deferred
            for name in each.mutates
            if scope.known.value(name).kind is not Kind.PLAIN
        ),
        imports=tuple(facts.imports),
        definitions=frozenset(_defined_names(facts.defined) & writes),
        calls=tuple(facts.calls),
        loads=frozenset(facts.loads & mentions),
        shares=tuple(sorted(_shares(scope))),
        plain=frozenset(
            name
            for name in writes & scope.bound
            if name in scope.env and scope.env[name].kind is Kind.PLAIN
        ),
        made_of=tuple(
            (name, frozenset(made) & mentions) for name, made in sorted(facts.made.items())
        ),
        uses_history=history,
        magics=piece.magics,
        is_conditional=piece.is_conditional,
        has_await=facts.has_await,
    )


def _shares(scope: Scope) -> set[tuple[str, str]]:
    return {(link.target, link.source) for link in links(scope) if link.target != link.source}


def _all_code(definitions: Iterable[Definition]) -> set[Definition]:
    """Definitions with those that stand in them."""
    seen: set[Definition] = set()
    waiting = list(definitions)
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += [*each.code, *each.methods.values()]
    return seen


def _defined_names(definitions: Iterable[Definition]) -> set[str]:
    return {each.name for each in definitions}


def _history(
    nodes: tuple[ast.stmt, ...], known: KnownNames, writes: frozenset[str]
) -> Iterator[HistoryUse]:
    for each in (inner for node in nodes for inner in ast.walk(node)):
        if (
            isinstance(each, ast.Name)
            and is_history(each.id)
            and each.id not in writes
            and not known.is_bound(each.id)
        ):
            yield HistoryUse(each.id, each.lineno)
