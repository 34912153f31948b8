"""What names have in common after a statement, and how a change of one reaches the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from .flow_frames import OBJECT
from .flow_values import COMPOSED, DEEP, INVERSE, IS, TOUCHED, Kind, Value, reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .flow_code import Scope
    from .flow_known import KnownNames

_NOTHING_SHARED = frozenset({Kind.PLAIN, Kind.LIBRARY, Kind.DEFINITION})


class Link(Struct, frozen=True):
    """``target`` is that to ``source`` after a statement, ``how`` as in ``flow_values``.

    The source is what its name held before the statement; with ``is_new``, what it holds after.
    """

    target: str
    source: str
    how: int
    is_new: bool = False


def links(scope: Scope) -> Iterator[Link]:
    """What the written names have in common with what names held before, and with each other."""
    holds = scope.facts.holds
    holders: list[tuple[str, Value]] = [
        (root, Value({root: IS})) for root in holds if not root.startswith(OBJECT)
    ]
    env = scope.env
    for name in sorted(scope.facts.writes):
        value = env.get(name)
        if value is not None and value.roots and value.kind not in _NOTHING_SHARED:
            holders.append((name, value))
    if not holders:
        return
    sharing: dict[str, dict[str, int]] = {}
    scope.known.spend(len(holders) * sum(map(len, holds.values())))
    for name, value in holders:
        for root, how in reached(value, holds).items():
            if root.startswith(OBJECT):
                shared = sharing.setdefault(root, {})
                shared[name] = shared.get(name, 0) | how
            elif root != name or how != IS:
                yield Link(name, root, how)
    for named in sharing.values():
        (first, how), *others = named.items()
        for other, relation in others:
            yield Link(other, first, COMPOSED[relation][INVERSE[how]], True)


_BEFORE = " "
"""Begins the name of an object that a name had before the code gave it another one."""


class Aliases:
    """Which names have objects in common, statement by statement.

    The object that a name had first stays known by that name: after ``d = b[1:]`` and ``b = 1``
    whoever changes ``d[0]`` changes what ``b`` was.
    """

    def __init__(self) -> None:
        self._partners: dict[str, dict[str, int]] = {}
        self._rebound: set[str] = set()

    def reached(self, name: str, level: int) -> Iterator[str]:
        """The names whose objects change with a change of that name's object."""
        yield name
        for other, how in self._partners.get(name, {}).items():
            if level == DEEP or how & TOUCHED:
                yield other.removeprefix(_BEFORE)

    def follow(self, scope: Scope) -> None:
        """Go on behind a statement."""
        found = list(links(scope))
        gone = scope.facts.writes & scope.bound | (scope.facts.deletes - scope.bound)
        scope.known.spend(sum(len(self._partners.get(link.source, ())) for link in found))
        added = [pair for link in found for pair in self._pairs(link, gone)]
        added += self._pairs_among(found, scope.known)
        added += self._pairs_before(found, gone)
        for name in gone:
            for other in self._partners.pop(name, {}):
                self._partners[other].pop(name, None)
        for target, source, how in added:
            if target != source:
                self._add(target, source, how)
                self._add(source, target, INVERSE[how])

    def _pairs(self, link: Link, gone: set[str]) -> Iterator[tuple[str, str, int]]:
        if link.is_new or link.source not in gone:
            yield link.target, link.source, link.how
        if not link.is_new:
            for other, how in self._partners.get(link.source, {}).items():
                if other not in gone:
                    yield link.target, other, COMPOSED[link.how][how]

    def _pairs_before(self, found: list[Link], gone: set[str]) -> Iterator[tuple[str, str, int]]:
        """What is in common with the objects that names had until this statement, from the start.

        What the code itself gave a name is nobody else's: it goes with the name.
        """
        begun = gone - self._rebound
        self._rebound |= gone
        for link in found:
            if not link.is_new:
                sources = {**self._partners.get(link.source, {}), link.source: IS}
                for source, how in sources.items():
                    if source in begun:
                        yield link.target, _BEFORE + source, COMPOSED[link.how][how]
        for name in begun:
            for other, how in self._partners.get(name, {}).items():
                if other not in gone or other in begun:
                    left = _BEFORE + other if other in begun else other
                    yield _BEFORE + name, left, how

    def _pairs_among(self, found: list[Link], known: KnownNames) -> Iterator[tuple[str, str, int]]:
        """What new values have in common because what they come from had it: ``a, b = b, a``."""
        old = [link for link in found if not link.is_new]
        by_source: dict[str, list[Link]] = {}
        for link in old:
            by_source.setdefault(link.source, []).append(link)
        for link in old:
            sources = {**self._partners.get(link.source, {}), link.source: IS}
            known.spend(len(sources))
            for source, how in sources.items():
                known.spend(len(by_source.get(source, ())))
                for other in by_source.get(source, ()):
                    relation = COMPOSED[COMPOSED[link.how][how]][INVERSE[other.how]]
                    yield link.target, other.target, relation

    def _add(self, name: str, other: str, how: int) -> None:
        partners = self._partners.setdefault(name, {})
        partners[other] = partners.get(other, 0) | how
