"""``requirements.in``: what is asked for, in pip's words, and the files that it brings in."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .pep508 import InvalidRequirementError, parse_requirement
from .redaction import redact
from .requirements_lock import logical_lines, option_of

if TYPE_CHECKING:
    from ..domain.requirements import Requirement, RequirementSet

_INCLUDES = frozenset({"-r", "--requirement", "--requirements"})
_CONSTRAINTS = frozenset({"-c", "--constraint", "--constraints"})
_EXTRA = "pip would ask every index for every package; configure the index in pip or uv instead"


class AskedFile(Struct):
    """What one file says; ``refused`` are lines that a hashed lock cannot follow, and why."""

    requirements: list[Requirement] = field(default_factory=list)
    index_urls: list[str] = field(default_factory=list)
    included: list[str] = field(default_factory=list)
    constraints: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    allow_prereleases: bool = False


def read_asked(text: str) -> AskedFile:
    """What the file asks for; it names other files as it is written in it."""
    found = AskedFile()
    for line in logical_lines(text):
        if line.startswith("-"):
            _read_option(line, found)
            continue
        try:
            found.requirements.append(parse_requirement(line.partition(" --")[0]))
        except InvalidRequirementError as error:
            found.refused[redact(line)] = str(error).rstrip(".")
    return found


def digest_of(asked: RequirementSet, constraints: tuple[Requirement, ...]) -> str:
    """A hash of all that decides about a lock, whatever the order and spelling."""
    parts = [
        *sorted(
            f"{r.key}[{','.join(r.extras)}]{r.specifier};{r.markers}" for r in asked.requirements
        ),
        "constraints",
        *sorted(f"{r.key}{r.specifier};{r.markers}" for r in constraints),
        *(index.url for index in asked.indexes),
        str(asked.allow_prereleases),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _read_option(line: str, found: AskedFile) -> None:
    name, value = option_of(line)
    if name in _INCLUDES and value:
        found.included.append(value)
    elif name in _CONSTRAINTS and value:
        found.constraints.append(value)
    elif name in ("-i", "--index-url") and value:
        found.index_urls.append(value)
    elif name == "--pre":
        found.allow_prereleases = True
    else:
        known = _EXTRA if name == "--extra-index-url" else "a lock with hashes cannot follow it"
        found.refused[redact(line)] = known
