"""The names of one scope while its code is followed: what they hold, what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from .flow_instances import Use
from .flow_known import BUILTINS
from .flow_values import (
    COMPOSED,
    DEEP,
    FRESH,
    HAS,
    INVERSE,
    IS,
    NO_CODE,
    PART,
    SHALLOW,
    TOUCHED,
    Definition,
    Kind,
    Roots,
    Value,
    code_of,
    join,
    with_kind,
)

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Mapping

    from .flow_arguments import Passed
    from .flow_facts import CallUse, ImportBinding
    from .flow_known import Effects, KnownNames

OBJECT = " "
"""Begins the root of an object that the code itself makes: no name has a blank."""

Branch = tuple[dict[str, Value], set[str], bool]


class Facts(Struct):
    """What the code of a scope does; filled while it is followed."""

    reads: set[str] = field(default_factory=set)
    mentions: set[str] = field(default_factory=set)
    loads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    deletes: set[str] = field(default_factory=set)
    mutated: dict[str, int] = field(default_factory=dict)
    holds: dict[str, Roots] = field(default_factory=dict)
    stored_code: dict[str, frozenset[Definition]] = field(default_factory=dict)
    attributes: set[str] = field(default_factory=set)
    inner: list[Definition] = field(default_factory=list)
    imports: list[ImportBinding] = field(default_factory=list)
    calls: list[CallUse] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    made: dict[str, set[str]] = field(default_factory=dict)
    consulted: dict[str, tuple[Kind, Definition | str | None]] = field(default_factory=dict)
    closure: set[str] = field(default_factory=set)
    outer_values: dict[str, Value] = field(default_factory=dict)
    nested: list[Definition] = field(default_factory=list)
    defined: list[Definition] = field(default_factory=list)
    returns: list[Value] = field(default_factory=list)
    exits: list[set[str]] = field(default_factory=list)
    has_await: bool = False
    is_generator: bool = False


class Frame:
    """One scope: the top level (``local_names`` is None), or a function."""

    def __init__(
        self,
        known: KnownNames,
        local_names: frozenset[str] | None = None,
        outer_names: frozenset[str] = frozenset(),
    ) -> None:
        self.known = known
        self.facts = Facts()
        self.local_names = local_names
        self.outer_names = outer_names
        self.is_top = local_names is None
        self.is_function = local_names is not None
        self.is_nested = False
        self.owner: Definition | None = None
        self.first_parameter = ""
        self.parameters: frozenset[str] = frozenset()
        self.env: dict[str, Value] = {}
        self.bound: set[str] = set()
        self.is_dead = False
        self.trail: list[tuple[str, Value]] | None = None
        self.loops: list[list[Branch]] = []
        self.hidden: set[str] = set()
        self.sticky: set[str] = set()
        self._held_by: dict[str, set[str]] = {}
        self._ran: set[Definition] = set()

    def is_global(self, name: str) -> bool:
        """True where the name, in this scope, is one of the notebook's namespace."""
        if self.local_names is None:
            return True
        return name not in self.local_names and name not in self.outer_names

    def load(self, name: str) -> Value:
        """What a name holds, noting that it is read."""
        facts = self.facts
        facts.log.append(name)
        value = self.env.get(name)
        if value is None:
            return self._load_outer(name)
        if name not in self.bound and name not in self.hidden and self.is_global(name):
            facts.reads.add(name)
            facts.mentions.add(name)
        if (value.code or value.kind is Kind.INSTANCE) and name not in self.hidden:
            self._run_all(value.code)
            self.use(value, Use.NAMED)
        return value

    def _load_outer(self, name: str) -> Value:
        facts = self.facts
        # Most names are read at the top level, where all are global.
        is_top_level = self.local_names is None
        value = self.known.value(name) if is_top_level else self.outer_value(name)
        if is_top_level or self.is_global(name):
            if name not in BUILTINS or self.known.is_bound(name):
                facts.mentions.add(name)
                facts.reads.add(name)
            if value.code or value.kind is Kind.INSTANCE:
                self._run_all(value.code)
                self.use(value, Use.NAMED)
        elif name not in (self.local_names or ()):
            facts.closure.add(name)
        return value

    def outer_value(self, name: str) -> Value:
        """What a name holds before this scope binds it."""
        if not self.is_global(name):
            is_local = self.local_names is not None and name in self.local_names
            return FRESH if is_local else Value({name: IS})
        value = self.known.value(name)
        if not self.is_top and value.kind not in _LASTING:
            return Value({name: IS}, Kind.UNKNOWN, value.code)
        return value

    def bind(self, name: str, value: Value) -> None:
        """Note that a name is written."""
        self._ran.clear()
        if value.kind is Kind.APART:  # its parts may come to have something in common
            value = with_kind(value, Kind.UNKNOWN)
        if name in self.hidden:
            self.env[name] = value
            return
        if name in self.sticky:
            value = join((value, self.env[name]))
        self.env[name] = value
        self.bound.add(name)
        self.facts.writes.add(name)
        if self.trail is not None:
            self.trail.append((name, value))

    def unbind(self, name: str) -> None:
        """Note that a name is deleted."""
        self.forget(name)
        self.facts.deletes.add(name)

    def forget(self, name: str) -> None:
        """Note that a name holds nothing any more."""
        self._ran.clear()
        self.bound.discard(name)
        self.env.pop(name, None)

    def new_object(self, value: Value, maker: ast.AST | Definition) -> Value:
        """The value as an object of its own, so that names which come to share it are known.

        What one place of the code makes, in a loop, counts as one object.
        """
        if value.kind in _SHARED_ANYHOW:
            return value
        root = f"{OBJECT}{id(maker)}"
        return Value({**value.roots, root: IS}, value.kind, value.code, value.what)

    def mutate(self, value: Value, depth: int) -> None:
        """Note that a value is changed, itself or also what it has."""
        if value.kind is Kind.PLAIN or (depth == DEEP and value.kind in _LASTING):
            return
        mutated = self.facts.mutated
        for root, how in value.roots.items():
            if depth == DEEP or how & TOUCHED:
                level = SHALLOW if depth == SHALLOW and how == IS else DEEP
                if mutated.get(root, 0) < level:
                    mutated[root] = level
        if depth == DEEP and self.facts.holds:
            for root in value.roots:
                for held in self._held(root):
                    mutated[held] = DEEP

    def _held(self, root: str) -> set[str]:
        """All that a root was made to hold."""
        found = self._held_by.get(root)
        if found is None:
            found = self._held_by[root] = set()
            waiting = [root]
            while waiting:
                for other in self.facts.holds.get(waiting.pop(), ()):
                    if other not in found:
                        found.add(other)
                        waiting.append(other)
            self.known.spend(len(found))
        return found

    def put(self, container: Value, content: Value, flags: int = HAS) -> None:
        """Note that a value now is in another one."""
        for root, how in container.roots.items():
            if how & TOUCHED:
                table = COMPOSED[COMPOSED[INVERSE[how]][flags]]
                if content.kind not in _SHARED_ANYHOW and content.roots:
                    self.known.spend(len(content.roots))
                    held = self.facts.holds.setdefault(root, {})
                    for other, relation in content.roots.items():
                        if other not in held:
                            self._held_by.clear()
                            self._ran.clear()
                        held[other] = held.get(other, 0) | table[relation]
                code = code_of(content)
                if code:
                    stored = self.facts.stored_code
                    stored[root] = stored.get(root, NO_CODE) | code

    def element(self, value: Value) -> Value:
        """What a part of a value may be."""
        kind = value.kind if value.kind in (Kind.PLAIN, Kind.ARRAY) else Kind.UNKNOWN
        if kind is Kind.PLAIN or not (value.roots or value.code):
            return Value({}, kind, NO_CODE, value.what if kind is Kind.ARRAY else None)
        table = COMPOSED[PART]
        roots: Roots = {root: table[how] for root, how in value.roots.items()}
        holds = self.facts.holds
        if holds:
            for root, how in value.roots.items():
                for other, relation in holds.get(root, {}).items():
                    roots[other] = roots.get(other, 0) | COMPOSED[table[how]][relation]
        # A part of an array has rows where that may have some.
        what = value.what if kind is Kind.ARRAY else None
        return Value(roots, kind, value.code | self._stored(value.roots), what)

    def _stored(self, roots: Mapping[str, int]) -> frozenset[Definition]:
        stored = self.facts.stored_code
        code = NO_CODE
        if stored:
            for root in roots:
                code |= stored.get(root, NO_CODE)
        return code

    def run(self, definition: Definition) -> None:
        """Note what code of the notebook does to global names when it runs, with what it calls."""
        if not self.is_top:
            if not definition.is_global:  # those are found by the names that stand for them
                self.facts.inner.append(definition)
            return
        if definition not in self._ran:
            self.apply_effects(self.known.effects(definition))
            self._ran.add(definition)

    def use(self, value: Value, use: Use) -> None:
        """Note what using the instances does that a value is, or has."""
        if not self.is_top:  # what a function uses is found by the names that it mentions
            return
        if self.known.is_restless(value):
            self.mutate(value, DEEP)
        if value.kind is Kind.INSTANCE and isinstance(value.what, Definition):
            self.apply_effects(self.known.uses(value.what, use))
        for definition in value.code if use is not Use.NAMED else ():
            if definition.is_class:
                self.apply_effects(self.known.uses(definition, Use.HANDED))

    def use_all(self, passed: Iterable[Passed], use: Use) -> None:
        """Note what using arguments does."""
        for argument in passed:
            value = argument.value
            if value.code or value.kind is Kind.INSTANCE:
                self.use(value, use)

    def _run_all(self, code: frozenset[Definition]) -> None:
        for definition in code:
            self.run(definition)

    def apply_effects(self, effects: Effects) -> None:
        """Note effects on global names, of code that may run now."""
        facts = self.facts
        for name in effects.reads:
            if name not in self.bound and (name not in BUILTINS or self.known.is_bound(name)):
                facts.reads.add(name)
        for name in effects.mutates:
            self.mutate(self.env.get(name) or self.outer_value(name), DEEP)
        for name in effects.writes:
            before = self.env.get(name) or self.outer_value(name)
            value = Value({**before.roots, name: 15}, Kind.UNKNOWN, before.code)
            is_bound = name in self.bound
            self.bind(name, value)
            if not is_bound:
                self.bound.discard(name)

    def branch(self) -> Branch:
        """What the names hold here: to come back to, or to join."""
        return dict(self.env), set(self.bound), self.is_dead

    def enter(self, branch: Branch) -> None:
        """Go on from a branch, which stays as it is."""
        self._ran.clear()
        env, bound, self.is_dead = branch
        self.env, self.bound = dict(env), set(bound)

    def join_branches(self, branches: list[Branch]) -> None:
        """Go on with what the names may hold after any of the branches that come this far."""
        alive = [branch for branch in branches if not branch[2]]
        if len(alive) < 2:
            self.enter(alive[0] if alive else branches[0])
            return
        env, bound, _ = alive[0]
        if all(other[0] == env and other[1] == bound for other in alive[1:]):
            self.enter(alive[0])
            return
        self.is_dead = False
        self._ran.clear()
        self.bound = set.intersection(*(branch[1] for branch in alive))
        joined = {}
        for name in {name for branch in alive for name in branch[0]}:
            values = [branch[0].get(name) or self.outer_value(name) for branch in alive]
            first = values[0]
            same = all(value is first for value in values)
            joined[name] = first if same else join(values)
        self.env = joined


_LASTING = frozenset({Kind.LIBRARY, Kind.DEFINITION})
_SHARED_ANYHOW = frozenset({Kind.PLAIN, Kind.LIBRARY, Kind.DEFINITION})
