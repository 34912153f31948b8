"""A notebook cell's source -> plain Python with the same lines, and what its magics say.

``!pip install x`` becomes ``pass`` and the command ``pip install x``; ``%timeit f(x)`` becomes
``f(x)``; the body of ``%%bash`` becomes commands. Text inside strings is never taken for a magic,
and a cell that is Python already is left as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .imports import UnreadableCodeError, is_python, parse_python
from .ipython_lines import LineScanner
from .ipython_magics import (
    BODY_IS_CODE,
    BODY_IS_FOREIGN,
    BODY_IS_SHELL,
    FIRST_LINE_IS_CODE,
    PACKAGE_MANAGERS,
    SHELL_MAGICS,
    MagicLine,
    RunFile,
    loaded_modules,
    named,
    run_file,
    statement_of,
    written_path,
)
from .late_patterns import late_pattern

if TYPE_CHECKING:
    import ast


class Command(Struct, frozen=True):
    """A command line, as it would be typed in a shell, and its line in the cell from 1."""

    text: str
    line: int


class WrittenFile(Struct, frozen=True):
    """A file that a cell writes when it runs; ``path`` is as seen from the notebook."""

    path: str
    text: str
    is_appended: bool


class CellCode(Struct, frozen=True):
    """A cell as plain Python, line for line, and what its magics do beside it."""

    python: str
    commands: tuple[Command, ...] = ()
    runs: tuple[RunFile, ...] = ()
    written: WrittenFile | None = None
    magics: tuple[MagicLine, ...] = ()


_AUTOMAGICS = (
    "pip|pip3|conda|mamba|uv|cd|ls|ll|cat|mkdir|rm|cp|mv|run|time|timeit|load_ext|matplotlib"
)
# A cell without any of these has nothing of the next, unless it is indented: to look for words is
# ten times as fast.
_MARKS = ("%", "!", "?", ">>>", "\t", *(f"{word} " for word in _AUTOMAGICS.split("|")))
# Anything that is not found by this is Python as it stands, or not readable at all.
_SUSPECT = late_pattern(
    rf"""\A(?:[ \t\r]*\n)*[ \t]+\S       # a cell that is indented as a whole
      | ^[ \t]*(?:[%!?]|>>>)           # magics, commands, help; a pasted prompt
      | =[ \t]*(?:!(?!=)|%(?!=))       # x = !command
      | \?[ \t]*(?:\#.*)?\r?$          # help
      | ^[ \t]*(?:{_AUTOMAGICS})[ \t]+\S
    """,
    re.MULTILINE | re.VERBOSE,
)
_AUTOMAGIC = late_pattern(rf"(?:{_AUTOMAGICS})[ \t]+(?![=(\[,:]|(?:in|is|and|or|not|if|for)\b)\S")
_DEEPEST = 8  # magics within magics; nobody writes more, and reading them nests as deep
_CELL_MAGIC = late_pattern(r"%%(!|[A-Za-z_][\w.]*)[ \t]*(.*)")
_PROMPT = late_pattern(r"^[ \t]*(?:>>>|\.\.\.)(?: |$)")


def parse_cell(source: str) -> tuple[CellCode, ast.Module]:
    """The cell as plain Python, and that as a syntax tree.

    Raises:
        UnreadableCodeError: the cell is not Python, or is nested too deeply.
    """
    try:
        # Most cells are Python already: then nothing looks for magics.
        return CellCode(source), parse_python(source)
    except UnreadableCodeError:
        code = read_cell(source)
        return code, parse_python(code.python)


def with_line_feeds(source: str) -> str:
    """The cell with line ends that all count alike: a carriage return alone ends a line, too."""
    if "\r" not in source:
        return source
    return source.replace("\r\n", "\n").replace("\r", "\n")


def read_cell(source: str) -> CellCode:
    """The cell as plain Python with as many lines, its commands and the files it runs or writes.

    Never fails: what is neither Python nor a magic is left as it is.
    """
    return _read(source, 0)


def _read(source: str, depth: int) -> CellCode:
    if depth > _DEEPEST:
        return CellCode("\n" * source.count("\n"))
    if not _is_suspect(source) or is_python(source):
        return CellCode(source)
    lines = _without_prompts(_dedented([line.rstrip("\r") for line in source.split("\n")]))
    first = _first_statement(lines)
    magic = _CELL_MAGIC.match(lines[first].strip()) if first is not None else None
    if first is None or magic is None:
        return _LineReader(lines, depth).read()
    return _read_cell_magic(lines, first, (magic[1], magic[2]), depth)


def _is_suspect(source: str) -> bool:
    """True where a magic may be, or where all is indented."""
    may_be = source[:1].isspace() or any(map(source.__contains__, _MARKS))
    return may_be and _SUSPECT.search(source) is not None


def _dedented(lines: list[str]) -> list[str]:
    """The lines without the indentation that the first one has."""
    first = next((line for line in lines if line.strip()), "")
    margin = first[: len(first) - len(first.lstrip())]
    return [line.removeprefix(margin) for line in lines] if margin else lines


def _without_prompts(lines: list[str]) -> list[str]:
    first = next((line for line in lines if line.strip()), "")
    return [_PROMPT.sub("", line) for line in lines] if _PROMPT.match(first) else lines


def _first_statement(lines: list[str]) -> int | None:
    """The first line that is neither blank nor a comment."""
    for number, line in enumerate(lines):
        stripped = line.strip()
        if stripped and not stripped.startswith("#"):
            return number
    return None


def _read_cell_magic(lines: list[str], first: int, magic: tuple[str, str], depth: int) -> CellCode:
    """A cell whose line ``first`` is a cell magic: its name and what follows on the line."""
    name, rest = magic
    line = MagicLine(name, rest, first + 1, len(lines), "\n".join(lines[first:]), True)
    blank = CellCode("\n" * (len(lines) - 1), magics=(line,))
    body = lines[first + 1 :]
    if name in ("writefile", "file"):
        path, is_appended = written_path(rest)
        written = WrittenFile(path, "\n".join(body), is_appended) if path else None
        return replace(blank, written=written)
    words = [word for word in rest.split() if not word.startswith("-")]
    program = words[0] if name == "script" and words else name
    if program in BODY_IS_SHELL:
        return replace(blank, commands=_shell_commands(body, first + 2))
    if program in BODY_IS_FOREIGN or (name == "script" and program not in BODY_IS_CODE):
        return blank
    read = _read("\n".join(body), depth + 1)
    if program not in BODY_IS_CODE and not is_python(read.python):
        return blank
    statement = statement_of(name, rest) if name in FIRST_LINE_IS_CODE else ""
    head = [""] * first + [statement if is_python(statement) else ""]
    return CellCode(
        "\n".join(head + read.python.split("\n")) if body else "\n".join(head),
        tuple(Command(c.text, c.line + first + 1) for c in read.commands),
        read.runs,
        read.written,
        (
            replace(line, end_line=first + 1, text=lines[first]),
            *(_moved(magic, first + 1) for magic in read.magics),
        ),
    )


def _moved(magic: MagicLine, lines: int) -> MagicLine:
    """The magic, that many lines further down."""
    return replace(magic, line=magic.line + lines, end_line=magic.end_line + lines)


def _shell_commands(lines: list[str], first_line: int) -> tuple[Command, ...]:
    commands = []
    number = 0
    while number < len(lines):
        text, taken = _joined(lines, number)
        if text.strip():
            commands.append(Command(text.strip(), first_line + number))
        number += taken
    return tuple(commands)


def _joined(lines: list[str], number: int, start: int = 0) -> tuple[str, int]:
    """A line from ``start``, and those that a backslash at its end joins to it; how many."""
    parts: list[str] = []
    text = lines[number][start:].rstrip()
    while text.endswith("\\") and number + len(parts) + 1 < len(lines):
        parts.append(text[:-1].strip())
        text = lines[number + len(parts)].rstrip()
    parts.append(text.removesuffix("\\").strip())
    return " ".join(parts), len(parts)


class _LineReader:
    """Reads a cell that is no cell magic, line for line."""

    def __init__(self, lines: list[str], depth: int) -> None:
        self._lines = lines
        self._depth = depth
        self._python: list[str] = []
        self._commands: list[Command] = []
        self._runs: list[RunFile] = []
        self._magics: list[MagicLine] = []

    def read(self) -> CellCode:
        scanner = LineScanner()
        number = 0
        while number < len(self._lines):
            number += self._read_line(number, scanner)
        return CellCode(
            "\n".join(self._python),
            tuple(self._commands),
            tuple(self._runs),
            magics=tuple(self._magics),
        )

    def _read_line(self, number: int, scanner: LineScanner) -> int:
        """Add what one line is as Python; answers how many lines were taken."""
        line = self._lines[number]
        is_start = scanner.is_statement_start
        text = line.lstrip()
        if is_start and (text[:1] in ("%", "!", "?") or _is_automagic(text)):
            return self._replace(number, line[: len(line) - len(text)], "")
        seen = scanner.scan(line)
        if is_start and seen.magic_at is not None:
            return self._replace(number, line[: seen.magic_at], "None; ", seen.magic_at)
        if is_start and seen.is_help:
            self._python.append(line[: len(line) - len(text)] + "pass")
            self._magics.append(MagicLine("?", "", number + 1, number + 1, line))
            return 1
        self._python.append(line)
        return 1

    def _replace(self, number: int, before: str, value: str, start: int = 0) -> int:
        """Replace a magic, and the lines that it goes on over, by ``before`` and its Python."""
        joined, taken = _joined(self._lines, number, start)
        name, rest = named(joined.strip())
        text = "\n".join(self._lines[number : number + taken])
        self._magics.append(MagicLine(name, rest, number + 1, number + taken, text))
        statement = self._magic(joined.strip(), number + 1)
        code = f"{before}{value}{statement}"
        if not is_python(code.strip()):
            code = f"{before}{value}pass"
        self._python.append(code)
        self._python.extend([""] * (taken - 1))
        return taken

    def _magic(self, text: str, line: int) -> str:
        """The Python of one magic; notes the commands and files in it."""
        name, rest = named(text)
        if name == "!":
            self._commands.append(Command(rest, line))
        elif name == "?":
            return "pass"
        elif name in PACKAGE_MANAGERS:
            self._commands.append(Command(f"{name} {rest}", line))
        elif name in SHELL_MAGICS:
            self._commands.append(Command(rest, line))
        elif name in FIRST_LINE_IS_CODE:
            return self._nested(statement_of(name, rest), line)
        elif name == "run":
            run = run_file(rest)
            if isinstance(run, RunFile):
                self._runs.append(run)
            else:
                return run
        else:
            return loaded_modules(name, rest)
        return "pass"

    def _nested(self, statement: str, line: int) -> str:
        """The Python of the statement that a magic such as ``%time`` runs."""
        read = _read(statement, self._depth + 1)
        self._commands.extend(Command(command.text, line) for command in read.commands)
        self._runs.extend(read.runs)
        self._magics.extend(_moved(magic, line - 1) for magic in read.magics)
        return read.python or "pass"


def _is_automagic(text: str) -> bool:
    """True for a magic without its percent sign, such as ``pip install x``."""
    return _AUTOMAGIC.match(text) is not None and not is_python(text)
