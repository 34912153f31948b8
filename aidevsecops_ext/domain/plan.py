"""The plan of a split: what each step takes, runs and hands on, so that all do what one did.

Run one after another, each in a process of its own, the steps end with the values that the
notebook ends with. Of ``x = 1``, ``y = x + 1`` and ``z = y + 1`` the second takes x and hands on y,
and the third takes y only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split import Definition, Edge, PlannedStep, SplitPlan, Taking
from .split_bodies import body_of, import_fragments, step_cell
from .split_cells import place_statements
from .split_owners import find_owners
from .split_reading import StepReader
from .split_repeated import Repeats

if TYPE_CHECKING:
    from .cut import Cut
    from .notebook import Notebook


def plan_split(notebook: Notebook, cut: Cut) -> SplitPlan:
    """The steps of the cut with all that they take and hand on, and what a person should know.

    Raises:
        RefusedError: steps depend on each other in a circle.
    """
    cells = place_statements(notebook, cut)
    reader = StepReader(cells.statements, len(cut.steps))
    reader.read()
    owners = find_owners(reader.steps, reader.parameters)
    repeats = Repeats(reader, owners)
    repeats.fill()
    names = [step.name for step in cut.steps]
    sources = {cell.index: cell.source for cell in notebook.code_cells}
    steps = []
    edges = []
    for step, facts in zip(cut.steps, reader.steps, strict=True):
        takes: dict[int, list[str]] = {}
        for name, who in owners.takes[facts.number].items():
            takes.setdefault(who, []).append(name)
        removed = facts.hoisted.keys()
        body = []
        for index, owner in sorted(cells.step_of.items()):
            if owner == facts.number and index in step.cells:
                left = body_of(sources[index], cells.cells.get(index, ()), removed)
                if left is not None:
                    body.append(step_cell(index, left))
        definitions = sorted(facts.definitions, key=lambda each: each.placed.order)
        steps.append(
            PlannedStep(
                step.name,
                step.title,
                step.cells,
                tuple(body),
                tuple(sorted(facts.reads)),
                tuple(sorted(facts.written)),
                takes=tuple(Taking(names[who], tuple(sorted(takes[who]))) for who in sorted(takes)),
                outputs=tuple(sorted(owners.outputs[facts.number])),
                imports=import_fragments(facts.imports.values()),
                definitions=tuple(
                    Definition(
                        each.name,
                        each.placed.statement.source,
                        each.placed.cell,
                        each.placed.statement.line,
                    )
                    for each in definitions
                ),
                upstream=tuple(names[who] for who in sorted(takes)),
                by_reference=repeats.by_reference(facts.number),
                finals=tuple(sorted(filter(reader.is_value, owners.finals[facts.number]))),
            )
        )
        edges += [
            Edge(
                names[who],
                step.name,
                tuple(sorted(takes[who])),
                (f"{step.name} reads {', '.join(sorted(takes[who]))}, which {names[who]} wrote.",),
            )
            for who in sorted(takes)
        ]
    return SplitPlan(tuple(steps), tuple(edges), (*cut.warnings, *cells.warnings))
