"""What every step reads, binds and changes: one pass over the statements, in their order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .flow_facts import NO_NAMES, StatementKind
from .split_aliases import Aliases
from .split_bindings import (
    Binding,
    Bound,
    changing_definitions,
    deferred_names,
    goes_on,
    held_by,
    is_definition_by_value,
    is_same_import,
    roots_of,
)
from .split_dynamic import compared_names, is_dynamic, moves_imports
from .split_file_facts import FileFacts
from .split_loggers import changes_logging
from .split_made import MadeOf
from .split_pickles import Pickles
from .split_random import is_fitting
from .split_settings import PROCESS, Sets, setting_of
from .split_signs import DYNAMIC, FITS, MOVES, SETS, signs_of
from .split_values import Missing, Setting, StepFacts
from .step_tags import CellRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .flow_facts import Statement
    from .split_cells import Placed

_REPEATED = (Bound.IMPORT, Bound.DEFINITION)
_SHARED = frozenset({CellRole.IMPORTS, CellRole.FUNCTIONS, CellRole.PARAMETERS})


class StepReader:
    """Reads the statements, in the order in which the steps run them."""

    def __init__(self, statements: Sequence[Placed], count: int) -> None:
        self.steps = [StepFacts(number) for number in range(count)]
        self.bound: dict[str, Binding] = {}
        self.bindings: list[Binding] = []
        self.missing: list[Missing] = []
        self.floating: set[Placed] = set()
        self.parameters: dict[str, Placed] = {}
        self.stars: list[tuple[Placed, Binding]] = []
        self._for_all: list[tuple[Placed, Binding]] = []
        self.used: set[Binding] = set()
        self.at_use: dict[Placed, dict[str, Binding]] = {}
        self._statements = statements
        self._changing = changing_definitions(statements)
        self._changing_names: set[str] = set()
        self.changing: set[str] = set()
        self._aliases = Aliases()
        self.made = MadeOf()
        self.settings: list[Setting] = []
        self._last_dynamic: Placed | None = None
        self.files = FileFacts()
        self._pickles = Pickles()
        self._history: dict[str, list[tuple[int, Binding | None]]] = {}

    def read(self) -> None:
        """Follow all statements."""
        current = 0
        for placed in self._statements:
            while current < placed.step:
                self._end_step(current)
                current += 1
            self._run(placed)
        while current < len(self.steps):
            self._end_step(current)
            current += 1
        for placed, binding in self._for_all:
            for step in self.steps[placed.step :]:
                step.use_import(binding)

    def _end_step(self, number: int) -> None:
        step = self.steps[number]
        for placed in step.statements:
            for name in placed.statement.deferred_reads if placed.statement.definitions else ():
                found = self.bound.get(name)
                if found is None:
                    continue
                if found.kind in (Bound.IMPORT, Bound.DEFINITION):
                    self._use_deferred(found, step)
                elif self._kind_of(placed) is Bound.VALUE and name not in step.local:
                    step.needs.add(name)
        step.aliases = self._aliases.end_step()
        step.made = self.made.end_step()

    def _run(self, placed: Placed) -> None:
        statement, step = placed.statement, self.steps[placed.step]
        if self._is_floating(placed):
            self.floating.add(placed)
            self._float(placed)
            return
        step.statements.append(placed)
        if statement.kind is StatementKind.IMPORT:
            self._import(placed, step)
            return
        reads = statement.reads | statement.mutates | statement.deletes
        signs = signs_of(statement)
        if signs & DYNAMIC and is_dynamic(statement):
            step.is_dynamic = True
            self._last_dynamic = placed
            reads |= self.bound.keys()
        # In an order of their own, because what is told of them keeps it.
        for name in sorted(reads):
            self._read(name, placed, step)
        for name in statement.loads - reads:
            self._follow(self.bound.get(name), step)
        self._note_state(placed, step, signs)
        step.compared |= compared_names(statement)
        step.reads.update(filter(self._is_value, statement.reads - step.local))
        if signs & MOVES and moves_imports(statement):
            step.has_marker = True
        self._write(placed, step)
        if self._last_dynamic is placed:
            values = {name for name in self.bound if self._is_value(name)}
            self._aliases.change(values)
            step.written |= values
            step.maybe |= values - step.local

    def _note_state(self, placed: Placed, step: StepFacts, signs: int) -> None:
        """Note what a statement sets, and which files it uses."""
        statement, bound = placed.statement, self.bound
        used = {bound[name] for name in statement.reads | statement.loads if name in bound}
        step.calls[placed] = used
        sets = None
        runs_own = Bound.DEFINITION in [each.kind for each in used]
        if signs & SETS or statement.mutates or runs_own:
            sets = setting_of(statement, used)
        if sets is None and changes_logging(statement, bound):
            sets = Sets(PROCESS)
        if sets is not None:
            needs = tuple(bound[name] for name in statement.reads if name in bound)
            self.settings.append(Setting(placed, sets.module, needs, sets.is_whole))
        if (signs & FITS or runs_own) and is_fitting(statement, used):
            step.fitted[placed] = roots_of(self.made.read_by(statement, bound))
        uses = self.files.note(placed, step, signs)
        if uses:
            made = self.made.read_by(statement, bound)
            step.loaded |= self.made.load(self._pickles.run(statement, uses, made))

    def is_value(self, name: str) -> bool:
        """True when the name, after all statements, stands for a value of its own."""
        return name in self.bound and self._is_value(name)

    def _is_value(self, name: str) -> bool:
        binding = self.bound.get(name)
        return binding is None or binding.kind in (Bound.VALUE, Bound.PARAMETER)

    def _read(self, name: str, placed: Placed, step: StepFacts) -> None:
        """Note that a statement uses what a name stands for."""
        binding = self.bound.get(name)
        if binding is None and self._last_dynamic is not None and name not in step.maybe:
            binding = self._bind_dynamic(name, self._last_dynamic)
        if binding is None:
            self.missing += [Missing(name, placed)] * (name not in step.maybe)
            return
        self.used.add(binding)
        if name not in step.local:
            step.use(binding)
            step.seen.add(name)
        elif binding.kind is Bound.IMPORT and binding.placed in step.hoisted:
            step.use_import(binding)
        if binding.kind is not Bound.IMPORT and binding not in step.followed:
            self._follow(binding, step)

    def _bind_dynamic(self, name: str, placed: Placed) -> Binding:
        """Take a name that nobody binds to be bound by code that nobody can see through."""
        binding = Binding(name, Bound.VALUE, placed)
        self._bind(binding)
        step = self.steps[placed.step]
        step.written.add(name)
        step.maybe.add(name)
        return binding

    def _follow(self, binding: Binding | None, step: StepFacts) -> None:
        """Note what a function or class needs, that the step may call."""
        if binding is None:
            return
        if binding in step.followed and binding.kind is not Bound.IMPORT:
            self.used.add(binding)
            return
        waiting = [binding]
        while waiting:
            each = waiting.pop()
            self.used.add(each)
            if each in step.followed or each.kind is Bound.IMPORT:
                if each.kind is Bound.IMPORT and each.name not in step.local:
                    step.use(each)
                elif each.kind is Bound.IMPORT and each.placed in step.hoisted:
                    step.use_import(each)
                continue
            step.followed.add(each)
            own = each.placed.step == step.number and each.name in step.local
            if each.kind is Bound.DEFINITION and not own:
                step.use(each)
                waiting.extend(each.needs)
            for name in deferred_names(each):
                found = self.bound.get(name)
                waiting += [found] if found is not None else []
                if found is not None and name not in step.local and self._is_value(name):
                    step.needs.add(name)
                    step.seen.add(name)

    def _use_deferred(self, found: Binding, step: StepFacts) -> None:
        """Note what a function of the step mentions, although nobody calls it there."""
        self.used.add(found)
        is_own = found.name in step.local
        if not is_own or found.placed in step.hoisted:
            step.use(found)
        self._follow(found, step)

    def _import(self, placed: Placed, step: StepFacts) -> None:
        """Note an import; it goes to the head of the step unless its place matters."""
        statement = placed.statement
        made = tuple(self._imported(placed, statement))
        if any(found.imported is not None and found.imported.is_star for found in made):
            self.stars.append((placed, made[0]))
        is_future = all(found.imported and found.imported.module == "__future__" for found in made)
        if is_future or (self.stars and self.stars[-1][0] is placed):
            self._for_all += [(placed, found) for found in made]
            step.hoisted[placed] = ()
            return
        is_free = not step.has_marker and all(
            found.name not in step.local | step.seen | step.maybe for found in made
        )
        fresh = [found for found in made if not is_same_import(self.bound.get(found.name), found)]
        for found in fresh:
            self._bind(found)
            step.local.add(found.name)
            step.written.add(found.name)
        self._aliases.run(statement, statement.writes)
        if is_free or not fresh:
            step.hoisted[placed] = made

    def _imported(self, placed: Placed, statement: Statement) -> Iterable[Binding]:
        for each in statement.imports:
            before = self.bound.get(each.name)
            also = before if before is not None and goes_on(before, each) else None
            yield Binding(each.name, Bound.IMPORT, placed, each, also=also)

    def before(self, name: str, placed: Placed) -> Binding | None:
        """What a name stood for before a statement bound anything."""
        found = None
        for _, binding in self._history.get(name, ()):
            if binding is not None and binding.placed.order < placed.order:
                found = binding
        return found

    def known_before(self, placed: Placed) -> tuple[Binding, ...]:
        """What the names stood for that a statement reads."""
        found = (self.before(name, placed) for name in sorted(placed.statement.reads))
        return tuple(each for each in found if each is not None)

    def bound_at(self, name: str, step: int) -> Binding | None:
        """What a name stands for where a step begins."""
        history = self._history.get(name, [])
        place = bisect_left(history, step, key=lambda entry: entry[0])
        return history[place - 1][1] if place else None

    def _bind(self, binding: Binding) -> None:
        self.bound[binding.name] = binding
        self.bindings.append(binding)
        # What is only repeated is there before the step that stands behind it.
        begins = binding.placed.step - (binding.placed in self.floating)
        self._note(binding.name, begins, binding)

    def _note(self, name: str, step: int, binding: Binding | None) -> None:
        self._history.setdefault(name, []).append((step, binding))

    def _write(self, placed: Placed, step: StepFacts) -> None:
        """Note what a statement binds and deletes."""
        statement = placed.statement
        kind = self._kind_of(placed)
        needs = (
            tuple(self.bound[name] for name in statement.reads if name in self.bound)
            if kind is Bound.DEFINITION
            else ()
        )
        skip = set(statement.writes) if kind is not Bound.VALUE else set()
        for name in (statement.reads | statement.mutates) - statement.writes:
            found = self.bound.get(name)
            if found is not None and found.kind in _REPEATED:
                skip.add(name)
        is_kept = kind is Bound.VALUE and statement.kind is StatementKind.DEFINITION
        held = held_by(statement, self.bound) if is_kept else NO_NAMES
        ties = list(self._ties(statement, held)) if kind is Bound.VALUE else []
        self._aliases.run(statement, skip, ties)
        if self._changing:
            self._note_changing(placed, [*statement.shares, *ties])
        self.made.run(statement, self.bound)
        imports = {each.name: each for each in statement.imports} if statement.imports else {}
        for name in statement.writes:
            imported = imports.get(name)
            as_import = imported is not None and kind is Bound.VALUE and statement.is_conditional
            own = Bound.IMPORT if as_import else kind
            if name in statement.maybe_writes and not as_import:
                if name in self.bound and name not in step.local:
                    before = self.bound[name]
                    if before.kind in _REPEATED:
                        step.use(before)
                        self._follow(before, step)
                step.maybe.add(name)
            else:
                step.local.add(name)
            step.written.add(name)
            step.deleted.discard(name)
            imported_as = imported if as_import else None
            self._bind(Binding(name, own, placed, imported_as, needs, held=held))
        for name in statement.deletes:
            step.local.discard(name)
            step.maybe.discard(name)
            step.deleted.add(name)
            self.bound.pop(name, None)
            self._note(name, step.number, None)

    def _note_changing(self, placed: Placed, shares: Iterable[tuple[str, str]]) -> None:
        """Take whoever uses a function or class that changes to change it."""
        statement = placed.statement
        used = (statement.reads | statement.loads) & self._changing_names
        self._changing_names -= statement.writes - statement.maybe_writes
        if placed in self._changing:
            names = statement.definitions or statement.writes
            self._changing_names |= names
            self.changing |= names
        self._changing_names |= {target for target, source in shares if source in used}
        self._aliases.change(used & self._changing_names)

    def _ties(self, statement: Statement, held: frozenset[str]) -> Iterator[tuple[str, str]]:
        """What a definition that is a value holds, and what is made of such a definition."""
        if statement.kind is StatementKind.DEFINITION:
            for name in statement.definitions:
                yield from ((name, source) for source in statement.reads | held)
        # What a function binds for all may be whatever it was given or has read.
        for function in statement.reads if statement.writes else ():
            called = self.bound.get(function)
            bound = called.placed.statement.deferred_writes if called is not None else NO_NAMES
            for name in bound and bound & statement.writes:
                yield from ((name, source) for source in statement.reads | {name})
        for target, sources in statement.made_of:
            for source in sources:
                binding = self.bound.get(source)
                if binding is not None and is_definition_by_value(binding):
                    yield target, source
                elif binding is not None and binding.kind is Bound.DEFINITION:
                    inner = binding.placed.statement.deferred_reads
                    # What is done with a function that is passed on is not known that well.
                    is_called = any(call.callee == source for call in statement.calls)
                    inner = inner & self.changing if is_called else inner
                    yield from ((target, name) for name in inner if self._is_value(name))

    def _kind_of(self, placed: Placed) -> Bound:
        statement = placed.statement
        if statement.kind is not StatementKind.DEFINITION or placed in self._changing:
            return Bound.VALUE
        if statement.mutates or any(self._is_value(name) for name in statement.reads):
            return Bound.VALUE
        return Bound.DEFINITION

    def _is_floating(self, placed: Placed) -> bool:
        """True for a statement of a cell of no step that is only repeated, and never run."""
        statement = placed.statement
        if placed.role not in _SHARED or statement.writes & self.bound.keys():
            return False
        if statement.kind is StatementKind.IMPORT:
            return not any(
                each.is_star or each.module == "__future__" for each in statement.imports
            )
        if statement.kind is StatementKind.DEFINITION:
            return self._kind_of(placed) is Bound.DEFINITION
        return (
            placed.role is CellRole.PARAMETERS
            and bool(statement.writes)
            and not (statement.maybe_writes or statement.mutates or statement.shares)
            and not statement.calls
            and all(name in self.parameters or not self._is_value(name) for name in statement.reads)
        )

    def _float(self, placed: Placed) -> None:
        statement = placed.statement
        if statement.kind is StatementKind.IMPORT:
            for found in self._imported(placed, statement):
                self._bind(found)
            return
        is_definition = statement.kind is StatementKind.DEFINITION
        kind = Bound.DEFINITION if is_definition else Bound.PARAMETER
        needs = tuple(self.bound[name] for name in statement.reads if name in self.bound)
        for name in statement.writes:
            self._bind(Binding(name, kind, placed, needs=needs))
            if not is_definition:
                self.parameters[name] = placed
