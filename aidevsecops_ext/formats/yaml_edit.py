"""Small changes of YAML files of other people: every byte that is not about them stays.

A round trip through a YAML library keeps comments, but lays lists and line ends out in its own
way. Here the parser only says where things are, and the text is added there; the result is read
again and has to say exactly what was meant.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ..domain.errors import ErrorCode, RefusedError, UserError
from .yaml_text import entry_lines, flow_text, scalar_text
from .yaml_values import yaml_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.json_value import Json

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


def load_yaml(text: str, name: str) -> dict[str, Json]:
    """The table of a file; every plain value in it is a text, empty for nothing.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    try:
        return yaml_table(text, in_python=True)
    except ValueError as error:
        raise invalid_yaml(name, str(error)) from error


def with_value(text: str, key: str, value: str, name: str) -> str:
    """The file with that text under a key of its table, in place of another or of nothing.

    Raises:
        UserError: the file is not YAML, or not a table.
        RefusedError: the file is written in a way that this cannot be added to.
    """

    def expect(document: dict[str, Json]) -> None:
        document[key] = value

    return _edited(text, name, expect, lambda editor: editor.with_value(key, value))


def with_entry(text: str, key: str, entry: dict[str, Json], name: str) -> str:
    """The file with one more entry at the end of the list under a key, which may be missing.

    Raises:
        UserError: the file is not YAML, or not a table.
        RefusedError: there is something else than a list, or this cannot be added to it.
    """

    def expect(document: dict[str, Json]) -> None:
        known = document.get(key)
        document[key] = [*(known if isinstance(known, list) else []), entry]

    return _edited(text, name, expect, lambda editor: editor.with_entry(key, entry))


def with_entry_value(text: str, place: tuple[str, int, str], value: str, name: str) -> str:
    """The file with another text in an entry of a list.

    ``place`` is the key of the list, which entry, and the key in it, which may be missing.

    Raises:
        UserError: the file is not YAML, or not a table.
        RefusedError: the file is written in a way that this cannot be changed in.
    """
    key, number, field = place

    def expect(document: dict[str, Json]) -> None:
        entries = document.get(key)
        entry = entries[number] if isinstance(entries, list) else None
        if isinstance(entry, dict):
            entry[field] = value

    return _edited(text, name, expect, lambda editor: editor.with_entry_value(place, value))


def without_entry(text: str, place: tuple[str, int], name: str) -> str:
    """The file without an entry of a list; ``place`` is the key of the list, and which entry.

    Raises:
        UserError: the file is not YAML, or not a table.
        RefusedError: the file is written in a way that nothing can be taken out of it.
    """
    key, number = place

    def expect(document: dict[str, Json]) -> None:
        entries = document.get(key)
        if isinstance(entries, list):
            del entries[number]

    return _edited(text, name, expect, lambda editor: editor.without_entry(place))


def _edited(
    text: str,
    name: str,
    expect: Callable[[dict[str, Json]], None],
    edit: Callable[[_Editor], str],
) -> str:
    wanted = deepcopy(load_yaml(text, name))
    expect(wanted)
    try:
        edited = edit(_Editor(text))
        said = load_yaml(edited, name)
    except (_OddlyWrittenError, UserError) as error:
        raise unchangeable(name) from error
    if said != wanted:
        raise unchangeable(name)
    return edited


class _OddlyWrittenError(Exception):
    """The file holds something else where a table or a list should be."""


