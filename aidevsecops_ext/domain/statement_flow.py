"""What each statement of a cell does to the names of the notebook."""

from __future__ import annotations

import ast
from operator import itemgetter
from typing import TYPE_CHECKING

from .flow_facts import (
    NO_NAMES,
    Argument,
    CallUse,
    HistoryUse,
    ImportBinding,
    MagicUse,
    Statement,
    StatementKind,
)
from .flow_frames import OBJECT
from .flow_known import NO_EFFECTS, Effects, KnownNames, is_builtin
from .flow_links import links
from .flow_pieces import follow, pieces_of
from .flow_values import FRESH, Definition, Kind
from .imports import UnreadableCodeError
from .ipython import parse_cell, with_line_feeds
from .late_patterns import late_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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

_HISTORY = late_pattern(r"_{1,3}|_\d+|_i{1,3}|_i\d+|_[iod]h|In|Out")
_FIRST = frozenset("_IO")
_initial = itemgetter(0)


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
    code, tree = parse_cell(with_line_feeds(source))
    try:
        pieces = pieces_of(code, tree.body)
        followed = [(_statement(piece, scope), scope) for piece, scope in follow(pieces, names)]
    except RecursionError as error:
        raise UnreadableCodeError("The code is nested too deeply.", None) from error
    return followed


def _statement(piece: Piece, scope: Scope) -> Statement:
    facts = scope.facts
    writes = frozenset(facts.writes)
    mentions = writes.union(facts.mentions, facts.reads)
    reads = facts.reads
    history: tuple[HistoryUse, ...] = ()
    # Most names begin with another letter, and to look is faster than to match.
    if reads and not _FIRST.isdisjoint(map(_initial, reads)) and any(map(is_history, reads)):
        history = tuple(_history(piece.nodes, scope.known, writes))
        reads -= {use.name for use in history}
    kind = piece.kind
    deferred = _deferred(facts.defined, scope.known) if facts.defined else NO_EFFECTS
    return Statement(
        piece.line,
        piece.end_line,
        piece.source,
        kind,
        reads=frozenset(reads),
        writes=writes,
        maybe_writes=writes - scope.bound,
        mutates=_named(facts.mutated) if facts.mutated else NO_NAMES,
        deletes=frozenset(facts.deletes),
        deferred_reads=deferred.reads,
        deferred_writes=deferred.writes,
        deferred_mutates=deferred.mutates,
        imports=tuple(facts.imports),
        definitions=_defined(facts.defined, writes) if facts.defined else NO_NAMES,
        calls=tuple(facts.calls),
        loads=frozenset(facts.loads & mentions),
        # What writes nothing and puts nothing into anything has nothing to share.
        shares=_shares(scope) if writes or facts.holds else (),
        plain=_plain(scope, writes & scope.bound) if writes else NO_NAMES,
        made_of=_made_of(facts.made, mentions) if facts.made else (),
        uses_history=history,
        magics=piece.magics if piece.lines else (),
        is_conditional=kind is not StatementKind.DEFINITION and piece.is_block,
        has_await=facts.has_await,
    )


def _defined(definitions: Iterable[Definition], writes: frozenset[str]) -> frozenset[str]:
    return writes.intersection([each.name for each in definitions])


def _made_of(
    made: Mapping[str, set[str]], mentions: frozenset[str]
) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple([(name, mentions.intersection(of)) for name, of in sorted(made.items())])


def _named(roots: Iterable[str]) -> frozenset[str]:
    return frozenset([root for root in roots if not root.startswith(OBJECT)])


def _plain(scope: Scope, names: frozenset[str]) -> frozenset[str]:
    """Those of the names that surely hold what is plain."""
    env = scope.env
    return frozenset([name for name in names if env.get(name, FRESH).kind is Kind.PLAIN])


def _shares(scope: Scope) -> tuple[tuple[str, str], ...]:
    pairs = {(link.target, link.source) for link in links(scope) if link.target != link.source}
    return tuple(sorted(pairs)) if pairs else ()


def _deferred(definitions: Iterable[Definition], known: KnownNames) -> Effects:
    """What functions and classes do when they are used, those in them too."""
    code = _all_code(definitions)
    mutated = NO_NAMES.union(*(each.mutates for each in code))
    return Effects(
        NO_NAMES.union(*(each.reads for each in code)),
        NO_NAMES.union(*(each.writes for each in code)),
        frozenset(name for name in mutated if known.value(name).kind is not Kind.PLAIN),
    )


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
