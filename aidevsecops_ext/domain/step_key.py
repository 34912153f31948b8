"""What the results of a step depend on, part by part, so that a change can be named.

A key has a digest for each part: ``cell 3``, ``input data.csv``, ``variable MODE``.
A step need not run again where its key is that of a run that succeeded.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Part(str, Enum):
    """The parts of a key; a part that there may be several of has a name behind it."""

    CODE = "code"
    CELL = "cell"
    MODULE = "module"
    VARIABLE = "variable"
    PARAMETER = "parameter"
    ENVIRONMENT = "environment"
    OUTPUTS = "outputs"
    INPUT = "input"
    UPSTREAM = "upstream"

    def of(self, name: object) -> str:
        """The part of that name."""
        return f"{self.value} {name}"


MISSING = "missing"
"""The digest of a file that is not there."""


def digest_of(text: str) -> str:
    """The digest of a text, short enough to be read."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def changes_between(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """What differs between two keys, in words such as ``code changed: cell 3``.

    Where in the notebook a cell is makes no difference, as long as the order is the same.
    """
    said = [*_code_changes(_cells(old), _cells(new))]
    for part in {**new, **old}:
        kind, _, name = part.partition(" ")
        if old.get(part) == new.get(part) or kind == Part.CELL.value:
            continue
        if kind == Part.UPSTREAM.value:
            said.append(f"{name}, which declares no outputs, ran again")
        elif new.get(part) == MISSING:
            said.append(f"{part} is not there")
        elif part not in old or old[part] == MISSING:
            said.append(f"{part} is new")
        else:
            said.append(f"{part} {'changed' if part in new else 'is gone'}")
    return tuple(said)


def _code_changes(old: Mapping[int, str], new: Mapping[int, str]) -> Iterator[str]:
    if [*old.values()] == [*new.values()]:
        return
    known = set(old.values())
    cells = [str(number) for number, digest in new.items() if digest not in known]
    where = f"cell{'s' if len(cells) > 1 else ''} {', '.join(cells)}"
    yield f"code changed: {where if cells else 'cells were moved or removed'}"


def _cells(key: Mapping[str, str]) -> dict[int, str]:
    prefix = f"{Part.CELL.value} "
    cells = {int(p.removeprefix(prefix)): d for p, d in key.items() if p.startswith(prefix)}
    return dict(sorted(cells.items()))
