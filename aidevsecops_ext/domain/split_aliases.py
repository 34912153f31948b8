"""Which variables may share an object, step by step.

Names that may share one are in one group. An object of a group that a step changes is changed for
all of the group, so the step has to carry on all of them that anybody still needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .flow_facts import Statement


class Group(Struct, frozen=True):
    """Names that may share objects at the end of a step that had to do with them.

    ``before`` are those that shared them when it began; ``is_joined`` tells that they did not all.
    """

    names: frozenset[str]
    before: frozenset[str]
    is_joined: bool


class StepAliases(Struct, frozen=True):
    """What a step did to groups: those that it touched, and those whose objects it may change."""

    groups: tuple[Group, ...]
    changed: tuple[frozenset[str], ...]


class Aliases:
    """Follows the groups from statement to statement."""

    def __init__(self) -> None:
        self._group: dict[str, int] = {}
        self._names: dict[int, set[str]] = {}
        self._next = 0
        self._first_new = 0
        self._origins: dict[int, set[int]] = {}
        self._before: dict[int, frozenset[str]] = {}
        self._touched: set[int] = set()
        self._changed: set[int] = set()
        self._moved: dict[int, int] = {}

    def run(
        self, statement: Statement, ignored: Iterable[str], ties: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Follow one statement; imports and repeated definitions are ignored.

        ``ties`` are more names that share objects after it than the statement knows of.
        """
        outside = frozenset(ignored)
        skip = statement.plain - statement.maybe_writes | outside
        if statement.mutates:
            self.change(statement.mutates - outside)
        shares = [
            (target, source)
            for target, source in (*statement.shares, *ties)
            if target not in skip and source not in outside
        ]
        # ``a = a or b`` may leave the object that it was: nobody says so in ``shares``.
        shares += [(name, name) for name in statement.writes & statement.reads - skip]
        before = {source: self._of(source) for _, source in shares}
        group = self._group
        for name in statement.writes:
            # One that may keep its value stays with those that share it.
            if name in group and name not in statement.maybe_writes:
                self._leave(name)
            if name not in skip:
                self._of(name)
        for target, source in shares:
            self._join(self._of(target), self._now(before[source]))
            if source in statement.writes - skip:
                self._join(self._of(target), self._of(source))
        if statement.mutates:
            self.change((statement.mutates & statement.writes) - skip)
        for name in statement.deletes:
            self._leave(name)

    def end_step(self) -> StepAliases:
        """What the step did that ends here; the next one begins."""
        groups = []
        for number in self._touched & self._names.keys():
            origins = self._origins.get(number, self._own_origin(number))
            before = frozenset[str]().union(*(self._begun(origin) for origin in origins))
            groups.append(Group(frozenset(self._names[number]), before, len(origins) > 1))
        changed = tuple(self._begun(number) for number in self._changed)
        self._origins.clear()
        self._before.clear()
        self._touched.clear()
        self._changed.clear()
        self._first_new = self._next
        return StepAliases(tuple(groups), changed)

    def _of(self, name: str) -> int:
        """The group of a name, a new one if it has none."""
        number = self._group.get(name)
        if number is None:
            number = self._group[name] = self._next
            self._names[number] = set()
            self._next += 1
            self._names[number].add(name)
        self._touch(number)
        return number

    def _now(self, number: int) -> int:
        """The group that a group has become part of since."""
        while number not in self._names:
            number = self._moved[number]
        return number

    def _touch(self, number: int) -> None:
        self._touched.add(number)
        if number < self._first_new and number not in self._before:
            self._before[number] = frozenset(self._names[number])

    def _begun(self, number: int) -> frozenset[str]:
        return self._before[number]

    def _own_origin(self, number: int) -> set[int]:
        return {number} if number < self._first_new else set()

    def _leave(self, name: str) -> None:
        number = self._group.pop(name, None)
        if number is not None:
            self._touch(number)
            self._names[number].discard(name)

    def change(self, names: Iterable[str]) -> None:
        """Note that the objects of these names may change."""
        for name in names:
            number = self._of(name)
            self._changed |= self._origins.get(number, self._own_origin(number))

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        if len(self._names[one]) < len(self._names[other]):
            one, other = other, one
        self._touch(one)
        self._touch(other)
        origins = self._origins.get(one, self._own_origin(one)) | self._origins.get(
            other, self._own_origin(other)
        )
        self._origins[one] = origins
        for name in self._names.pop(other):
            self._names[one].add(name)
            self._group[name] = one
        self._moved[other] = one
