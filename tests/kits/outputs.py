"""Outputs of cells as nbformat has them."""

from __future__ import annotations

from aidevsecops_ext.domain.json_value import Json


def stream(text: Json, name: str = "stdout") -> Json:
    """What a cell prints."""
    return {"output_type": "stream", "name": name, "text": text}


def shown(data: dict[str, Json]) -> Json:
    """What a cell displays."""
    return {"output_type": "display_data", "metadata": {}, "data": data}


def result(text: str) -> Json:
    """The value of a cell's last line."""
    return {
        "output_type": "execute_result",
        "execution_count": 1,
        "metadata": {},
        "data": {"text/plain": text},
    }


def error(name: str, value: str, traceback: list[Json] | None = None) -> Json:
    """An exception that a cell may raise."""
    return {
        "output_type": "error",
        "ename": name,
        "evalue": value,
        "traceback": traceback or [],
    }
