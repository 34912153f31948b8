"""Where the nodes of a pipeline are drawn: from left to right by level, none over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from .pipeline import Number

# A node of Elyra's editor is 180 by 43; above each there is room for its comment.
LEFT, TOP = 60, 140
ACROSS, DOWN = 280, 180
_WIDTH, _HEIGHT = 220, 150


class Position(Struct, frozen=True):
    """The upper left corner of a node."""

    x: Number
    y: Number


def lay_out(
    upstream: Mapping[str, Sequence[str]], taken: Mapping[str, Position]
) -> dict[str, Position]:
    """A position for each node (by id, in their order) that has none in ``taken``.

    A node stands right of all that it waits for; nodes of one level stand below each other.
    """
    found = dict(taken)
    levels = _levels(upstream)
    for id_ in upstream:
        if id_ not in found:
            found[id_] = _free(levels[id_], [found[other] for other in found])
    return {id_: found[id_] for id_ in upstream}


def _levels(upstream: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """How many nodes at most come before each; those in a circle stand right of all others."""
    waiting = {
        id_: {other for other in others if other in upstream} for id_, others in upstream.items()
    }
    levels: dict[str, int] = {}
    while waiting:
        free = [id_ for id_, others in waiting.items() if others <= levels.keys()]
        for id_ in free or [*waiting]:
            levels[id_] = max(
                (levels[other] + 1 for other in waiting[id_] if other in levels), default=0
            )
        for id_ in free or [*waiting]:
            del waiting[id_]
    return levels


def _free(level: int, taken: Collection[Position]) -> Position:
    place = Position(LEFT + level * ACROSS, TOP)
    while any(_overlap(place, other) for other in taken):
        place = Position(place.x, place.y + DOWN)
    return place


def _overlap(one: Position, other: Position) -> bool:
    return abs(one.x - other.x) < _WIDTH and abs(one.y - other.y) < _HEIGHT
