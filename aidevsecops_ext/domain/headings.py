"""The headings of a piece of Markdown, as a reader of the notebook sees them."""

from __future__ import annotations

import re

from msgspec import Struct

from .late_patterns import late_pattern

_FENCE = late_pattern(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_ATX = late_pattern(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = late_pattern(r" {0,3}(=+|-+)[ \t]*$")
_HTML = late_pattern(r" {0,3}<h([1-6])(?:\s[^>]*)?>(.*?)</h\1\s*>", re.IGNORECASE)
_COMMENT = late_pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# What these begin is no paragraph, so that a line below it underlines nothing.
_NO_PARAGRAPH = late_pattern(r" {0,3}(?:[-*+][ \t]|\d{1,9}[.)][ \t]|>|\||<)|(?: {4}|\t)")
_IMAGE = late_pattern(r"!\[[^\]]*\]\([^)]*\)")
_LINK = late_pattern(r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TAG = late_pattern(r"</?[A-Za-z][^>]*>")
_MARK = late_pattern(r"\*+|`+|~~|(?<!\w)_+|_+(?!\w)|\\(?=[^\w\s])")


class Heading(Struct, frozen=True):
    """A heading: its level from 1 to 6 and its text without marks."""

    level: int
    title: str


def find_headings(markdown: str) -> tuple[Heading, ...]:
    """The headings, in order; what stands in fenced or indented code is none."""
    if "<!--" in markdown:
        markdown = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), markdown)
    found = []
    fence = ""
    paragraph: list[str] = []
    for line in markdown.splitlines():
        if fence:
            fence = "" if _closes(line, fence) else fence
            continue
        if opened := _FENCE.match(line):
            fence, paragraph = opened[1], []
        elif heading := _heading(line, paragraph):
            found.append(heading)
            paragraph = []
        elif not line.strip() or (not paragraph and _NO_PARAGRAPH.match(line)):
            paragraph = []
        else:
            paragraph.append(line.strip())
    return tuple(found)


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and text == fence[0] * len(text)


def _heading(line: str, paragraph: list[str]) -> Heading | None:
    """The heading that the line is, or makes of the paragraph above it."""
    if atx := _ATX.match(line):
        return Heading(len(atx[1]), _plain(atx[2] or ""))
    if paragraph and (under := _SETEXT.match(line)):
        return Heading(1 if under[1][0] == "=" else 2, _plain(" ".join(paragraph)))
    if in_html := _HTML.match(line):
        return Heading(int(in_html[1]), _plain(in_html[2]))
    return None


def _plain(text: str) -> str:
    """The text without links, tags and the marks of emphasis and code."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    plain = _MARK.sub("", _TAG.sub("", text))
    if "&" in plain:
        # Slow to import, and few headings have any of it.
        from html import unescape

        plain = unescape(plain)
    return " ".join(plain.split())
