"""What a step repeats because of what it takes: classes and imports that the values are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split_bindings import Bound
from .split_made import is_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .split_bindings import Binding
    from .split_owners import Ownership
    from .split_reading import StepReader


class Repeats:
    """What values are made of where each step takes them; fills in what the steps repeat."""

    def __init__(self, reader: StepReader, owners: Ownership) -> None:
        self._reader = reader
        self._owners = owners
        self.inputs_of: list[frozenset[Binding]] = []
        self.leaves: list[dict[str, frozenset[Binding]]] = []

    def fill(self) -> None:
        """Have each step repeat the definitions that its inputs are made of."""
        made: dict[str, frozenset[Binding]] = {}
        for facts in self._reader.steps:
            taken = self._owners.takes[facts.number]
            leaves = {name: made.get(name, frozenset()) for name in taken}
            every = facts.loaded.union(*leaves.values())
            self.inputs_of.append(every)
            for binding in every:
                if binding.kind is Bound.DEFINITION:
                    self._repeat(binding, facts.number)
            made.update(facts.made)
            outputs = self._owners.outputs[facts.number]
            self.leaves.append({name: made.get(name, frozenset()) for name in outputs})

    def by_reference(self, number: int) -> tuple[str, ...]:
        """The definitions that a step can write by their names: all who read it have the same."""
        found: set[Binding] = set()
        for leaves in self.leaves[number].values():
            found |= {each for each in leaves if each.kind is Bound.DEFINITION}
        found |= self._classes_used_by(found, number)
        readers = [
            reader
            for reader in range(number + 1, len(self._reader.steps))
            if number in self._owners.takes[reader].values()
        ]
        return tuple(
            sorted(
                each.name
                for each in found
                if self._has(each, number)
                and all(self._has(each, reader, at_start=True) for reader in readers)
            )
        )

    def _classes_used_by(self, found: Iterable[Binding], number: int) -> set[Binding]:
        """The classes that definitions use: their methods may give instances of them."""
        seen = set(found)
        waiting = [*seen]
        while waiting:
            each = waiting.pop()
            used = self._deferred(each, number + 1)
            new = {found for found in used if found.kind is Bound.DEFINITION} - seen
            seen |= new
            waiting += new
        return {each for each in seen if is_class(each)}

    def _has(self, binding: Binding, number: int, *, at_start: bool = False) -> bool:
        """True when the step has exactly this definition by that name."""
        facts = self._reader.steps[number]
        if at_start:
            versions = [each for each in facts.definitions if each.name == binding.name]
            if binding.name in self._owners.takes[number]:
                return False
            return bool(versions) and max(versions, key=_order) is binding
        now = self._reader.bound_at(binding.name, number + 1)
        return now is binding

    def _repeat(self, binding: Binding, number: int) -> None:
        facts = self._reader.steps[number]
        waiting = [binding]
        while waiting:
            each = waiting.pop()
            if each.kind is Bound.IMPORT:
                facts.use_import(each)
            elif each.kind is Bound.DEFINITION and each not in facts.definitions:
                facts.definitions.setdefault(each)
                waiting.extend(each.needs)
                waiting.extend(self._deferred(each, number))

    def _deferred(self, binding: Binding, number: int) -> Iterable[Binding]:
        for name in binding.placed.statement.deferred_reads:
            found = self._reader.bound_at(name, number)
            if found is not None and found.kind in (Bound.IMPORT, Bound.DEFINITION):
                yield found


def _order(binding: Binding) -> int:
    return binding.placed.order
