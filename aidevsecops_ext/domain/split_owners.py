"""Who has each variable: what a step takes from which earlier step, and what it carries on.

A variable belongs to the last step that bound it, changed it, or tied it to another variable whose
object somebody changes later: names of one object go together, so that they stay one object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .split_values import PARAMETER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from .split_values import StepFacts


class Ownership(Struct, frozen=True):
    """For each step what it takes from which step, what later ones take, and what it ends with.

    ``parameters`` are those that it takes as the cell of parameters has them; ``finals`` are the
    names whose value at the end of the notebook is that at the end of the step.
    """

    takes: tuple[dict[str, int], ...]
    outputs: tuple[frozenset[str], ...]
    parameters: tuple[frozenset[str], ...]
    finals: tuple[frozenset[str], ...]


def find_owners(steps: Sequence[StepFacts], parameters: Collection[str]) -> Ownership:
    """Who has each variable at each step."""
    wanted, carried = _find_wanted(steps)
    owner = dict.fromkeys(parameters, PARAMETER)
    stale: set[str] = set()
    takes: list[dict[str, int]] = []
    kept: list[frozenset[str]] = []
    outputs: list[set[str]] = [set() for _ in steps]
    for step, names, carries in zip(steps, wanted, carried, strict=True):
        found = {name: owner[name] for name in names if name in owner}
        kept.append(frozenset(name for name, who in found.items() if who == PARAMETER))
        taken = {name: who for name, who in found.items() if who != PARAMETER}
        takes.append(taken)
        for name, who in taken.items():
            outputs[who].add(name)
        mutated = frozenset[str]().union(*(step.aliases.changed if step.aliases else ()))
        stale |= mutated - found.keys()
        mine = step.written | ((carries | mutated) & found.keys())
        unsure = (step.maybe - step.local - found.keys()) & owner.keys()
        stale = (stale - mine) | unsure
        owner.update(dict.fromkeys(mine, step.number))
        for name in step.deleted:
            owner.pop(name, None)
    finals: list[set[str]] = [set() for _ in steps]
    for name, who in owner.items():
        if who != PARAMETER and name not in stale:
            finals[who].add(name)
    return Ownership(
        tuple(takes), tuple(map(frozenset, outputs)), tuple(kept), tuple(map(frozenset, finals))
    )


def _find_wanted(steps: Sequence[StepFacts]) -> tuple[list[set[str]], list[set[str]]]:
    """For each step the variables that it has to be given, and those it carries on; from the end.

    ``live`` are variables that a later step has to be given, ``dirty`` those whose objects a later
    step may change.
    """
    live: set[str] = set()
    dirty: set[str] = set()
    wanted: list[set[str]] = []
    carried: list[set[str]] = []
    for step in reversed(steps):
        names = step.needs | ((step.maybe - step.local) & live)
        carries: set[str] = set()
        begun_dirty: set[str] = set()
        groups = step.aliases.groups if step.aliases else ()
        for group in groups:
            needed = group.names & live
            if group.names.isdisjoint(dirty):
                continue
            begun_dirty |= group.before
            if len(needed) > 1 and (group.is_joined or not needed.isdisjoint(step.written)):
                names |= needed - step.local
                carries |= needed
        for changed in step.aliases.changed if step.aliases else ():
            kept = (changed & live) - step.local
            names |= kept
            carries |= kept
            begun_dirty |= changed
        live -= step.local | step.deleted
        dirty -= step.local | step.deleted
        live |= names
        dirty |= begun_dirty | (step.compared & names)
        wanted.append(names)
        carried.append(carries)
    return wanted[::-1], carried[::-1]
