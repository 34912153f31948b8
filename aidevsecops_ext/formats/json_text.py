"""JSON objects as text: members with their spans, and changes that leave all else as written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json

_BLANKS = " \t\n\r"
_DECODER = json.JSONDecoder()
# Most members that are edited are those of the notebook's metadata.
_LEVEL = 2


class JsonMember(Struct, frozen=True):
    """One member of an object: its key and value, and where they are written."""

    key: str
    value: Json
    key_start: int
    key_end: int
    start: int
    end: int
    text: str


class TextStyle(Struct, frozen=True):
    """How a file is laid out: what is written between things.

    ``line`` is the line end and ``indent`` one step of indentation of a file with a member a
    line; both are empty in a file on one line. ``is_ascii`` files write ``\\u00e9`` for ``é``.
    """

    line: str
    indent: str
    comma: str
    colon: str
    is_ascii: bool

    @classmethod
    def of(cls, root: JsonObjectText) -> TextStyle:
        """The style that the outermost object of a file is written in."""
        lead = root.lead
        newline = re.search(r"\r?\n", lead)
        is_ascii = root.text.isascii() and "\\u" in root.text
        colon = root.colon or ": "
        if newline is None:
            return cls("", "", root.comma or ", ", colon, is_ascii)
        indent = lead[newline.end() :].rpartition("\n")[2]
        return cls(newline.group(), indent, ",", colon, is_ascii)

    def lead(self, level: int) -> str:
        """What is written before a member at that level of nesting."""
        return self.line + self.indent * level if self.line else ""

    def dump(self, value: Json, level: int, *, is_sorted: bool) -> str:
        """The text of a value whose first line is already indented to ``level``."""
        text = json.dumps(
            value,
            # Half a surrogate pair has no place in a UTF-8 file but as an escape.
            ensure_ascii=self.is_ascii or _has_surrogates(value),
            indent=self.indent if self.line else None,
            separators=("," if self.line else self.comma, self.colon),
            sort_keys=is_sorted,
        )
        # Line ends inside strings are escaped, so every one here is layout.
        return text.replace("\n", self.line + self.indent * level) if self.line else text


class JsonObjectText(Struct, frozen=True):
    """A text that holds one object from ``start`` to ``end``, with its members in order."""

    text: str
    start: int
    end: int
    members: tuple[JsonMember, ...]

    @classmethod
    def read(cls, text: str, offset: int) -> JsonObjectText:
        """The object whose text begins at ``offset``, blanks before it skipped.

        Raises:
            ValueError: the text is not JSON, or not an object.
            RecursionError: it is nested too deeply.
        """
        start = _after_blanks(text, offset)
        if text[start : start + 1] != "{":
            raise json.JSONDecodeError("Expecting an object", text, start)
        members = tuple(_members(text, start + 1))
        end = _after_blanks(text, members[-1].end if members else start + 1)
        if text[end : end + 1] != "}":
            raise json.JSONDecodeError("Expecting ',' delimiter", text, end)
        return cls(text, start, end + 1, members)

    @property
    def lead(self) -> str:
        """The blanks before the first member."""
        first = self.members[0].key_start if self.members else self.end - 1
        return self.text[self.start + 1 : first]

    @property
    def colon(self) -> str | None:
        """What stands between a key and its value, None without members."""
        if not self.members:
            return None
        return self.text[self.members[0].key_end : self.members[0].start]

    @property
    def comma(self) -> str | None:
        """What stands between two members, None with fewer than two."""
        if len(self.members) < 2:
            return None
        return self.text[self.members[0].end : self.members[1].key_start]

    @property
    def is_sorted(self) -> bool:
        """True when the keys are in order, as nbformat writes them."""
        keys = [member.key for member in self.members]
        return keys == sorted(keys)

    def find(self, key: str) -> JsonMember | None:
        """The member of that key; of several the last, which is the one that readers see."""
        return next((m for m in reversed(self.members) if m.key == key), None)

    def without(self, key: str) -> JsonObjectText:
        """The same object without the members of that key."""
        current = self
        while (member := current.find(key)) is not None:
            current = current._without(member)
        return current

    def with_replaced(
        self, member: JsonMember, value: Json, style: TextStyle, level: int = _LEVEL
    ) -> JsonObjectText:
        """The same object, whose members are indented to ``level``, with another value for one."""
        text = style.dump(value, level, is_sorted=self.is_sorted)
        return JsonObjectText.read(self.with_span(member, text), self.start)

    def with_inserted(
        self, key: str, value: Json, style: TextStyle, level: int = _LEVEL
    ) -> JsonObjectText:
        """The same object with a new member, in its place where keys are sorted, else last."""
        text = style.dump(value, level, is_sorted=self.is_sorted)
        return JsonObjectText.read(self._inserted(key, text, style, level), self.start)

    def with_inserted_text(self, key: str, text: str, style: TextStyle, level: int = 1) -> str:
        """The whole text with a new member, indented to ``level``, whose value is written."""
        return self._inserted(key, text, style, level)

    def with_span(self, member: JsonMember, text: str) -> str:
        """The whole text with other text for that member's value."""
        return self.text[: member.start] + text + self.text[member.end :]

    def _inserted(self, key: str, text: str, style: TextStyle, level: int) -> str:
        name = json.dumps(key, ensure_ascii=style.is_ascii or _has_surrogates(key))
        written = name + (self.colon or style.colon) + text
        if not self.members:
            closing = style.lead(level - 1) if self.end == self.start + 2 else ""
            at, written = self.start + 1, style.lead(level) + written + closing
            return self.text[:at] + written + self.text[at:]
        comma = self.comma or ("," + self.lead if "\n" in self.lead else ", ")
        after = next((m for m in self.members if m.key > key), None) if self.is_sorted else None
        if after is None:
            at, written = self.members[-1].end, comma + written
        else:
            at, written = after.key_start, written + comma
        return self.text[:at] + written + self.text[at:]

    def _without(self, member: JsonMember) -> JsonObjectText:
        place = self.members.index(member)
        if len(self.members) == 1:
            start, end = self.start + 1, self.end - 1
        elif place + 1 < len(self.members):
            start, end = member.key_start, self.members[place + 1].key_start
        else:
            start, end = self.members[place - 1].end, member.end
        return JsonObjectText.read(self.text[:start] + self.text[end:], self.start)


