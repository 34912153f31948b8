"""What blocks do to the names of a scope: branches, loops, ``try``, ``with`` and ``match``."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from .flow_definitions import Definitions
from .flow_expressions import bound_names
from .flow_values import ANYHOW, FRESH, NO_CODE, PLAIN, Kind, Value, join, related, with_kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .flow_frames import Branch

_ROUNDS = 4
"""How often a loop is followed until what its names hold does not grow any more."""
_DEEPEST_LOOP = 2
_SUPPRESSING = frozenset({"suppress", "raises", "assertRaises", "ExitStack"})


class Blocks(Definitions):
    """A scope that follows blocks."""

    def run_if(self, node: ast.If) -> None:
        """An ``if`` with all its ``elif``, which are nested: too many for a function each."""
        ends: list[Branch] = []
        each: ast.If = node
        while True:
            truth = _truth(each.test)
            self.visit(each.test)
            before = self.branch()
            if truth is not False:
                self.run_body(each.body)
                ends.append(self.branch())
            self.enter(before)
            if truth is True:
                break
            if len(each.orelse) == 1 and isinstance(each.orelse[0], ast.If):
                each = each.orelse[0]
                continue
            self.run_body(each.orelse)
            ends.append(self.branch())
            break
        self.join_branches(ends)

    def run_for(self, node: ast.For | ast.AsyncFor) -> None:
        """A ``for``."""
        start = len(self.facts.log)
        given = self.visit(node.iter)
        self.note_made(node.target, start, given)
        self.facts.has_await |= isinstance(node, ast.AsyncFor)
        item = self.items(given)
        if _gives_numbers(node.iter):
            item = PLAIN

        def begin() -> None:
            self.assign(node.target, item)

        self._run_loop(node, begin, _surely_runs(node.iter), bound_names(node.target))

    def run_while(self, node: ast.While) -> None:
        """A ``while``."""
        self.visit(node.test)

        def begin() -> None:
            self.visit(node.test)

        self._run_loop(node, begin, False)

    def _run_loop(
        self,
        node: ast.For | ast.AsyncFor | ast.While,
        begin: Callable[[], None],
        is_sure: bool,
        targets: Sequence[str] = (),
    ) -> None:
        """Follow a loop until what its names hold is the same after another round."""
        before = self.branch()
        version = self.known.version
        calls, log = len(self.facts.calls), len(self.facts.log)
        ends: list[Branch] = []
        for _ in range(_ROUNDS if len(self.loops) < _DEEPEST_LOOP else 1):
            del self.facts.calls[calls:]
            self.loops.append([])
            begin()
            self.run_body(node.body)
            leaving = self.loops.pop()
            ends = [self.branch(), *leaving]
            self.enter(before)
            self.join_branches([before, *ends])
            if all(before[0].get(name) == value for name, value in self.env.items()):
                break
            if version == self.known.version and self._is_settled(before, targets):
                break
            if not any(name in before[0] or name in self.facts.log[log:] for name in self.env):
                break
            before = (dict(self.env), before[1], before[2])
        else:
            self._widen(log)
        ends = [(self.env, branch[1], branch[2]) for branch in ends]
        self.join_branches(ends if is_sure else [(self.env, before[1], before[2]), *ends])
        self.is_dead = before[2]
        if node.orelse and not any(isinstance(each, ast.Break) for each in ast.walk(node)):
            self.run_body(node.orelse)
        elif node.orelse:
            after = self.branch()
            self.run_body(node.orelse)
            self.join_branches([after, self.branch()])

    def _is_settled(self, before: Branch, targets: Sequence[str]) -> bool:
        """True where another round surely is like the first: most loops need not be followed twice.

        It differs in its targets alone, which each round of a ``for`` binds before it reads them.
        """
        facts = self.facts
        if facts.holds or facts.stored_code or facts.returns or self.sticky:
            return False
        held = before[0]
        return self.bound == before[1] and all(
            name in targets or held.get(name) == value for name, value in self.env.items()
        )

    def _widen(self, log: int) -> None:
        """Names that a loop hands on to itself may hold anything that is used in it."""
        used = {name for name in self.facts.log[log:] if name in self.env or self.is_global(name)}
        values = [self.env.get(name) or self.outer_value(name) for name in used]
        held = related(join([*values, FRESH]), ANYHOW)
        for name in used:
            value = self.env.get(name)
            if value is not None and value.kind is not Kind.PLAIN:
                self.env[name] = join((value, held))

    def run_with(self, node: ast.With | ast.AsyncWith) -> None:
        """A ``with``."""
        self.facts.has_await |= isinstance(node, ast.AsyncWith)
        suppresses = False
        for item in node.items:
            start = len(self.facts.log)
            value = self.visit(item.context_expr)
            suppresses |= _may_suppress(item.context_expr)
            if item.optional_vars is not None:
                given = _entered(value)
                self.note_made(item.optional_vars, start, given)
                self.assign(item.optional_vars, given)
        if not suppresses:
            self.run_body(node.body)
            return
        before = self.branch()
        thrown = self._run_guarded(node.body)
        self.join_branches([(thrown, before[1], False), self.branch()])

    def _run_guarded(self, body: Sequence[ast.stmt]) -> dict[str, Value]:
        """Follow statements that may stop anywhere; what the names may hold wherever they did."""
        saved, self.trail = self.trail, []
        held = dict(self.env)
        self.run_body(body)
        for name, value in self.trail:
            held[name] = join((held.get(name) or self.outer_value(name), value))
        if saved is not None:
            saved.extend(self.trail)
        self.trail = saved
        return held

    def run_try(self, node: ast.Try) -> None:
        """A ``try``: its handlers start from wherever its body stopped."""
        before = self.branch()
        thrown: Branch = (self._run_guarded(node.body), before[1], False)
        self.run_body(node.orelse)
        ends = [self.branch()]
        for handler in node.handlers:
            self.enter(thrown)
            start = len(self.facts.log)
            if handler.type is not None:
                self.visit(handler.type)
            if handler.name is not None:
                self.note_made(ast.Name(handler.name, ast.Store()), start, FRESH)
                self.bind(handler.name, FRESH)
            self.run_body(handler.body)
            if handler.name is not None:
                self.forget(handler.name)
            ends.append(self.branch())
        self.join_branches(ends)
        if node.finalbody:
            self._run_finally(node, before)

    def _run_finally(self, node: ast.Try, before: Branch) -> None:
        """A ``finally`` also runs when something before it was not finished."""
        bound, is_dead = self.bound, self.is_dead
        self.bound, self.is_dead = set(before[1]), False
        self.run_body(node.finalbody)
        self.bound |= bound
        self.is_dead |= is_dead

    def run_match(self, node: ast.Match) -> None:
        """A ``match``: a pattern that fails may have bound names."""
        start = len(self.facts.log)
        subject = self.visit(node.subject)
        captured = PLAIN if subject.kind is Kind.PLAIN else related(subject, ANYHOW)
        ends: list[Branch] = []
        is_whole = False
        for case in node.cases:
            before = set(self.bound)
            self._match(case.pattern, captured, start)
            if case.guard is not None:
                self.visit(case.guard)
            unmatched: Branch = (dict(self.env), before, self.is_dead)
            self.run_body(case.body)
            ends.append(self.branch())
            self.enter(unmatched)
            is_whole |= case.guard is None and _always_matches(case.pattern)
        if not is_whole:
            ends.append(self.branch())
        self.join_branches(ends)

    def _match(self, pattern: ast.pattern, captured: Value, start: int) -> None:
        """Evaluate what stands in a pattern, bind its names."""
        for node in ast.walk(pattern):
            if isinstance(node, ast.MatchValue):
                self.visit(node.value)
            elif isinstance(node, ast.MatchClass):
                self.visit(node.cls)
            elif isinstance(node, ast.MatchMapping):
                for key in node.keys:
                    self.visit(key)
                self._capture(node.rest, captured, start)
            elif isinstance(node, ast.MatchAs | ast.MatchStar):
                self._capture(node.name, captured, start)

    def _capture(self, name: str | None, captured: Value, start: int) -> None:
        if name is not None:
            self.note_made(ast.Name(name, ast.Store()), start, captured)
            self.bind(name, captured)


def _always_matches(pattern: ast.pattern) -> bool:
    """True for ``case _`` and ``case name``."""
    return isinstance(pattern, ast.MatchAs) and (
        pattern.pattern is None or _always_matches(pattern.pattern)
    )


def _truth(test: ast.expr) -> bool | None:
    """Whether a condition holds in every notebook; None where that depends."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            truth = _truth(operand)
            return None if truth is None else not truth
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.Compare(
            left=ast.Name(id="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value="__main__")],
        ):
            return True
    return None


def _surely_runs(iterated: ast.expr) -> bool:
    """True for a loop over what surely has something in it, such as ``range(3)``."""
    match iterated:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(each, ast.Starred) for each in elements)
        case ast.Constant(value=str(text)):
            return bool(text)
        case ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=int(stop))]):
            return stop > 0
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner, *_]):
            return _surely_runs(inner)
    return False


def _gives_numbers(iterated: ast.expr) -> bool:
    """True for ``range(...)``."""
    return (
        isinstance(iterated, ast.Call)
        and isinstance(iterated.func, ast.Name)
        and iterated.func.id == "range"
    )


def _entered(value: Value) -> Value:
    """What ``with`` gives: of a generator function what it yields, which is no generator."""
    given = related(value, ANYHOW)
    if value.kind is not Kind.ITERATOR:
        return with_kind(given, value.kind)
    code = NO_CODE.union(
        *(each.summary.returns.code if each.is_generator else {each} for each in value.code)
    )
    return Value(given.roots, Kind.UNKNOWN, code)


def _may_suppress(context: ast.expr) -> bool:
    """True for a context manager that may end its block early: ``with suppress(OSError)``."""
    if not isinstance(context, ast.Call):
        return False
    function = context.func
    name = function.attr if isinstance(function, ast.Attribute) else ""
    name = function.id if isinstance(function, ast.Name) else name
    return name in _SUPPRESSING
