"""What values are made of: the imports and definitions that reading them again takes.

``frame = pd.read_csv(path)`` is made of pandas, ``model = Net(frame)`` of the class ``Net`` too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .late_patterns import late_pattern
from .split_bindings import Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .flow_facts import Statement
    from .split_bindings import Binding

Leaves = frozenset["Binding"]

_CLASS = late_pattern(r"^class\s", re.MULTILINE)
_NOTHING: Leaves = frozenset()


class MadeOf:
    """Follows from statement to statement what each variable is made of."""

    def __init__(self) -> None:
        self._made: dict[str, Leaves] = {}
        self._changed: set[str] = set()
        self._functions: dict[Binding, Leaves] = {}
        self._loaded = _NOTHING

    def run(self, statement: Statement, bound: Mapping[str, Binding]) -> None:
        """Follow one statement; ``bound`` is what names stand for before it."""
        if self._functions:
            self._functions.clear()
        loaded, self._loaded = self._loaded, _NOTHING
        made = {
            target: _NOTHING.union(*[self._leaves(name, bound) for name in sources])
            for target, sources in statement.made_of
        }
        _hand_on(made, statement.made_of)
        for target, source in statement.shares:
            made[target] = made.get(target, _NOTHING) | self._shared(source, bound)
        if statement.mutates:
            read = _NOTHING.union(*[self._leaves(name, bound) for name in statement.reads])
            for name in statement.mutates:
                made[name] = made.get(name, _NOTHING) | read
        deferred = statement.deferred_reads if statement.definitions else ()
        for name in self._set_by_calls(statement, bound, made):
            made[name] = _NOTHING.union(*[self._leaves(each, bound) for each in statement.reads])
        for name in statement.definitions:
            made[name] = _NOTHING.union(*(self._leaves(each, bound) for each in deferred))
        for name in statement.writes:
            leaves = made.get(name, _NOTHING) | loaded
            if name in statement.maybe_writes or name in statement.mutates:
                leaves |= self._made.get(name, _NOTHING)
            self._set(name, leaves)
        for name in made.keys() - statement.writes if made else ():
            self._set(name, self._made.get(name, _NOTHING) | made[name])

    def read_by(self, statement: Statement, bound: Mapping[str, Binding]) -> Leaves:
        """What the values that a statement reads are made of."""
        names = [n for n in statement.reads if n in bound and bound[n].kind is not Bound.IMPORT]
        return _NOTHING.union(*(self._shared(name, bound) for name in names))

    def load(self, leaves: Leaves) -> Leaves:
        """Have what the next statement writes be made of what is in a file, too."""
        self._loaded = leaves
        return leaves

    def _set_by_calls(
        self, statement: Statement, bound: Mapping[str, Binding], made: Mapping[str, Leaves]
    ) -> Iterable[str]:
        """The names that functions bind which a statement calls: ``global model``."""
        names = statement.writes - made.keys() - statement.plain - statement.definitions
        if not names or statement.imports:
            return ()
        used = (bound.get(name) for name in statement.reads)
        return names if any(each and each.placed.statement.definitions for each in used) else ()

    def end_step(self) -> dict[str, Leaves]:
        """What the variables are made of that a step changed; the next one begins."""
        changed = {name: self._made[name] for name in self._changed}
        self._changed.clear()
        return changed

    def _set(self, name: str, leaves: Leaves) -> None:
        self._made[name] = leaves
        self._changed.add(name)

    def _shared(self, name: str, bound: Mapping[str, Binding]) -> Leaves:
        """What a value is made of that may hold what the name stands for."""
        binding = bound.get(name)
        own = {binding} if binding is not None and binding.kind is Bound.DEFINITION else set()
        return self._leaves(name, bound) | own

    def _leaves(self, name: str, bound: Mapping[str, Binding]) -> Leaves:
        binding = bound.get(name)
        kind = Bound.VALUE if binding is None else binding.kind
        if binding is None or kind is Bound.VALUE or kind is Bound.PARAMETER:
            return self._made.get(name, _NOTHING)
        if kind is Bound.IMPORT:
            return frozenset((binding,))
        if is_class(binding):
            return frozenset((binding,))
        return self._of_function(binding, bound)

    def _of_function(self, binding: Binding, bound: Mapping[str, Binding]) -> Leaves:
        """What may be in the result of a function: what it reads, and so on."""
        if binding not in self._functions:
            # One after the other: a thousand functions may call each other in a chain.
            found: set[Binding] = set()
            seen, waiting = {binding}, [binding]
            while waiting:
                for name in waiting.pop().placed.statement.deferred_reads:
                    other = bound.get(name)
                    if other is None or other.kind is not Bound.DEFINITION or is_class(other):
                        found |= self._leaves(name, bound)
                    elif other not in seen:
                        seen.add(other)
                        waiting.append(other)
            self._functions[binding] = frozenset(found)
        return self._functions[binding]


def _hand_on(made: dict[str, Leaves], made_of: Sequence[tuple[str, frozenset[str]]]) -> None:
    """Have what a statement makes of what it makes itself be made of the same: ``z = y = K()``."""
    if len(made) < 2:
        return
    inner = [(target, sources & made.keys()) for target, sources in made_of]
    inner = [(target, sources - {target}) for target, sources in inner if sources - {target}]
    is_settled = not inner
    while not is_settled:
        is_settled = True
        for target, sources in inner:
            leaves = made[target].union(*[made[source] for source in sources])
            if leaves != made[target]:
                made[target] = leaves
                is_settled = False


def is_class(binding: Binding) -> bool:
    """True for a definition of a class."""
    source = binding.placed.statement.source
    # To look for a word is many times as fast as to look for a pattern.
    return "class" in source and _CLASS.search(source) is not None
