"""The list of all projects of a package index (PEP 503 and PEP 691), read piece by piece.

Such a list may name a million projects: it is never held as a whole. This is used in a process
of its own that has nothing but the standard library.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.names import canonicalize_name, is_valid_name

if TYPE_CHECKING:
    from collections.abc import Iterator

_JSON_NAME = re.compile(rb'"name"\s*:\s*"([^"\\]*)"')
_HTML_NAME = re.compile(rb">\s*([^<>]*?)\s*</a\s*>", re.IGNORECASE)
# No name is longer; what is kept of a piece is what may be a part of one.
_LONGEST = 1000


class NameReader:
    """Finds the names in a list that comes in pieces."""

    def __init__(self, *, is_json: bool) -> None:
        self._pattern = _JSON_NAME if is_json else _HTML_NAME
        self._left = b""

    def feed(self, piece: bytes) -> Iterator[str]:
        """The normalised names that the pieces so far have, and earlier ones had not."""
        text = self._left + piece
        end = 0
        for match in self._pattern.finditer(text):
            end = match.end()
            name = match[1].decode("utf-8", "replace")
            if is_valid_name(name):
                yield canonicalize_name(name)
        self._left = text[max(end, len(text) - _LONGEST) :]
