"""A sorted file of names, searched where it lies: nothing of it is kept in memory."""

from __future__ import annotations

import heapq
import mmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MANY = 500
"""How many names are answered at most, well-known ones aside."""

_TRIES = 5_000


def search_names(path: Path, query: str, well_known: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """The names in the file that hold the query, and whether these are all of them.

    Where they are many: the exact one, the well-known ones and the shortest, rather of those that
    begin with the query.

    Raises:
        OSError: there is no such file, or it is empty or damaged.
    """
    with path.open("rb") as file, _mapped(file.fileno()) as names:
        wanted = query.encode("ascii")
        known = [name for name in (query, *well_known) if _holds(names, name.encode("ascii"))]
        beginning = _beginning_with(names, wanted)
        if len(beginning) > MANY:
            return _texts(known, heapq.nsmallest(MANY, beginning, key=len)), False
        # Each once, in the order of the file.
        inside: dict[bytes, None] = {}
        is_all = True
        for count, name in enumerate(_holding(names, wanted)):
            inside[name] = None
            if count >= _TRIES:
                is_all = False
                break
        shortest = heapq.nsmallest(MANY, inside, key=len)
        return _texts(known, (*beginning, *shortest)), is_all and len(inside) <= MANY


def _texts(known: list[str], names: Iterable[bytes]) -> tuple[str, ...]:
    return (*dict.fromkeys((*known, *(name.decode("ascii") for name in names))),)


def _mapped(descriptor: int) -> mmap.mmap:
    try:
        names = mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise OSError("an empty file") from error
    if names[:1] != b"\n" or names[-1:] != b"\n":
        names.close()
        raise OSError("a damaged file")
    return names


def _holds(names: mmap.mmap, name: bytes) -> bool:
    start = _first_from(names, name)
    return names[start : start + len(name) + 1] == name + b"\n"


def _beginning_with(names: mmap.mmap, prefix: bytes) -> list[bytes]:
    # Greater than whatever a name may have in this place.
    start, end = _first_from(names, prefix), _first_from(names, prefix + b"\x7f")
    return names[start:end].split()


def _holding(names: mmap.mmap, part: bytes) -> Iterator[bytes]:
    place = names.find(part)
    while place >= 0:
        start, end = names.rfind(b"\n", 0, place) + 1, names.find(b"\n", place)
        yield names[start:end]
        place = names.find(part, end)


def _first_from(names: mmap.mmap, wanted: bytes) -> int:
    """Where the first name begins that is not before ``wanted``."""
    low, high = 1, len(names)
    while low < high:
        middle = names.rfind(b"\n", 0, (low + high) // 2) + 1
        middle = max(middle, low)
        end = names.find(b"\n", middle)
        if names[middle:end] < wanted:
            low = end + 1
        else:
            high = middle
    return low
