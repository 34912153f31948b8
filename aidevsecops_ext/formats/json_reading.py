"""JSON of any origin: what would take many times its size of memory is refused unread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.json_value import Json

# What Python needs for an object with a member, for a list, and for one more value in either.
_COSTS = {"{": 240, "[": 72, ",": 40}
_MOST_BYTES = 300_000_000
_SHORT = 1_000_000


def read_json_value(text: str) -> Json:
    """The value that a text holds.

    Raises:
        ValueError: it is not JSON, or there is too much in it.
        RecursionError: it is nested too deeply.
    """
    require_light(text)
    value: Json = json.loads(text)
    return value


def require_light(text: str) -> None:
    """Refuse JSON of very many small values.

    Raises:
        ValueError: there is too much in it.
    """
    if not is_light(text):
        raise ValueError("it holds too many values")


def is_light(text: str | bytes) -> bool:
    """True for JSON without very many values; marks within its texts count as if they were some."""
    # Most texts are short, and are not even looked at.
    if len(text) < _SHORT:
        return True
    marks = _COSTS.items()
    if isinstance(text, bytes):
        return sum(text.count(mark.encode()) * cost for mark, cost in marks) <= _MOST_BYTES
    return sum(text.count(mark) * cost for mark, cost in marks) <= _MOST_BYTES
