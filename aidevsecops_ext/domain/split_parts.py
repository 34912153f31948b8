"""What is in the notebook of a step: its cells, its parameters, the names that they bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .flow_facts import NO_NAMES, StatementKind
from .late_patterns import late_pattern
from .split import SplitCode, SplitWarning, StepCell
from .split_bindings import Bound
from .split_bodies import body_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from .flow_facts import Statement
    from .notebook import Notebook
    from .split_bindings import Binding
    from .split_cells import Held, PlacedCells
    from .split_owners import Ownership
    from .split_reading import StepReader

# What such a method gives is made by the function that it is given, and hardly ever keeps it.
_APPLIES = late_pattern(
    r"\w+\s*=\s*[\w.\[\]'\"]+\.(?:agg|aggregate|apply|applymap|filter|map|pipe|transform)\("
)


class Changes(Struct, frozen=True):
    """The names that steps bind, and those that they change in any way."""

    written: set[str]
    changed: set[str]


class StepParts:
    """The parts of the steps that come from their own cells."""

    def __init__(
        self, notebook: Notebook, cells: PlacedCells, reader: StepReader, owners: Ownership
    ) -> None:
        self._sources = {cell.index: cell.source for cell in notebook.code_cells}
        self._cells = cells
        self._reader = reader
        self._owners = owners
        self._by_step: dict[int, list[int]] = {}
        self._changes: dict[tuple[int, int], Changes] = {}
        for index, number in sorted(cells.step_of.items()):
            self._by_step.setdefault(number, []).append(index)
        self._unused = [
            binding
            for binding in reader.bindings
            if binding.kind is Bound.IMPORT
            and binding not in reader.used
            and binding.placed in reader.steps[binding.placed.step].hoisted
        ]
        for binding in self._unused:
            reader.steps[binding.placed.step].use_import(binding)

    def body(self, number: int) -> tuple[StepCell, ...]:
        """The code of a step's cells, without what stands at its head."""
        removed = self._reader.steps[number].hoisted.keys() | self._reader.floating
        cells = []
        for index in self._by_step.get(number, ()):
            left = body_of(self._sources[index], self._cells.cells.get(index, ()), removed)
            if left is not None:
                cells.append(StepCell(index, left))
        return tuple(cells)

    def parameters(self, number: int) -> tuple[StepCell, ...]:
        """The cells of parameters as a step needs them: without what has another value by now."""
        wanted = self._owners.parameters[number]
        cells = []
        for index in sorted({self._reader.parameters[name].cell for name in wanted}):
            statements = self._cells.cells[index]
            gone = {
                placed
                for placed in statements
                if placed not in self._reader.floating
                or not all(self._is_as_it_was(n, number) for n in placed.statement.writes)
            }
            left = body_of(self._sources[index], statements, gone)
            cells += [StepCell(index, left)] if left is not None else []
        return tuple(cells)

    def writes(self, number: int) -> tuple[str, ...]:
        """The names that a step binds, without imports that it leaves to others."""
        facts = self._reader.steps[number]
        used = {each.name for each in facts.imports.values()}
        moved = {each.name for made in facts.hoisted.values() for each in made} - used
        return tuple(sorted(facts.written - moved))

    def defines(self, number: int) -> tuple[str, ...]:
        """The functions and classes of a step's own cells."""
        found: set[str] = set()
        for placed in self._reader.steps[number].statements:
            found |= placed.statement.definitions
        return tuple(sorted(found))

    def unused_imports(self) -> Iterator[SplitWarning]:
        """Imports that nothing uses: they stay, because importing may do something."""
        for binding in self._unused:
            yield SplitWarning(
                SplitCode.UNUSED_IMPORT,
                f"No cell uses {binding.name}; the import stays in its step, because importing "
                "may do something.",
                binding.placed.cell,
                binding.placed.statement.line,
            )

    def kept_states(self, by_reference: Sequence[Collection[str]]) -> Iterator[SplitWarning]:
        """Functions and classes that cross as they are, because they cannot be repeated."""
        for number, outputs in enumerate(self._owners.outputs):
            for name in sorted(outputs):
                binding = self._reader.bound_at(name, number + 1)
                held = self._held(binding, by_reference[number]) if binding is not None else ()
                if binding is None or not held:
                    continue
                statement = binding.placed.statement
                is_definition = name in statement.definitions
                is_sure = is_definition or not _APPLIES.match(statement.source)
                apart = self._apart(name, number, binding, held)
                apart.discard(name)
                if apart or is_definition:
                    warning = _kept_state(binding, apart, is_definition=is_definition)
                    yield warning if is_sure else _unsure(warning)

    def _held(self, binding: Binding, by_reference: Collection[str]) -> tuple[Held, ...]:
        """The functions that a variable holds which are written with it, not by their names."""
        found = self._cells.held.get(binding.placed.cell, {}).get(binding.name, ())
        is_definition = binding.name in binding.placed.statement.definitions
        return tuple(each for each in found if is_definition or each.name not in by_reference)

    def _apart(self, name: str, number: int, binding: Binding, held: Sequence[Held]) -> set[str]:
        """The variables that a function uses, and that are others than the notebook's then.

        What goes from step to step with the function it has in common with the notebook, until
        somebody binds the name to something else.
        """
        statement = binding.placed.statement
        reads = {used for each in held for used in each.reads}
        changes = {used for each in held for used in each.changes}
        apart = {used for each in held for used in each.writes}
        if name in statement.definitions:
            reads |= statement.deferred_reads
            changes |= statement.deferred_mutates
            apart |= statement.deferred_writes
        goes_along = NO_NAMES if self._is_made_anew(statement) else binding.held
        if name not in statement.definitions:
            kept = [self._reader.bound_at(each.name, number + 1) for each in held]
            goes_along = goes_along.union(*(each.held for each in kept if each is not None))
        later = self._later(number, len(self._reader.steps) - 1)
        apart |= (changes | reads & (later.changed | self._reader.changing)) - goes_along
        readers = [
            reader for reader, takes in enumerate(self._owners.takes) if takes.get(name) == number
        ]
        return apart | (reads | changes) & self._later(number, max(readers)).written

    def _is_made_anew(self, statement: Statement) -> bool:
        """True for a class that does something when it is made, as it is again when it is read."""
        return "class" in statement.source and any(
            word in placed.statement.source
            for facts in self._reader.steps
            for placed in facts.statements
            for word in ("__init_subclass__", "metaclass")
        )

    def _later(self, number: int, last: int) -> Changes:
        """The names that the steps after one bind or change, up to the last one."""
        found = self._changes.get((number, last))
        if found is None:
            found = self._changes[number, last] = Changes(set(), set())
            for facts in self._reader.steps[number + 1 : last + 1]:
                for placed in facts.statements:
                    if placed.statement.kind is not StatementKind.IMPORT:
                        found.written.update(placed.statement.writes)
                        found.changed.update(placed.statement.writes, placed.statement.mutates)
        return found

    def _is_as_it_was(self, name: str, number: int) -> bool:
        """True for a parameter that no step has changed by then."""
        binding = self._reader.bound_at(name, number)
        is_parameter = binding is not None and binding.kind is Bound.PARAMETER
        return is_parameter and name not in self._owners.takes[number]


def _unsure(warning: SplitWarning) -> SplitWarning:
    """The same where nobody knows whether the function is held."""
    message = warning.message.replace(" holds a function, and", " may hold a function; if so,")
    return replace(warning, message=message, is_error=False)


def _kept_state(binding: Binding, apart: Collection[str], *, is_definition: bool) -> SplitWarning:
    if is_definition:
        what = f"{binding.name} changes or reads variables when it is made, so later steps get it"
    else:
        what = f"{binding.name} holds a function, and later steps get it"
    if apart:
        message = (
            f"{what} as it is; but it uses {', '.join(sorted(apart))}, which changes apart from "
            "it then. Put what belongs together into one step."
        )
    else:
        message = f"{what} as it is instead of making it again."
    line = binding.placed.statement.line
    code = SplitCode.DEFINITION_STATE
    return SplitWarning(code, message, binding.placed.cell, line, bool(apart))
