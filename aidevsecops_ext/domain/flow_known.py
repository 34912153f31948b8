"""What the names of a notebook stand for, cell by cell."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_instances import Use, changes_itself, methods_used
from .flow_library import (
    CONVENTIONS,
    WELL_BEHAVED,
    root_of,
)
from .flow_values import NO_CODE, Definition, Kind, Value, join
from .imports import UnreadableCodeError

if TYPE_CHECKING:
    from collections.abc import Iterable

_OF_IPYTHON = frozenset({"get_ipython", "display", "exit", "quit"})
_OF_MODULES = frozenset(
    [
        "__name__",
        "__doc__",
        "__builtins__",
        "__spec__",
        "__loader__",
        "__package__",
        "__annotations__",
    ]
)
# What people write takes less than thirty a statement.
_WORK, _WORK_OF_STATEMENT = 500_000, 100
BUILTINS = frozenset(dir(builtins)) - {"_"} | _OF_IPYTHON | _OF_MODULES


def is_builtin(name: str) -> bool:
    """True for a name that Python or IPython has before anybody binds it."""
    return name in BUILTINS


class Effects(Struct, frozen=True):
    """What running code of the notebook does to global names, with all that it calls."""

    reads: frozenset[str]
    writes: frozenset[str]
    mutates: frozenset[str]


NO_EFFECTS = Effects(frozenset(), frozenset(), frozenset())


class KnownNames:
    """What earlier cells have bound: imports, definitions, and kinds of values.

    Give one to ``read_statements`` for all cells of a notebook in their order; it learns from each.
    With ``is_partial`` there may be earlier cells that it has not seen.
    """

    def __init__(self, *, is_partial: bool = False) -> None:
        self.is_partial = is_partial
        self._values: dict[str, Value] = {}
        self._unbound: dict[str, Value] = {}
        self._stars: list[str] = []
        self._methods: dict[str, list[Definition]] = {}
        self._effects: dict[Definition, Effects] = {}
        self._uses: dict[tuple[Definition, Use], Effects] = {}
        self._restless: dict[Definition, bool] = {}
        self._left = _WORK
        self.version = 0
        self.followed: list[Definition] = []
        self.has_late_annotations = False

    def begin(self) -> None:
        """Note that one more statement is followed, which may take some work."""
        self._left += _WORK_OF_STATEMENT

    def spend(self, work: int) -> None:
        """Count what takes more than its share where much is tied to each other.

        Raises:
            UnreadableCodeError: it is too much.
        """
        self._left -= work
        if self._left < 0:
            raise UnreadableCodeError("The code ties too much together to be followed.", None)

    def value(self, name: str) -> Value:
        """What the name holds; what Python, IPython or custom say where nobody bound it."""
        value = self._values.get(name) or self._unbound.get(name)
        if value is None:
            value = self._unbound[name] = self._unbound_value(name)
        return value

    def is_bound(self, name: str) -> bool:
        """True where a cell has bound the name."""
        return name in self._values

    def bind(self, name: str, value: Value, is_sure: bool) -> None:
        """Note what a name holds; without ``is_sure`` it may hold what it held before."""
        before = self._values.get(name)
        if before is not None and not is_sure:
            value = join((before, value))
        code = value.code - {value.what} if isinstance(value.what, Definition) else value.code
        new = Value({name: 1}, value.kind, frozenset(code), value.what)
        if before == new:
            return
        self._values[name] = new
        if _is_code(new) or (before is not None and _is_code(before)):
            self._changed()

    def unbind(self, name: str) -> None:
        """Note that a name was deleted."""
        before = self._values.pop(name, None)
        if before is not None and _is_code(before):
            self._changed()

    def add_star(self, module: str) -> None:
        """Note a star import: names that nobody binds may come from it."""
        self._stars.append(module)
        self._changed()

    def called(self, name: str, value: Value) -> Value:
        """What a name stands for that is called: maybe what a star import brought."""
        if self._stars and value.kind is Kind.UNKNOWN and not self.is_bound(name):
            known = [each for each in self._stars if root_of(each) in WELL_BEHAVED]
            if known:
                return Value(value.roots, Kind.LIBRARY, NO_CODE, f"{known[-1]}.{name}")
        return value

    def add_methods(self, definition: Definition) -> None:
        """Note the methods of a class: any object may turn out to be one of it."""
        for name, method in definition.methods.items():
            self._methods.setdefault(name, []).append(method)
        self._changed()

    def methods(self, name: str) -> list[Definition]:
        """All methods of that name, of the classes of the notebook."""
        return self._methods.get(name, [])

    def find_method(self, definition: Definition, name: str) -> Definition | None:
        """The method of a class or of those that it derives from, as far as the notebook knows."""
        waiting = [definition]
        seen = set()
        while waiting:
            each = waiting.pop(0)
            if each in seen:
                continue
            seen.add(each)
            if name in each.methods:
                return each.methods[name]
            bases = [self.value(base).what for base in each.bases]
            waiting.extend(base for base in bases if isinstance(base, Definition))
        return None

    def effects(self, definition: Definition) -> Effects:
        """What running a function, or making and using an instance of a class, does to globals."""
        if definition not in self._effects:
            self._effects[definition] = self._find_effects([definition])
        return self._effects[definition]

    def uses(self, definition: Definition, use: Use) -> Effects:
        """What using an instance of a class does to globals."""
        key = (definition, use)
        if key not in self._uses:
            methods = methods_used(definition, self.value, use)
            self._uses[key] = self._find_effects(list(methods))
        return self._uses[key]

    def is_restless(self, value: Value) -> bool:
        """True for what changes when it is used in any way, or has such a thing in it."""
        if value.kind is Kind.INSTANCE and isinstance(value.what, Definition):
            return self._changes_itself(value.what) or any(map(self._changes_itself, value.code))
        return bool(value.code) and any(map(self._changes_itself, value.code))

    def _changes_itself(self, definition: Definition) -> bool:
        if not definition.is_class:
            return False
        found = self._restless.get(definition)
        if found is None:
            found = self._restless[definition] = changes_itself(definition, self.value)
        return found

    def _changed(self) -> None:
        self.version += 1
        self._effects.clear()
        self._uses.clear()
        self._restless.clear()

    def _unbound_value(self, name: str) -> Value:
        if name in BUILTINS:
            kind = Kind.PLAIN if name in ("__name__", "__doc__") else Kind.LIBRARY
            return Value({}, kind, NO_CODE, f"builtins.{name}" if kind is Kind.LIBRARY else None)
        if name in CONVENTIONS:
            return Value({name: 1}, Kind.LIBRARY, NO_CODE, CONVENTIONS[name])
        return Value({name: 1})

    def _find_effects(self, waiting: list[Definition]) -> Effects:
        reads: set[str] = set()
        writes: set[str] = set()
        mutates: set[str] = set()
        seen: set[Definition] = set()
        while waiting:
            definition = waiting.pop()
            if definition in seen:
                continue
            seen.add(definition)
            self.spend(1 + len(definition.mentions))
            reads |= definition.reads
            writes |= definition.writes
            mutates |= definition.mutates
            mutates |= {
                name
                for name in definition.mentions
                if name in self._values and self.is_restless(self._values[name])
            }
            waiting.extend(self._run_by(definition))
        return Effects(frozenset(reads), frozenset(writes), frozenset(mutates))

    def _run_by(self, definition: Definition) -> Iterable[Definition]:
        """The code that running a definition may run."""
        yield from definition.code
        for name in definition.mentions:
            value = self._values.get(name)
            if value is None:
                continue
            yield from value.code
            if isinstance(value.what, Definition):
                if value.kind is Kind.INSTANCE:
                    use = Use.HANDED if _is_handed(name, definition) else Use.CALLED
                    yield from methods_used(value.what, self.value, use)
                else:
                    yield value.what
        for attribute in definition.attributes:
            yield from self._methods.get(attribute, ())
        for name, method in definition.methods.items():
            if name.startswith("__"):
                yield method
        for base in definition.bases:
            what = self.value(base).what
            if isinstance(what, Definition):
                yield what


def _is_handed(name: str, definition: Definition) -> bool:
    """True where a function gives what a name stands for to another one."""
    return any(name in argument.names for call in definition.calls for argument in call.arguments)


def _is_code(value: Value) -> bool:
    return value.kind in (Kind.DEFINITION, Kind.LIBRARY) or bool(value.code)
