"""The order of the steps, where their cells lie between each other or a tag asks for another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .errors import ErrorCode, RefusedError
from .flow_facts import StatementKind
from .split_dynamic import is_dynamic
from .split_edges import Edges
from .split_file_order import FileOrder
from .split_files import FileReader
from .split_outside import talking
from .split_random import draws_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .cut import Cut
    from .split_cells import Placed

_EVERYTHING = " everything"
_RANDOM = " random"


def order_steps(cut: Cut, statements: Sequence[Placed]) -> list[int]:
    """The steps in an order in which they can run, each as a whole.

    Raises:
        RefusedError: two steps have to run before each other; the message names the cells.
    """
    numbers = {step.name: number for number, step in enumerate(cut.steps)}
    tagged = [(numbers[edge.source], numbers[edge.target]) for edge in cut.edges]
    runs = [placed.step for placed in statements]
    if runs == sorted(runs) and all(source < target for source, target in tagged):
        return list(range(len(cut.steps)))
    needed = {*tagged, *_conflicts(statements)}
    talks = [placed.step for placed in talking(statements)]
    # That steps talk to services in turn is told; it is no reason to refuse them.
    wanted = {pair for pair in pairwise(talks) if pair[::-1] not in needed}
    wanted -= {(other, one) for one, other in wanted}
    order, circle = _sorted(len(numbers), needed | wanted)
    if circle:
        order, circle = _sorted(len(numbers), needed)
    if circle:
        raise _circle(cut, circle)
    return order


def _sorted(count: int, pairs: set[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The steps in the order of the pairs, and those that have to run before each other."""
    after: dict[int, set[int]] = {number: set() for number in range(count)}
    for source, target in pairs:
        after[target].add(source)
    order: list[int] = []
    while after:
        free = next(
            (number for number, sources in after.items() if not sources & after.keys()), None
        )
        if free is None:
            break
        del after[free]
        order.append(free)
    return order, list(after)


def _circle(cut: Cut, numbers: list[int]) -> RefusedError:
    steps = [cut.steps[number] for number in numbers]
    where = "; ".join(
        f"{step.name}: cells {', '.join(str(index + 1) for index in step.cells)}" for step in steps
    )
    return RefusedError(
        ErrorCode.SPLIT_CYCLE,
        f"Steps have to run before each other: their cells depend on each other ({where}).",
        hint="Give cells that depend on each other in turn to one step, or to more steps.",
        details={"steps": [step.name for step in steps]},
    )


def _conflicts(statements: Sequence[Placed]) -> set[tuple[int, int]]:
    """Pairs of steps (before, after) that must not change places."""
    groups = _Groups(statements)
    reader, edges = FileReader(), Edges([])
    count = 1 + max((placed.step for placed in statements), default=0)
    files = FileOrder([""] * count, edges)
    writers: dict[str, int] = {}
    readers: dict[str, set[int]] = {}
    found: set[tuple[int, int]] = set()
    for placed in statements:
        reads, writes = groups.touched(placed)
        files.run(placed.step, reader.uses(placed.statement))
        for name in reads | writes:
            if name in writers:
                found.add((writers[name], placed.step))
        for name in writes:
            found.update((reader, placed.step) for reader in readers.pop(name, ()))
            writers[name] = placed.step
        for name in reads:
            readers.setdefault(name, set()).add(placed.step)
    return {(one, other) for one, other in found if one != other} | edges.pairs()


class _Groups:
    """Names by the groups of those that may ever share an object."""

    def __init__(self, statements: Sequence[Placed]) -> None:
        self._parent: dict[str, str] = {}
        for placed in statements:
            for target, source in placed.statement.shares:
                self._parent[self._of(target)] = self._of(source)

    def touched(self, placed: Placed) -> tuple[set[str], set[str]]:
        """What a statement reads and what it writes: groups of names, random state."""
        statement = placed.statement
        reads = {self._of(name) for name in statement.reads | statement.loads} | {_EVERYTHING}
        changed = statement.writes | statement.mutates | statement.deletes
        writes = {self._of(name) for name in changed}
        if statement.kind is StatementKind.IMPORT:
            writes = set()
        draws = draws_of(statement.calls, has_unknown=False)
        if draws.seeds or draws.draws or draws.may_draw:
            writes.add(_RANDOM)
        if is_dynamic(statement):
            writes.add(_EVERYTHING)
        return reads, writes

    def _of(self, name: str) -> str:
        while (parent := self._parent.get(name, name)) != name:
            name = parent
        return name
