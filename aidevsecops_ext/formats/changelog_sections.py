"""Where a changelog in Markdown tells of what: its headings, and where their sections end.

What stands in blocks of code and in comments is no heading.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

_HEADING = re.compile(
    r"^(?P<hashes>#{1,6})[ \t]+(?P<title>[^\n]*)$"
    r"|^(?P<words>[^\s#>*+|-][^\n]*)\n(?P<line>=+|-{2,})[ \t]*$",
    re.M,
)
_BLOCK = re.compile(
    r"^ {0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)|<!--.*?(?:-->|\Z)",
    re.M | re.S,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_LINK = re.compile(r"\[[^\]\n]+\]:\s+\S")
_LEVELS = 6
_UNRELEASED = re.compile(r"\[?unreleased\b|.*\(unreleased\)", re.I)
_VERSION = re.compile(r"(?:Release )?\[?v?\d+\.\d+", re.I)


class Section(Struct, frozen=True):
    """A part of a changelog: its heading begins at ``start``, what it tells is in between.

    ``level`` is 2 for ``## Title``.
    """

    title: str
    level: int
    start: int
    body: int
    end: int

    @property
    def is_unreleased(self) -> bool:
        """True where it says that it tells of what is not released."""
        return _UNRELEASED.match(self.title) is not None

    @property
    def has_version(self) -> bool:
        """True where it tells of some version."""
        return _VERSION.match(self.title) is not None

    def is_of(self, version: str) -> bool:
        """True where it tells of that version."""
        words = rf"(?:Release )?\[?v?{re.escape(version)}(?![\w.+-])"
        return bool(version) and re.match(words, self.title, re.I) is not None


def sections_of(text: str) -> tuple[Section, ...]:
    """The sections of a text whose lines end with ``\\n``, those in others too."""
    end = links_of(text)
    headings = [(_level(found), found) for found in _HEADING.finditer(without_blocks(text))]
    sections = []
    # Where the next heading of each level begins, or of one above it.
    later = [end] * (_LEVELS + 1)
    for level, found in reversed(headings):
        title = (found["title"] or found["words"] or "").strip()
        last = max(min(later[level], end), found.end())
        sections.append(Section(title, level, found.start(), found.end(), last))
        later[level:] = [found.start()] * (_LEVELS + 1 - level)
    return tuple(reversed(sections))


def links_of(text: str) -> int:
    """Where the addresses begin that stand at the end of a text; its end where there are none."""
    place = start = len(text)
    for line in reversed(text.splitlines(keepends=True)):
        place -= len(line)
        if _LINK.match(line):
            start = place
        elif line.strip():
            break
    return start


def without_blocks(text: str) -> str:
    """The text with blanks for code and comments."""
    return _BLOCK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def without_empty_parts(text: str) -> str:
    """What is told, without headings that nothing stands below; empty where nothing is told."""
    starts = [0, *(found.start() for found in _HEADING.finditer(without_blocks(text))), len(text)]
    parts = (text[start:end] for start, end in pairwise(starts))
    return "".join(part for part in parts if _says_something(part)).strip()


def _says_something(part: str) -> bool:
    heading = _HEADING.match(part)
    return bool(_COMMENT.sub("", part[heading.end() if heading else 0 :]).strip())


def _level(found: re.Match[str]) -> int:
    if found["hashes"]:
        return len(found["hashes"])
    return 1 if found["line"].startswith("=") else 2
