"""Cells that install -> the same cells with those lines commented out, and what they installed.

``!pip install pandas>=2`` becomes ``# !pip install pandas>=2`` and the requirement ``pandas>=2``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.ipython import Command, read_cell
from ..domain.ipython_magics import BODY_IS_SHELL
from .pip_lines import Installs, read_installs
from .redaction import redact
from .shell_words import split_commands

if TYPE_CHECKING:
    from ..domain.requirements import Requirement

_MAGIC_LINE = re.compile(r"[!%]|(?:pip3?|uv)\s")
_CELL_MAGIC = re.compile(r"\s*%%(\S+)(?:[ \t]+(\S+))?")
_HARMLESS_WORDS = (
    "-q -qq -qqq --quiet -v --verbose -U --upgrade -y --yes --user --no-cache-dir --no-cache"
    " --disable-pip-version-check --system --progress-bar --no-input -m --no-warn-script-location"
    " --break-system-packages --force-reinstall -I --ignore-installed --exists-action"
)
_HARMLESS = frozenset(_HARMLESS_WORDS.split())


class ConvertedLine(Struct, frozen=True):
    """An install line that was commented out; ``line`` counts from 1, ``text`` is as it was."""

    line: int
    text: str


class ConvertedCell(Struct):
    """A cell without its install lines; ``problems`` say what was left in it, or lost."""

    source: str
    requirements: list[Requirement] = field(default_factory=list)
    lines: list[ConvertedLine] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def convert_cell(source: str) -> ConvertedCell:
    """The cell with every install line that can be recorded commented out. Never fails."""
    converted = ConvertedCell(source)
    lines = source.split("\n")
    magic = _CELL_MAGIC.match(source)
    is_shell = bool(magic and {magic[1], magic[2] or magic[1]} & BODY_IS_SHELL)
    for command in read_cell(source).commands:
        installs = read_installs(command.text)
        if not installs.requirements and not installs.problems:
            continue
        reason = _reason_to_leave(lines[command.line - 1], installs, is_shell=is_shell)
        if reason:
            converted.problems.append(f"'{redact(command.text)}' stays: {reason}")
            continue
        converted.requirements += installs.requirements
        converted.problems += _lost_options(command.text)
        end = _end_of(lines, command)
        text = "\n".join(lines[command.line - 1 : end])
        converted.lines.append(ConvertedLine(command.line, text))
        for number in range(command.line - 1, end):
            is_first = number == command.line - 1
            lines[number] = _commented(lines[number], is_first=is_first, is_shell=is_shell)
    converted.source = "\n".join(lines)
    return converted


def _reason_to_leave(line: str, installs: Installs, *, is_shell: bool) -> str:
    if installs.problems:
        return installs.problems[0]
    if installs.is_conda:
        return "conda's packages are not those of a package index."
    if not installs.is_whole:
        return "the line does something else as well."
    if not is_shell and not _MAGIC_LINE.match(line.lstrip()):
        return "it is part of another statement."
    return ""


def _lost_options(line: str) -> list[str]:
    words = {w.partition("=")[0] for words in split_commands(line) for w in words}
    options = sorted(w for w in words if w.startswith("-") and w not in _HARMLESS)
    return [f"The option {name} of '{redact(line)}' is not kept." for name in options]


def _end_of(lines: list[str], command: Command) -> int:
    """The last line, from 1, that a command goes on over."""
    end = command.line
    while lines[end - 1].rstrip().endswith("\\") and end < len(lines):
        end += 1
    return end


def _commented(line: str, *, is_first: bool, is_shell: bool) -> str:
    text = line.lstrip()
    margin = line[: len(line) - len(text)]
    # A block may hold nothing else, and needs a statement.
    stand_in = (":  " if is_shell else "pass  ") if margin and is_first else ""
    return f"{margin}{stand_in}# {text}"
