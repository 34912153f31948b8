"""What a step may be called: a safe file name that is a name for Kale too.

``1. Load the data`` gives ``load_the_data``: without the number, a new section before it does not
rename the step.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

from .late_patterns import late_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_NAME = 40

_NUMBER = late_pattern(
    r"(?:(?:step|part|section|chapter|stage|phase)\s*)?"
    r"(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[ivx]+(?=[.):]))(?:[.):]+|\s+[\u2013\u2014-]+\s|\s)\s*(?=\S)"
)
_UNSAFE = late_pattern(r"[^a-z0-9]+")
_VALID = late_pattern(rf"[_a-z][_a-z0-9]{{0,{LONGEST_NAME - 1}}}")
_KALE = late_pattern(r"[_a-z][_a-z0-9]*")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th"})
# No file of Windows can be called so, whatever follows a dot.
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)


def is_safe_name(name: str) -> bool:
    """True for a name that a step can bear as it is."""
    return _VALID.fullmatch(name) is not None and name not in _RESERVED


def is_kale_name(name: str) -> bool:
    """True for what Kale reads as the name of a step."""
    return _KALE.fullmatch(name) is not None


def safe_name(text: str) -> str:
    """The name that a title or a tag gives a step; the same text always gives the same name."""
    if is_safe_name(text):
        return text
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    plain = folded.encode("ascii", "ignore").decode().strip()
    numbered = _NUMBER.match(plain)
    rest = _UNSAFE.sub("_", plain[numbered.end() :]).strip("_") if numbered else ""
    slug = rest or _UNSAFE.sub("_", plain).strip("_")
    if not slug:
        return f"step_{sha256(text.encode(errors='replace')).hexdigest()[:6]}"
    if slug[0].isdigit() or slug in _RESERVED:
        slug = f"step_{slug}"
    return _shortened(slug, LONGEST_NAME)


def unique_names(names: Sequence[str]) -> list[str]:
    """The names, in order; of several that are equal, all but the first get a number."""
    taken = set(names)
    seen: set[str] = set()
    last: dict[str, int] = {}
    unique = []
    for name in names:
        # Numbers that were taken for an equal name before still are.
        chosen, number = name, last.get(name, 1)
        while chosen in (seen if number == 1 else taken):
            number += 1
            chosen = f"{_shortened(name, LONGEST_NAME - 1 - len(str(number)))}_{number}"
        last[name] = number
        seen.add(chosen)
        taken.add(chosen)
        unique.append(chosen)
    return unique


def _shortened(slug: str, length: int) -> str:
    """The slug cut at the end of a word, if one ends in its second half."""
    if len(slug) <= length:
        return slug
    cut = slug[:length]
    end = cut.rfind("_") if slug[length] != "_" else length
    return cut[:end] if end > length // 2 else cut.rstrip("_")
