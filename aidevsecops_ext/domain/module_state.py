"""Which functions of a module change what the module holds, which no other process can tell.

Of ``rows = []`` and ``def add(row): rows.append(row)`` it is ``add``, and whoever calls it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from .flow_facts import StatementKind
from .flow_known import KnownNames
from .flow_methods import FRESH_METHODS, PLAIN_METHODS, SHARING_METHODS
from .flow_values import Kind
from .imports import UnreadableCodeError
from .split_hidden import keeps_state
from .statement_flow import read_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .flow_facts import Statement

Place = tuple[str, str]
"""The path of a module, and a name in it."""

_LOOKS = FRESH_METHODS | PLAIN_METHODS | SHARING_METHODS


class ModuleState(Struct):
    """What of some modules changes what they hold.

    ``names`` are the paths of the modules by the names that they are imported by.
    """

    names: Mapping[str, str]
    _changers: set[Place] = field(default_factory=set)
    _held: set[Place] = field(default_factory=set)
    _calls: dict[Place, set[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[str, str], sources: Mapping[str, str]) -> ModuleState:
        """What the sources say, by their paths; one that is not Python says nothing."""
        state = cls(names)
        for path, source in sources.items():
            known = KnownNames()
            try:
                statements = read_statements(source, known)
            except UnreadableCodeError:
                continue
            for statement in statements:
                state._read(path, statement)
            bound = {name for each in statements for name in each.writes}
            state._held |= {
                (path, name) for name in bound if known.value(name).kind is Kind.INSTANCE
            }
        state._follow_calls()
        return state

    def changed_by(self, target: str) -> str | None:
        """The name of the module that a call changes, None where it changes none."""
        name = target
        while name and name not in self.names:
            name = name.rpartition(".")[0]
        if not name:
            return None
        path = self.names[name]
        called, _, method = target[len(name) + 1 :].partition(".")
        is_held = (path, called) in self._held and bool(method) and method not in _LOOKS
        return name if is_held or (path, called) in self._changers else None

    def _read(self, path: str, statement: Statement) -> None:
        if statement.kind is not StatementKind.DEFINITION:
            return
        changed = statement.deferred_writes | statement.deferred_mutates
        self._held |= {(path, name) for name in changed}
        for name in statement.definitions:
            place = (path, name)
            if changed or keeps_state(statement.source):
                self._changers.add(place)
            self._calls[place] = {
                found
                for call in statement.calls
                for found in self._called(path, call.target or call.callee)
            }

    def _called(self, path: str, target: str) -> Iterable[Place]:
        """What a call of a module may be: of itself, or of another one."""
        name, _, called = target.rpartition(".")
        if not name:
            yield path, called
        elif name in self.names:
            yield self.names[name], called

    def _follow_calls(self) -> None:
        """Have whoever calls what changes a module change it, too."""
        found = True
        while found:
            found = False
            for place, called in self._calls.items():
                if place not in self._changers and not self._changers.isdisjoint(called):
                    self._changers.add(place)
                    found = True