class JsonArrayText(Struct, frozen=True):
    """A text that holds one array from ``start`` to ``end``, and where its elements are."""

    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, text: str, offset: int) -> JsonArrayText:
        """The array whose text begins at ``offset``, blanks before it skipped.

        Raises:
            ValueError: the text is not JSON, or not an array.
            RecursionError: it is nested too deeply.
        """
        start = _after_blanks(text, offset)
        if text[start : start + 1] != "[":
            raise json.JSONDecodeError("Expecting an array", text, start)
        spans: list[tuple[int, int]] = []
        at = _after_blanks(text, start + 1)
        while text[at : at + 1] != "]":
            _, end = _DECODER.raw_decode(text, at)
            spans.append((at, end))
            at = _after_blanks(text, end)
            if text[at : at + 1] == ",":
                at = _after_blanks(text, at + 1)
            elif text[at : at + 1] != "]":
                raise json.JSONDecodeError("Expecting ',' delimiter", text, at)
        return cls(text, start, at + 1, tuple(spans))

    @property
    def lead(self) -> str:
        """The blanks before the first element."""
        first = self.spans[0][0] if self.spans else self.end - 1
        return self.text[self.start + 1 : first]

    @property
    def tail(self) -> str:
        """The blanks behind the last element."""
        last = self.spans[-1][1] if self.spans else self.end - 1
        return self.text[last : self.end - 1]

    def comma(self, lead: str) -> str:
        """What stands between two elements; made from the blanks before one where there is one."""
        if len(self.spans) < 2:
            return "," + (lead or " ")
        return self.text[self.spans[0][1] : self.spans[1][0]]


def is_same(one: Json, other: Json) -> bool:
    """True when two values are the same JSON; unlike in Python, 1, 1.0 and true differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _has_surrogates(value: Json) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    # A lock is long and has none; Python knows that without looking.
    return not text.isascii() and re.search("[\ud800-\udfff]", text) is not None


def _members(text: str, position: int) -> Iterator[JsonMember]:
    position = _after_blanks(text, position)
    while text[position : position + 1] == '"':
        key: str
        key, key_end = _DECODER.raw_decode(text, position)
        colon = _after_blanks(text, key_end)
        if text[colon : colon + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", text, colon)
        start = _after_blanks(text, colon + 1)
        value: Json
        value, end = _DECODER.raw_decode(text, start)
        yield JsonMember(key, value, position, key_end, start, end, text[start:end])
        comma = _after_blanks(text, end)
        if text[comma : comma + 1] != ",":
            return
        position = _after_blanks(text, comma + 1)
        if text[position : position + 1] != '"':
            raise json.JSONDecodeError("Expecting a key", text, position)


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position
