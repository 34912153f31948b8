"""A YAML file that says something else by now: what it still says stays as it is written.

As in ``yaml_edit`` text is put where the parser says that things are. One small change is made
after the other, and the file is read again after each, until it says exactly what is wanted.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .yaml_edit import invalid_yaml, last_line, unchangeable
from .yaml_places import locate_nodes, value_of
from .yaml_text import scalar_text

if TYPE_CHECKING:
    from ..domain.json_value import Json

_Edit: TypeAlias = "tuple[int, int, str]"
_STEP = 2
# A few changes of the longest file, and a hundred of a usual one.
_MOST_READ = 150_000
_BY_HAND = "Change it by hand."


def with_document(text: str, wanted: dict[str, Json], name: str) -> str:
    """The file with that table in it; comments, order, quotes and line ends of the rest stay.

    Raises:
        UserError: the file is not YAML.
        RefusedError: it is written in a way that this cannot be changed in.
    """
    try:
        root, located = locate_nodes(text)
    except ValueError as error:
        raise invalid_yaml(name, error.args[0]) from error
    seen: set[str] = set()
    read = 0
    while not _same(located.value, wanted):
        read += len(text)
        if not isinstance(root, MappingNode) or text in seen or read > _MOST_READ:
            raise unchangeable(name, _BY_HAND)
        seen.add(text)
        start, end, more = _Rewriter(text).table(root, wanted)
        text = f"{text[:start]}{more}{text[end:]}"
        try:
            root, located = locate_nodes(text)
        except ValueError as error:
            # What an alias stands for went away.
            raise unchangeable(name, _BY_HAND) from error
    return text


class _Rewriter:
    """A text, and the first small change that brings it nearer to what is wanted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.splitlines(keepends=True)
        self._end = "\r\n" if "\r\n" in text else "\n"

    def table(self, node: MappingNode, wanted: dict[str, Json]) -> _Edit:
        """The change of a table that says something else."""
        if node.flow_style:
            return _span(node, _flow(wanted))
        for number, (key, _) in enumerate(node.value):
            if key.value not in wanted:
                return self._without_key(node, number)
        known = {key.value: value for key, value in node.value}
        for key, value in wanted.items():
            if key not in known:
                return self._below(node, _key_lines(key, value, node.start_mark.column))
        number = next(
            number
            for number, (key, value) in enumerate(node.value)
            if not _same(value_of(value), wanted[key.value])
        )
        key, value = node.value[number]
        edit = self._value(value, wanted[key.value])
        if edit is None and value.start_mark.index == value.end_mark.index:
            # Where nothing stands, a block goes below the key.
            place = self._offset(key.start_mark.line + 1)
            lines = _key_lines("", wanted[key.value], node.start_mark.column)[1:]
            return self._at(place, lines)
        # A key in another place of the table says the same.
        return self._without_key(node, number) if edit is None else edit

    def _value(self, node: Node, wanted: Json) -> _Edit | None:
        """The change of a value; None where it has to be written anew, with its key."""
        if isinstance(node, MappingNode) and isinstance(wanted, dict):
            return self.table(node, wanted)
        if isinstance(node, SequenceNode) and isinstance(wanted, list):
            return self._list(node, wanted)
        is_block = isinstance(wanted, dict | list) and bool(wanted)
        if not isinstance(node, ScalarNode) or node.style in ("|", ">") or is_block:
            return None
        space = "" if self._text[node.start_mark.index - 1].isspace() else " "
        return _span(node, f"{space}{_literal(wanted, node.style)}")

    def _list(self, node: SequenceNode, wanted: list[Json]) -> _Edit | None:
        if node.flow_style:
            return _span(node, _flow(wanted))
        values = [value_of(each) for each in node.value]
        pairs = [*zip(values, wanted, strict=False)]
        first = next(
            (number for number, (one, other) in enumerate(pairs) if not _same(one, other)),
            len(pairs),
        )
        if len(values) > len(wanted):
            return self._without_entry(node, min(first, len(values) - 1))
        if first == len(values):
            return self._below(node, _entry_lines(wanted[first], node.start_mark.column))
        edit = self._value(node.value[first], wanted[first])
        return self._without_entry(node, first) if edit is None else edit

    def _without_key(self, node: MappingNode, number: int) -> _Edit:
        key, value = node.value[number]
        if number == 0 and len(node.value) > 1:
            # In front of it may be the dash of a list.
            return key.start_mark.index, node.value[1][0].start_mark.index, ""
        return self._without_lines(key.start_mark.line, last_line(value, self._lines))

    def _without_entry(self, node: SequenceNode, number: int) -> _Edit:
        entry = node.value[number]
        return self._without_lines(entry.start_mark.line, last_line(entry, self._lines))

    def _without_lines(self, first: int, last: int) -> _Edit:
        return self._offset(first), self._offset(last + 1), ""

    def _below(self, node: Node, lines: list[str]) -> _Edit:
        return self._at(self._offset(last_line(node, self._lines) + 1), lines)

    def _at(self, place: int, lines: list[str]) -> _Edit:
        gap = "" if place == 0 or self._text[place - 1] in "\r\n" else self._end
        return place, place, gap + "".join(f"{line}{self._end}" for line in lines)

    def _offset(self, line: int) -> int:
        return sum(len(each) for each in self._lines[:line])


def _span(node: Node, text: str) -> _Edit:
    return node.start_mark.index, node.end_mark.index, text


def _key_lines(key: str, value: Json, column: int) -> list[str]:
    head = f"{' ' * column}{scalar_text(key)}:"
    if isinstance(value, dict) and value:
        inner = [_key_lines(name, each, column + _STEP) for name, each in value.items()]
        return [head, *(line for lines in inner for line in lines)]
    if isinstance(value, list) and value:
        entries = [_entry_lines(each, column + _STEP) for each in value]
        return [head, *(line for lines in entries for line in lines)]
    return [f"{head} {_literal(value)}"]


def _entry_lines(value: Json, column: int) -> list[str]:
    margin = " " * column
    if not isinstance(value, dict) or not value:
        return [f"{margin}- {_flow(value)}"]
    inner = [_key_lines(name, each, column + _STEP) for name, each in value.items()]
    lines = [line for each in inner for line in each]
    return [f"{margin}- {lines[0].lstrip()}", *lines[1:]]


def _literal(value: Json, quote: str | None = None) -> str:
    return scalar_text(value, quote) if isinstance(value, str) else json.dumps(value)


def _flow(value: Json) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{scalar_text(k)}: {_flow(v)}' for k, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(_flow(each) for each in value)}]"
    return _literal(value)


def _same(one: Json, other: Json) -> bool:
    """True for values that are the same in JSON, where 1 is not true."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
