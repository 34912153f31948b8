"""Where the statements of a cell begin, line by line, while the cell is not yet Python."""

from __future__ import annotations

from msgspec import Struct

from .late_patterns import late_pattern

_POINT = late_pattern(r"""\"\"\"|'''|["'#()\[\]{}?]|=[ \t]*(?=[%!])|\\$""")
_STRING_END = {
    "'": late_pattern(r"(?:[^'\\]|\\.)*'"),
    '"': late_pattern(r'(?:[^"\\]|\\.)*"'),
    "'''": late_pattern(r"(?:[^'\\]|\\.|'(?!''))*'''"),
    '"""': late_pattern(r'(?:[^"\\]|\\.|"(?!""))*"""'),
}
_HELP_END = late_pattern(r"\?{1,2}[ \t]*(?:#.*)?$")


class SeenLine(Struct, frozen=True):
    """What a line has outside strings and brackets.

    ``magic_at`` is where the magic of ``x = %magic`` begins; ``is_help`` tells a trailing ``?``.
    """

    magic_at: int | None = None
    is_help: bool = False


class LineScanner:
    """Follows strings, brackets and line continuations from one line to the next."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._is_continued = False

    @property
    def is_statement_start(self) -> bool:
        """True when the next line begins a statement."""
        return not (self._quote or self._depth or self._is_continued)

    def scan(self, line: str) -> SeenLine:
        """What the next line has; moves on behind it."""
        self._is_continued = False
        position = self._end_of_string(line, 0) if self._quote else 0
        magic_at: int | None = None
        is_help = False
        while position is not None and (point := _POINT.search(line, position)):
            mark = point[0]
            position = point.end()
            if mark == "#":
                break
            if mark in _STRING_END:
                self._quote = mark
                position = self._end_of_string(line, position)
            elif mark in "([{":
                self._depth += 1
            elif mark in ")]}":
                self._depth = max(0, self._depth - 1)
            elif mark == "\\":
                self._is_continued = True
            elif self._depth == 0 and mark == "?":
                is_help = is_help or _HELP_END.match(line, point.start()) is not None
            elif self._depth == 0 and magic_at is None and _assigns(line, point.start(), position):
                magic_at = position
        return SeenLine(magic_at, is_help)

    def _end_of_string(self, line: str, position: int) -> int | None:
        """Where the open string ends; None when it goes on behind the line, or is broken."""
        end = _STRING_END[self._quote].match(line, position)
        if end is not None:
            self._quote = ""
            return end.end()
        if len(self._quote) == 1 and not line.endswith("\\"):
            self._quote = ""
        return None


def _assigns(line: str, start: int, end: int) -> bool:
    """True when the equals sign at ``start`` assigns the magic at ``end``."""
    return line[start - 1 : start] not in ("=", "!", "<", ">") and line[end : end + 2] != "!="
