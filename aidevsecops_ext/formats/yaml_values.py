"""What YAML says, with every plain value as its text: as a number, 3.10 would become 3.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.late_patterns import late_pattern

if TYPE_CHECKING:
    from ..domain.json_value import Json

_MOST_VALUES = 1_000_000
_MOST_BRACKETS = 500
_LONGEST = 500_000
# Where it is read in Python, which takes ten times as long.
LONGEST_IN_PYTHON = 40_000
# Lists in lists on one line, and lines that are indented far.
_DEEP = late_pattern(r"(?:[-?:][ \t]+){100}|^ {500}", re.MULTILINE)


def yaml_value(text: str, *, in_python: bool = False) -> Json:
    """Texts, lists and tables; ``in_python`` reads with the parser that tells where things are.

    Raises:
        ValueError: it is not YAML, too long, or is nested too deeply.
    """
    in_c = read_in_c(text) and not in_python
    if not in_c:
        _require_short(text, LONGEST_IN_PYTHON)
    # Here and not above: reading YAML is rare, and importing it costs every start.
    import yaml

    parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader) if in_c else yaml.BaseLoader
    try:
        loader = parser(text)
        try:
            value: Json = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"it is not YAML ({_reason(error)})") from error
    if "*" in text:
        refuse_repetition(value)
    return value


def read_in_c(text: str, *, is_shallow: bool = False) -> bool:
    """True where the parser in C can read a text, which is not too long for that of Python else.

    Raises:
        ValueError: it is too long.
    """
    in_c = is_shallow or not _may_be_deep(text)
    _require_short(text, _LONGEST if in_c else LONGEST_IN_PYTHON)
    return in_c


def _require_short(text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError(f"it is not YAML of at most {longest:,} characters")


def refuse_repetition(value: object) -> None:
    """Return where a value, with all that it repeats by aliases, is no larger than a file may be.

    Raises:
        ValueError: it is, or is within itself.
    """
    sizes: dict[int, int] = {}
    waiting = [(value, False)]
    while waiting:
        each, is_counted = waiting.pop()
        parts = _parts(each)
        if is_counted:
            sizes[id(each)] = 1 + sum(sizes[id(part)] for part in parts)
            if not 0 < sizes[id(each)] <= _MOST_VALUES:
                raise ValueError("it repeats too much of itself")
        elif id(each) not in sizes:
            # Until its parts are counted: whoever finds it among them finds it within itself.
            sizes[id(each)] = -_MOST_VALUES if parts else 1
            waiting.append((each, True))
            waiting.extend((part, False) for part in parts)


def _parts(value: object) -> list[object]:
    """What is directly in a value, or in a node of a parser."""
    inside: object = getattr(value, "value", value)
    if isinstance(inside, dict):
        return [*inside.values()]
    if not isinstance(inside, list):
        return []
    return [part for each in inside for part in (each if isinstance(each, tuple) else (each,))]


def _may_be_deep(text: str) -> bool:
    """True where the parser in C, which does not look how deep it is, could overflow its stack."""
    return text.count("[") + text.count("{") > _MOST_BRACKETS or _DEEP.search(text) is not None


def yaml_table(text: str, *, in_python: bool = False) -> dict[str, Json]:
    """The table that the text holds.

    Raises:
        ValueError: it is not YAML, or not a table.
    """
    match yaml_value(text, in_python=in_python):
        case dict(table):
            return table
        case None | "":
            raise ValueError("it is empty")
        case _:
            raise ValueError("it is not a table")


def _reason(error: Exception) -> str:
    """What is wrong with a text, and in which line."""
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    said = str(problem or str(error).splitlines()[0])
    return said if mark is None else f"line {mark.line + 1}: {said}"
