"""Who asks for what in a lock: why each package is there."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .lock import LockedPackage
    from .target import Target


class Need(Struct, frozen=True):
    """One package asks for another; the notebook itself is the parent None.

    Both are normalised names. ``specifier`` and ``markers`` are empty also where it is not known
    what is asked for.
    """

    parent: str | None
    child: str
    specifier: str = ""
    markers: str = ""
    extras: tuple[str, ...] = ()


class TreePackage(Struct, frozen=True):
    """A locked package with those who need it, the notebook first, and what it needs.

    ``why`` is a shortest way to it, from what the notebook asks for down to itself.
    """

    name: str
    version: str
    is_dev: bool = False
    why: tuple[str, ...] = ()
    required_by: tuple[Need, ...] = ()
    requires: tuple[Need, ...] = ()

    @property
    def is_direct(self) -> bool:
        """True when the notebook itself asks for it."""
        return any(need.parent is None for need in self.required_by)


class DependencyTree(Struct, frozen=True):
    """The packages of a lock by name; ``notes`` are sentences that a person should know."""

    target: Target
    packages: tuple[TreePackage, ...]
    notes: tuple[str, ...] = ()

    def find(self, key: str) -> TreePackage | None:
        """The package of that normalised name, or None."""
        return next((package for package in self.packages if package.name == key), None)


def build_tree(locked: Iterable[LockedPackage], needs: Iterable[Need]) -> tuple[TreePackage, ...]:
    """The packages by name, each with its place in the tree.

    A package that is locked in both groups counts once, and not as one for development. Needs of
    and for what is not locked are left out.
    """
    packages: dict[str, LockedPackage] = {}
    for package in locked:
        if package.key not in packages or not package.is_dev:
            packages[package.key] = package
    edges = [
        need
        for need in dict.fromkeys(needs)
        if need.child in packages and (need.parent is None or need.parent in packages)
    ]
    edges.sort(key=lambda need: (need.parent or "", need.child, need.specifier, need.markers))
    ways = _ways(edges)
    return tuple(
        TreePackage(
            name=key,
            version=packages[key].version,
            is_dev=packages[key].is_dev,
            why=ways.get(key, ()),
            required_by=tuple(need for need in edges if need.child == key),
            requires=tuple(need for need in edges if need.parent == key),
        )
        for key in sorted(packages)
    )


def _ways(edges: list[Need]) -> dict[str, tuple[str, ...]]:
    """A shortest way to every package that the notebook asks for, directly or not."""
    children: dict[str | None, list[str]] = {}
    for need in edges:
        children.setdefault(need.parent, []).append(need.child)
    ways: dict[str, tuple[str, ...]] = {}
    left: deque[tuple[str | None, tuple[str, ...]]] = deque([(None, ())])
    while left:
        parent, way = left.popleft()
        for child in children.get(parent, ()):
            if child not in ways:
                ways[child] = (*way, child)
                left.append((child, ways[child]))
    return ways
