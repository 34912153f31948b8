"""What an executed notebook has printed, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.output_text import without_colours
from .json_reading import read_json_value
from .toml_text import table_of, tables_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json


def printed_by(text: str) -> tuple[str, ...]:
    """The lines that the cells of a notebook have printed, errors included."""
    try:
        notebook: Json = read_json_value(text)
    except (ValueError, RecursionError):
        return ()
    return tuple(
        line
        for cell in tables_of(notebook, "cells")
        for output in tables_of(cell, "outputs")
        for line in without_colours(_text(output)).splitlines()
    )


def _text(output: dict[str, Json]) -> str:
    if "traceback" in output:
        return "\n".join(_lines(output["traceback"]))
    said = output.get("text", table_of(output, "data").get("text/plain"))
    return said if isinstance(said, str) else "".join(_lines(said))


def _lines(value: Json) -> Iterator[str]:
    return (
        (each for each in value if isinstance(each, str)) if isinstance(value, list) else iter(())
    )
