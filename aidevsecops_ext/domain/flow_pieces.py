"""The statements of a cell, each with the magics on its lines, followed one by one."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .flow_code import Scope
from .flow_facts import ImportBinding, MagicUse, StatementKind
from .flow_frames import OBJECT
from .flow_magics import BINDING_NOTHING, ELSEWHERE, OWN_NAMES, MagicFlow, magic_flow
from .flow_values import FRESH, Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .flow_known import KnownNames
    from .ipython import CellCode
    from .ipython_magics import MagicLine

_STAR_OF_PYLAB = ("numpy", "matplotlib.pyplot")

_KINDS: dict[type[ast.stmt], StatementKind] = {
    ast.Import: StatementKind.IMPORT,
    ast.ImportFrom: StatementKind.IMPORT,
    ast.FunctionDef: StatementKind.DEFINITION,
    ast.AsyncFunctionDef: StatementKind.DEFINITION,
    ast.ClassDef: StatementKind.DEFINITION,
}

_BLOCKS = frozenset(
    kind
    for kind in vars(ast).values()
    if isinstance(kind, type)
    and issubclass(kind, ast.stmt)
    and ("body" in kind._fields or "cases" in kind._fields)
)


class Piece(Struct, frozen=True):
    """A statement of a cell as Python and as written; a cell magic may be one without Python."""

    nodes: tuple[ast.stmt, ...]
    lines: tuple[MagicLine, ...]
    line: int
    end_line: int
    source: str

    @property
    def magics(self) -> tuple[MagicUse, ...]:
        """The magics on its lines."""
        return tuple([MagicUse(m.name, m.arguments, m.line, m.is_cell) for m in self.lines])

    @property
    def kind(self) -> StatementKind:
        """What it is for; one that a magic runs is no import or definition to repeat."""
        if len(self.nodes) != 1:
            return StatementKind.PLAIN
        if self.lines and self.line in [magic.line for magic in self.lines]:
            return StatementKind.PLAIN
        node = self.nodes[0]
        if type(node) is ast.Assign and type(node.value) is ast.Lambda:
            is_named = len(node.targets) == 1 and type(node.targets[0]) is ast.Name
            return StatementKind.DEFINITION if is_named else StatementKind.PLAIN
        return _KINDS.get(type(node), StatementKind.PLAIN)

    @property
    def is_block(self) -> bool:
        """True where a statement has others in it."""
        return not _BLOCKS.isdisjoint(map(type, self.nodes))


def pieces_of(code: CellCode, nodes: Sequence[ast.stmt]) -> list[Piece]:
    """The statements of a cell in order, a cell magic before the others."""
    lines = code.python.split("\n")
    if not code.magics:
        return [_plain_piece(node, lines) for node in nodes]
    for magic in code.magics:
        lines[magic.line - 1 : magic.end_line] = magic.text.split("\n")
    cell_magics = [magic for magic in code.magics if magic.is_cell]
    if any(magic.name in OWN_NAMES | ELSEWHERE for magic in cell_magics):
        is_own = any(magic.name in OWN_NAMES for magic in cell_magics)
        body = tuple(nodes) if is_own else ()
        first = cell_magics[0].line
        return [Piece(body, code.magics, first, len(lines), "\n".join(lines[first - 1 :]))]
    pieces = [Piece((), (m,), m.line, m.end_line, m.text) for m in cell_magics]
    line_magics = _LineMagics([magic for magic in code.magics if not magic.is_cell])
    waiting = deque(nodes)
    while waiting:
        group = [waiting.popleft()]
        while waiting and _is_joined(group[-1], waiting[0], line_magics):
            group.append(waiting.popleft())
        pieces.append(_piece(group, line_magics, lines))
    return pieces


class _LineMagics:
    """The magics on the lines of a cell, which are found without looking at all of them."""

    def __init__(self, magics: list[MagicLine]) -> None:
        self._magics = sorted(magics, key=lambda magic: magic.line)
        self._lines = [magic.line for magic in self._magics]

    def between(self, start: int, end: int) -> list[MagicLine]:
        """Those that begin on these lines."""
        return self._magics[bisect_left(self._lines, start) : bisect_right(self._lines, end)]

    def has(self, line: int) -> bool:
        """True where a magic is written on that line."""
        before = bisect_right(self._lines, line)
        return before > 0 and line <= self._magics[before - 1].end_line


def _is_joined(node: ast.stmt, following: ast.stmt, magics: _LineMagics) -> bool:
    """True for two statements on a line that was one with a magic: ``x = None; pass``."""
    end = node.end_lineno or node.lineno
    return following.lineno == end and magics.has(end)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] | None = getattr(node, "decorator_list", None)
    return min(node.lineno, decorators[0].lineno) if decorators else node.lineno


def _plain_piece(node: ast.stmt, lines: list[str]) -> Piece:
    start, end = _first_line(node), node.end_lineno or node.lineno
    text = lines[start - 1 : end]
    text[-1] = _bytes(text[-1], 0, node.end_col_offset)
    if start == node.lineno and node.col_offset:
        text[0] = _bytes(text[0], node.col_offset, None)
    return Piece((node,), (), start, end, "\n".join(text))


def _bytes(text: str, start: int, end: int | None) -> str:
    """A part of a line whose positions count bytes."""
    return text[start:end] if text.isascii() else text.encode()[start:end].decode()


def _piece(group: list[ast.stmt], magics: _LineMagics, lines: list[str]) -> Piece:
    start = _first_line(group[0])
    end = max(node.end_lineno or node.lineno for node in group)
    own = tuple(magics.between(start, end))
    if not own:
        return _plain_piece(group[0], lines)
    end = max([end, *(magic.end_line for magic in own)])
    return Piece(tuple(group), own, start, end, "\n".join(lines[start - 1 : end]))


def follow(pieces: list[Piece], known: KnownNames) -> Iterator[tuple[Piece, Scope]]:
    """What each statement does; ``known`` learns from each.

    What a cell magic binds, it binds after the others.
    """
    followed = []
    binds_late = any(piece.lines and not piece.nodes for piece in pieces)
    unbound: set[str] = set()
    bound: set[str] = set()
    for piece in pieces:
        known.begin()
        scope = Scope(known)
        flows = [magic_flow(magic, known) for magic in piece.lines] if piece.lines else []
        _run(piece, scope, flows)
        if binds_late and piece.nodes:
            unbound |= scope.facts.reads - bound
            bound |= scope.bound
        followed.append((piece, scope))
    for piece, scope in followed if binds_late else ():
        if piece.lines and not piece.nodes:
            scope.facts.reads |= scope.facts.writes & unbound
    return iter(followed)


def _run(piece: Piece, scope: Scope, flows: list[MagicFlow]) -> None:
    if not piece.lines:
        for node in piece.nodes:
            scope.run_statement(node)
        learn(scope)
        return
    reads: dict[int, list[str]] = {}
    for magic, flow in zip(piece.lines, flows, strict=True):
        reads.setdefault(magic.line, []).extend(sorted(flow.reads))
        if not piece.nodes:
            for name in sorted(flow.reads):
                scope.load(name)
    nodes = _with_reads(piece.nodes, reads) if reads else piece.nodes
    names = {magic.name for magic in piece.lines if magic.line == piece.line}
    if names & OWN_NAMES:
        _run_apart(nodes, scope)
    elif not names & BINDING_NOTHING:
        for node in nodes:
            scope.run_statement(node)
    for magic, flow in zip(piece.lines, flows, strict=True):
        _bind(magic, flow, scope)
    learn(scope)


def _with_reads(body: Sequence[ast.stmt], reads: dict[int, list[str]]) -> list[ast.stmt]:
    """The statements, where those that stand for a magic read and give what the magic does."""
    result: list[ast.stmt] = []
    for node in body:
        for field in ("body", "orelse", "finalbody"):
            inner: list[ast.stmt] | None = getattr(node, field, None)
            if inner is not None:
                setattr(node, field, _with_reads(inner, reads))
        blocks: list[ast.ExceptHandler | ast.match_case]
        blocks = [*getattr(node, "handlers", ()), *getattr(node, "cases", ())]
        for block in blocks:
            block.body = _with_reads(block.body, reads)
        if node.lineno not in reads or not isinstance(node, ast.Pass | ast.Expr):
            result.append(node)
            continue
        value = node.value if isinstance(node, ast.Expr) else _reading(reads[node.lineno], node)
        before = result[-1] if result else None
        if isinstance(before, ast.Assign) and before.lineno == node.lineno:
            before.value = value
        else:
            result.append(ast.copy_location(ast.Expr(value), node))
    return result


def _reading(names: list[str], node: ast.stmt) -> ast.List:
    """A list of names: what a magic gives may be made of all that it reads."""
    loads = [ast.copy_location(ast.Name(name, ast.Load()), node) for name in names]
    return ast.List(list[ast.expr](loads), ast.Load())


def _bind(magic: MagicLine, flow: MagicFlow, scope: Scope) -> None:
    for name in sorted(flow.deletes):
        scope.unbind(name)
    for name in sorted(flow.writes):
        scope.bind(name, FRESH)
    if magic.name == "pylab":
        for module in _STAR_OF_PYLAB:
            scope.facts.imports.append(ImportBinding("*", module, "*"))
            scope.known.add_star(module)


def _run_apart(nodes: Sequence[ast.stmt], scope: Scope) -> None:
    """Follow the code of ``%timeit``, whose names are its own."""
    timed = scope.define_timed(nodes)
    scope.call_definition(timed, [])
    scope.facts.calls[:] = [replace(call, is_deferred=False) for call in scope.facts.calls]


def learn(scope: Scope) -> None:
    """Note what the names hold after a statement."""
    known, facts = scope.known, scope.facts
    for root, code in facts.stored_code.items():
        if not root.startswith(OBJECT):
            value = known.value(root)
            known.bind(root, Value(value.roots, value.kind, value.code | code, value.what), True)
    for name in facts.deletes - scope.bound:
        known.unbind(name)
    for name in facts.writes:
        if name in scope.env:
            known.bind(name, scope.env[name], name in scope.bound)
