"""What YAML says, as other programs read it, with the line of each value.

Plain values get the kinds of YAML 1.2, as editors have it: ``3.10`` is a number and ``no`` a text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from .yaml_values import LONGEST_IN_PYTHON

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml.nodes import Node

    from ..domain.json_value import Json

Place: TypeAlias = "tuple[str | int, ...]"

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)


_MOST_VALUES = 100_000


class LocatedYaml(Struct, frozen=True):
    """A document; ``lines`` has the line of each value, from 1, and ``repeated`` of each key that
    occurs a second time in its table.
    """

    value: Json
    lines: Mapping[Place, int]
    repeated: tuple[tuple[Place, int], ...] = ()


def locate_yaml(text: str) -> LocatedYaml:
    """The document that a text holds; of a key that occurs twice, the last one counts.

    Raises:
        ValueError: it is not YAML, or is nested too deeply; ``line`` is in ``args[1]``.
    """
    return locate_nodes(text)[1]


def locate_nodes(text: str) -> tuple[Node | None, LocatedYaml]:
    """As :func:`locate_yaml`, with the node that the document is made of, None where it is empty.

    Raises:
        ValueError: as there.
    """
    # Here and not above: reading YAML is rare, and importing it costs every start.
    import yaml

    if len(text) > LONGEST_IN_PYTHON:
        raise ValueError("it is too long", 1)
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        reader = _Reader()
        value = None if root is None else reader.read(root, ())
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is too deep, or too long"
        raise ValueError(str(reason), 1 if mark is None else mark.line + 1) from error
    return root, LocatedYaml(value, reader.lines, tuple(reader.repeated))


def value_of(node: Node) -> Json:
    """The value of a node."""
    return _Reader().read(node, ())


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self.repeated: list[tuple[Place, int]] = []

    def read(self, node: Node, place: Place) -> Json:
        from yaml.nodes import ScalarNode, SequenceNode

        self.lines.setdefault(place, node.start_mark.line + 1)
        if len(self.lines) > _MOST_VALUES:
            # Aliases of aliases of aliases.
            raise RecursionError
        if isinstance(node, ScalarNode):
            return node.value if node.style is not None else _plain(node.value)
        if isinstance(node, SequenceNode):
            return [self.read(each, (*place, number)) for number, each in enumerate(node.value)]
        table: dict[str, Json] = {}
        for key, value in node.value:
            name = key.value if isinstance(key.value, str) else "?"
            inside = (*place, name)
            if name in table:
                self.repeated.append((inside, key.start_mark.line + 1))
            # An alias stands elsewhere: what is wrong here is told with the line of its key.
            self.lines[inside] = key.start_mark.line + 1
            table[name] = self.read(value, inside)
        return table


def _plain(text: str) -> Json:
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        # Longer ones are no numbers that anybody reckons with.
        return int(text) if len(text) < 20 else text
    return float(text) if _NUMBER.fullmatch(text) else text
