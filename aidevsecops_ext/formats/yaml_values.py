"""What YAML says, with every plain value as its text: as a number, 3.10 would become 3.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.json_value import Json


def yaml_value(text: str, *, in_python: bool = False) -> Json:
    """Texts, lists and tables; ``in_python`` reads with the parser that tells where things are.

    Raises:
        ValueError: it is not YAML, or is nested too deeply.
    """
    # Here and not above: reading YAML is rare, and importing it costs every start.
    import yaml

    in_c = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        loader = (yaml.BaseLoader if in_python else in_c)(text)
        try:
            value: Json = loader.get_single_data()
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"it is not YAML ({_reason(error)})") from error
    return value


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
