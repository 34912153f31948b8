"""The plan of a split: what each step takes, runs and hands on, so that all do what one did.

Run one after another, each in a process of its own, the steps end with the values that the
notebook ends with. Of ``x = 1``, ``y = x + 1`` and ``z = y + 1`` the second takes x and hands on y,
and the third takes y only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from .split import Definition, PlannedStep, SplitPlan, StepFiles, Taking
from .split_bodies import import_fragments
from .split_caches import kept_caches
from .split_cells import place_statements
from .split_edges import Edges, unknown_paths
from .split_file_order import FileOrder
from .split_modules import modules_of
from .split_order import order_steps
from .split_outside import keep_order_outside
from .split_owners import find_owners
from .split_parts import StepParts
from .split_plots import lost_figures
from .split_reading import StepReader
from .split_refusals import (
    hidden_state,
    missing_names,
    not_writable,
    run_order,
    star_imports,
    taken_names,
)
from .split_repeated import Repeats
from .split_shell import FileMatter
from .split_state import Generators, Settings
from .split_windows import kept_places, lost_maps, lost_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .cut import Cut
    from .notebook import Notebook
    from .split import SplitWarning
    from .split_cells import PlacedCells


def plan_split(notebook: Notebook, cut: Cut) -> SplitPlan:
    """The steps of the cut with all that they take and hand on, and what a person should know.

    Raises:
        RefusedError: steps depend on each other in a circle.
    """
    cells = place_statements(notebook, cut)
    order = order_steps(cut, cells.statements)
    cut = replace(cut, steps=tuple(cut.steps[number] for number in order))
    return _Planner(notebook, cut, cells.reordered(order)).plan()


class _Planner:
    """Plans the steps of a cut whose steps are in an order in which they can run."""

    def __init__(self, notebook: Notebook, cut: Cut, cells: PlacedCells) -> None:
        self._notebook = notebook
        self._cut = cut
        self._cells = cells
        self._names = [step.name for step in cut.steps]
        self._edges = Edges(self._names)
        self._reader = StepReader(cells.statements, len(cut.steps))
        self._reader.read()
        self._settings = Settings(self._reader)
        self._settings.add()
        self._owners = find_owners(self._reader.steps, self._reader.parameters)
        self._repeats = Repeats(self._reader, self._owners)
        self._repeats.fill()
        self._settings.add(self._repeats.inputs_of)
        self._by_reference = [self._repeats.by_reference(n) for n in range(len(self._names))]
        self._generators = Generators(self._reader)
        self._kept: list[SplitWarning] = []
        self._parts = StepParts(notebook, cells, self._reader, self._owners)

    def plan(self) -> SplitPlan:
        """The whole plan."""
        self._order()
        steps = tuple(self._step(number) for number in range(len(self._names)))
        return SplitPlan(steps, self._edges.all(), (*self._cut.warnings, *self._warnings()))

    def _order(self) -> None:
        """Find out what has to run after what."""
        names, edges = self._names, self._edges
        for number, takes in enumerate(self._owners.takes):
            for who in sorted(set(takes.values())):
                taken = sorted(name for name, owner in takes.items() if owner == who)
                reason = f"{names[number]} reads {', '.join(taken)}, which {names[who]} leaves."
                edges.add(who, number, reason, taken)
        self._generators.follow(names, edges)
        files = FileOrder(names, edges)
        since: list[int] = []
        for facts in self._reader.steps:
            repeated = self._settings.repeated(facts.number)
            files.run(facts.number, self._reader.files.of_step(facts, repeated))
            for other in since if facts.is_dynamic else since[:1]:
                reason = "The order is kept, because nobody can see what the code there changes."
                if facts.is_dynamic or self._reader.steps[other].is_dynamic:
                    edges.add(other, facts.number, reason)
            since = [facts.number] if facts.is_dynamic else [*since, facts.number]
        self._kept = [*keep_order_outside(names, self._cells.statements, edges)]
        numbers = {name: number for number, name in enumerate(names)}
        for edge in self._cut.edges:
            edges.add(numbers[edge.source], numbers[edge.target], " ".join(edge.reasons))

    def _step(self, number: int) -> PlannedStep:
        step, facts = self._cut.steps[number], self._reader.steps[number]
        definitions = tuple(
            Definition(
                each.name,
                each.placed.statement.source,
                each.placed.cell,
                each.placed.statement.line,
            )
            for each in sorted(facts.definitions, key=lambda each: each.placed.order)
        )
        body = self._parts.body(number)
        imports = import_fragments(facts.imports.values())
        settings = self._settings.fragments(number)
        code = [each.source for each in settings]
        code += [each.source for each in definitions]
        code += [each.source for each in body]
        paths = {use.is_written: set[str]() for _, use in facts.files}
        for _, use in facts.files:
            # Folders that only have to be there are nothing that a step hands on.
            if use.path not in (None, ".") and use.matter is FileMatter.CONTENT:
                paths[use.is_written].add(str(use.path))
        return PlannedStep(
            step.name,
            step.title,
            step.cells,
            body,
            reads=tuple(sorted(facts.reads)),
            writes=self._parts.writes(number),
            defines=self._parts.defines(number),
            takes=self._takes(number),
            outputs=tuple(sorted(self._owners.outputs[number])),
            generators=tuple(sorted(self._generators.left[number], key=lambda each: each.value)),
            parameters=self._parts.parameters(number),
            imports=imports,
            settings=settings,
            definitions=definitions,
            by_reference=self._by_reference[number],
            modules=modules_of(
                imports,
                code,
                self._repeats.inputs_of[number],
                draws_pictures=facts.draws_pictures,
            ),
            files=StepFiles(
                tuple(sorted(paths.get(False, ()))), tuple(sorted(paths.get(True, ())))
            ),
            upstream=self._edges.sources(number),
            finals=tuple(sorted(filter(self._reader.is_value, self._owners.finals[number]))),
        )

    def _takes(self, number: int) -> tuple[Taking, ...]:
        names = self._owners.takes[number]
        generators = self._generators.taken[number]
        return tuple(
            Taking(
                self._names[who],
                tuple(sorted(name for name, owner in names.items() if owner == who)),
                tuple(
                    sorted(
                        (each for each, owner in generators.items() if owner == who),
                        key=lambda each: each.value,
                    )
                ),
            )
            for who in sorted({*names.values(), *generators.values()})
        )

    def _warnings(self) -> Iterator[SplitWarning]:
        reader, statements = self._reader, self._cells.statements
        yield from self._cells.warnings
        yield from run_order(self._notebook)
        yield from missing_names(reader, statements)
        yield from taken_names(statements)
        yield from hidden_state(statements)
        yield from star_imports(reader)
        yield from self._parts.unused_imports()
        yield from self._parts.kept_states(self._by_reference)
        crossing = {name for outputs in self._owners.outputs for name in outputs}
        yield from kept_caches(reader.steps, statements, crossing)
        yield from not_writable(reader, self._owners)
        yield from lost_windows(reader, statements, self._owners.outputs)
        yield from lost_maps(reader, statements, self._owners.outputs)
        yield from lost_figures(statements)
        yield from kept_places(reader, statements, self._owners.outputs)
        yield from self._kept
        yield from self._settings.warnings
        yield from self._generators.warnings
        yield from unknown_paths(use for facts in reader.steps for use in facts.files)
