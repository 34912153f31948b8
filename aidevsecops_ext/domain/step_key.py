"""What the results of a step depend on, part by part, so that a change can be named.

A key has a digest for each part: ``cell 3``, ``input data.csv``, ``variable MODE``.
A step need not run again where its key is that of a run that succeeded.
"""

from __future__ import annotations

import hashlib
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
    """What differs between two keys, in words such as ``code changed: cell 3``."""
    differing = [part for part in {**new, **old} if old.get(part) != new.get(part)]
    cells = sorted(_numbers(differing))
    said = [f"code changed: cell{'s' if len(cells) > 1 else ''} {_listed(cells)}"] if cells else []
    for part in differing:
        kind, _, name = part.partition(" ")
        if kind == Part.CELL.value:
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


def _numbers(parts: Iterable[str]) -> list[int]:
    prefix = f"{Part.CELL.value} "
    return [int(part.removeprefix(prefix)) for part in parts if part.startswith(prefix)]


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
