"""A PEP 723 block, as ``juv`` and ``uv run`` keep it in a notebook's first code cell.

# /// script
# requires-python = ">=3.11"
# dependencies = ["pandas>=2"]
# ///
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from ..domain.json_value import Json
from ..domain.requirements import Requirement
from .pep508 import InvalidRequirementError, parse_requirement

_START = re.compile(r"# /// ([A-Za-z0-9-]+)")
_END = "# ///"


@dataclass(frozen=True, slots=True)
class ScriptBlock:
    """What a script block declares; ``line`` is where it begins, from 1.

    ``problems`` are sentences about what in it could not be read.
    """

    line: int
    dependencies: tuple[Requirement, ...] = ()
    requires_python: str | None = None
    problems: tuple[str, ...] = ()


def read_script_block(source: str) -> ScriptBlock | None:
    """The script block in a cell's source, or None. Never fails."""
    if _END not in source:
        return None
    blocks = _script_blocks(source.split("\n"))
    if not blocks:
        return None
    line, text = blocks[0]
    if len(blocks) > 1:
        again = blocks[1][0]
        return ScriptBlock(line, problems=(f"A second script block begins in line {again}.",))
    try:
        table = _toml(text)
    except ValueError as error:
        return ScriptBlock(line, problems=(f"The script block is not TOML: {error}.",))
    return _block_of(table, line)


def _script_blocks(lines: list[str]) -> list[tuple[int, str]]:
    """The first line, from 1, and the content of each block of the type ``script``."""
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
            found.append((number + 1, "\n".join(content)))
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


def _toml(text: str) -> dict[str, Json]:
    # Imported here because few notebooks have a block.
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - the tests' Python has tomllib
        import tomli as tomllib
    return tomllib.loads(text)


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