class _Editor:
    """A YAML text, where things are in it, and what it looks like with more."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = text.splitlines(keepends=True)
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._root = _mapping(yaml.compose(text, Loader=yaml.BaseLoader))

    def with_value(self, key: str, value: str) -> str:
        """The text with a value under a key of the table."""
        known = _find(self._root, key)
        if known is not None:
            return self._replaced(known, value)
        if self._root.flow_style:
            return self._in_flow(self._root, f"{flow_text(key)}: {flow_text(value)}")
        line = self._root.start_mark.line
        for _, each in self._root.value:
            # After the plain values at the table's head.
            if not isinstance(each, ScalarNode) or each.style in ("|", ">"):
                break
            line = each.end_mark.line + 1
        return self._with_lines(line, [f"{self._margin}{key}: {scalar_text(value)}"])

    def with_entry(self, key: str, entry: dict[str, Json]) -> str:
        """The text with one more entry at the end of a list."""
        listed = _find(self._root, key)
        if listed is None:
            if self._root.flow_style:
                return self._in_flow(self._root, f"{flow_text(key)}: [{flow_text(entry)}]")
            new = [f"{self._margin}{key}:", *entry_lines(entry, self._dashes)]
            if any(not line.strip() for line in self._lines):
                new.insert(0, "")
            return self._with_lines(self._bottom, new)
        if isinstance(listed, ScalarNode):
            return self._with_first_entry(listed, entry)
        entries = _sequence(listed)
        if entries.flow_style:
            return self._in_flow(entries, flow_text(entry))
        return self._with_next_entry(entries, entry)

    def with_entry_value(self, place: tuple[str, int, str], value: str) -> str:
        """The text with another value in an entry of a list."""
        key, number, field = place
        entry = _mapping(_sequence(_find(self._root, key)).value[number])
        known = _find(entry, field)
        if known is not None:
            return self._replaced(known, value)
        if entry.flow_style:
            return self._in_flow(entry, f"{flow_text(field)}: {flow_text(value)}")
        column = entry.start_mark.column
        return self._with_lines(
            self._line_after(entry, column), [f"{' ' * column}{field}: {scalar_text(value)}"]
        )

    def without_entry(self, place: tuple[str, int]) -> str:
        """The text without an entry of a list."""
        key, number = place
        entries = _sequence(_find(self._root, key))
        if entries.flow_style:
            raise _OddlyWrittenError
        lines, column = self._lines, entries.start_mark.column
        entry = entries.value[number]
        above = range(entry.start_mark.line, entries.start_mark.line - 1, -1)
        dashes = (line for line in above if lines[line].startswith("-", column))
        start = next(dashes, entries.start_mark.line)
        end = self._line_after(entry, column + 1)
        if number > 0 and not lines[start - 1].strip():
            start -= 1
        elif number == 0 and end < len(lines) and not lines[end].strip():
            end += 1
        if len(entries.value) > 1:
            return "".join((*lines[:start], *lines[end:]))
        after = next(name for name, _ in reversed(self._root.value) if name.value == key).end_mark
        line = lines[after.line]
        # After "? key" there is none: then the result is not what was meant, and is refused.
        colon = line.find(":", after.column) + 1
        before = (*lines[: after.line], f"{line[:colon]} []{line[colon:]}")
        return "".join((*before, *lines[after.line + 1 : start], *lines[end:]))

    def _replaced(self, old: Node, value: str) -> str:
        if not isinstance(old, ScalarNode):
            raise _OddlyWrittenError
        start, end = old.start_mark.index, old.end_mark.index
        space = "" if self._text[start - 1 : start].isspace() else " "
        return f"{self._text[:start]}{space}{scalar_text(value, old.style)}{self._text[end:]}"

    def _with_first_entry(self, nothing: ScalarNode, entry: dict[str, Json]) -> str:
        if nothing.style is not None or nothing.value not in _NOTHING:
            raise _OddlyWrittenError
        start, end = nothing.start_mark.index, nothing.end_mark.index
        self._lines = (self._text[:start].rstrip(" ") + self._text[end:]).splitlines(keepends=True)
        return self._with_lines(nothing.start_mark.line + 1, entry_lines(entry, self._dashes))

    def _with_next_entry(self, entries: SequenceNode, entry: dict[str, Json]) -> str:
        column, last = entries.start_mark.column, entries.value[-1]
        offset = max(last.start_mark.column - column, 2) if isinstance(last, MappingNode) else 2
        new = entry_lines(entry, column, offset)
        is_spaced = not self._lines[last.start_mark.line - 1].strip()
        if len(entries.value) > 1 and is_spaced:
            new.insert(0, "")
        return self._with_lines(self._line_after(last, column + 1), new)

    def _in_flow(self, node: MappingNode | SequenceNode, more: str) -> str:
        """The text with more before a closing bracket."""
        place = node.end_mark.index - 1
        before = self._text[:place].rstrip()
        comma = "" if not node.value or before.endswith(",") else ","
        space = " " if node.value and self._text[:place] == before else ""
        return f"{self._text[:place]}{comma}{space}{more}{self._text[place:]}"

    def _with_lines(self, line: int, new: list[str]) -> str:
        before, after = self._lines[:line], self._lines[line:]
        if before and not before[-1].endswith(("\n", "\r")):
            before[-1] += self._end
        return "".join((*before, *(f"{each}{self._end}" for each in new), *after))

    def _line_after(self, node: Node, column: int) -> int:
        """The line after a block, and after the comments below it that are indented as far."""
        line = last_line(node, self._lines) + 1
        while line < len(self._lines):
            text = self._lines[line]
            indent = len(text) - len(text.lstrip(" "))
            if not text.lstrip(" ").startswith("#") or indent < column:
                break
            line += 1
        return line

    @property
    def _margin(self) -> str:
        return " " * self._root.start_mark.column

    @property
    def _bottom(self) -> int:
        """The line at which the document ends."""
        end = self._root.end_mark
        return len(self._lines) if end.index >= len(self._text) else end.line

    @property
    def _dashes(self) -> int:
        """The column in which this file has the dashes of its lists."""
        for _, each in self._root.value:
            if isinstance(each, SequenceNode) and not each.flow_style:
                return int(each.start_mark.column)
        return int(self._root.start_mark.column) + 2


def _find(mapping: MappingNode, key: str) -> Node | None:
    # Of a key that occurs twice, the last one counts.
    return next((value for name, value in reversed(mapping.value) if name.value == key), None)


def last_line(node: Node, lines: list[str]) -> int:
    """The last line that holds something of a node."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style:
        last = node.value[-1]
        if not isinstance(last, tuple):
            return last_line(last, lines)
        # An alias is where its anchor is, which is above.
        ends: tuple[int, int] = last[0].end_mark.line, last_line(last[1], lines)
        return max(ends)
    line: int = node.end_mark.line
    if node.end_mark.column == 0 and isinstance(node, ScalarNode) and node.style in ("|", ">"):
        line -= 1
        while not lines[line].strip():
            line -= 1
    return line


def _mapping(node: Node | None) -> MappingNode:
    if not isinstance(node, MappingNode):
        raise _OddlyWrittenError
    return node


def _sequence(node: Node | None) -> SequenceNode:
    if not isinstance(node, SequenceNode):
        raise _OddlyWrittenError
    return node


def invalid_yaml(name: str, reason: str) -> UserError:
    """The error for a file that is not YAML, or not what it has to be."""
    return UserError(
        ErrorCode.FORMAT_INVALID,
        f"{name} cannot be read: {reason}.",
        hint="Correct the file.",
        details={"file": name},
    )


def unchangeable(
    name: str,
    hint: str = "Write its lists with one entry a line, without anchors, or change it by hand.",
) -> RefusedError:
    """The error for a file that cannot be changed in one place alone."""
    return RefusedError(
        ErrorCode.FORMAT_UNSUPPORTED,
        f"{name} is written in a way that this cannot be changed without changing the rest.",
        hint=hint,
        details={"file": name},
    )
