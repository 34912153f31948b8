"""A PEP 723 block, as ``juv`` and ``uv run`` keep it in a notebook's first code cell.

# /// script
# requires-python = ">=3.11"
# dependencies = ["pandas>=2"]
# ///
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.late_patterns import late_pattern
from .pep508 import InvalidRequirementError, parse_requirement
from .toml_text import parse_toml

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.requirements import Requirement

_START = late_pattern(r"# /// ([A-Za-z0-9-]+)")
_END = "# ///"


class ScriptBlock(Struct, frozen=True):
    """What a script block declares; ``line`` is where it begins, from 1.

    ``problems`` are sentences about what in it could not be read.
    """

    line: int
    dependencies: tuple[Requirement, ...] = ()
    requires_python: str | None = None
    problems: tuple[str, ...] = ()


class FoundBlock(Struct, frozen=True):
    """A block as it is written: its first and last line, from 1, and the text in it."""

    line: int
    end_line: int
    text: str


def read_script_block(source: str) -> ScriptBlock | None:
    """The script block in a cell's source, or None. Never fails."""
    blocks = find_script_blocks(source)
    if not blocks:
        return None
    line = blocks[0].line
    if len(blocks) > 1:
        again = blocks[1].line
        return ScriptBlock(line, problems=(f"A second script block begins in line {again}.",))
    try:
        table = parse_toml(blocks[0].text)
    except ValueError as error:
        return ScriptBlock(line, problems=(f"The script block is not TOML: {error}.",))
    return _block_of(table, line)


def find_script_blocks(source: str) -> list[FoundBlock]:
    """Every block of the type ``script`` in a source."""
    if _END not in source:
        return []
    lines = source.split("\n")
    found = []
    number = 0
    while number < len(lines):
        start = _START.fullmatch(lines[number].rstrip())
        end = _end_of_block(lines, number + 1) if start else None
        if start is None or end is None:
            number += 1
            continue
        if start[1] == "script":
            content = (line.rstrip()[2:] for line in lines[number + 1 : end])
            found.append(FoundBlock(number + 1, end + 1, "\n".join(content)))
        number = end + 1
    return found


def _end_of_block(lines: list[str], first: int) -> int | None:
    """The last closing line of the comment lines from ``first`` on (PEP 723 takes the last)."""
    end = None
    for number in range(first, len(lines)):
        line = lines[number].rstrip()
        if line == _END:
            end = number
        elif line != "#" and not line.startswith("# ") or _START.fullmatch(line):
            break
    return end


def _block_of(table: dict[str, Json], line: int) -> ScriptBlock:
    problems: list[str] = []
    declared = table.get("dependencies", [])
    if not isinstance(declared, list):
        problems.append("The dependencies of the script block are not a list.")
        declared = []
    requirements = [_requirement(entry, problems) for entry in declared]
    python = table.get("requires-python")
    if python is not None and not isinstance(python, str):
        problems.append("requires-python of the script block is not a text.")
        python = None
    return ScriptBlock(line, tuple(r for r in requirements if r), python, tuple(problems))


def _requirement(entry: Json, problems: list[str]) -> Requirement | None:
    if not isinstance(entry, str):
        problems.append(f"{entry!r} is not a requirement.")
        return None
    try:
        return parse_requirement(entry)
    except InvalidRequirementError as error:
        problems.append(str(error))
        return None
