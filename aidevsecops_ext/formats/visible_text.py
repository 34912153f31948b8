"""Text of strangers for people's eyes: what would steer a terminal, or turn words round, is shown.

Such as an escape sequence that hides a line, or U+202E, behind which ``gpj.exe`` reads ``exe.jpg``.
"""

from __future__ import annotations

import re

# Line feed and tabulator alone lay text out; the last ones change the direction of what follows.
# Half a surrogate pair is in no encoding.
_STEERING = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
# Compiled by ``re`` on first use: most texts need none, and commands should start quickly.
_SHOWN = rf"\r\n|[{_STEERING}]"
_SHOWN_IN_LINE = rf"[\t\n\u2028\u2029{_STEERING}]"
_RAW_IN_JSON = r"[\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
_COLOUR = r"\x1b\[[0-9;:]*m"


def visible(text: str) -> str:
    r"""The text with such characters as ``\x1b``, and lines that end in one way."""
    return text if text.isprintable() else re.sub(_SHOWN, _shown, text)


def visible_line(text: str) -> str:
    r"""The text in one line, for a log: its line ends are shown as well, as ``\n``."""
    return text if text.isprintable() else re.sub(_SHOWN_IN_LINE, _escaped, text)


def without_colours(text: str) -> str:
    """What a program printed, without the colours that it had for a terminal of its own."""
    return text if text.isprintable() else re.sub(_COLOUR, "", text)


def visible_json(text: str) -> str:
    """JSON that means the same, and has none of these characters."""
    # Within strings alone: JSON has them nowhere else.
    if text.isascii() and "\x7f" not in text:
        return text
    return re.sub(_RAW_IN_JSON, lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(found: re.Match[str]) -> str:
    return "\n" if found[0] == "\r\n" else _escaped(found)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
