"""The names of distributions: which are valid, and which two are the same.

``packaging.utils`` has both too, but importing it costs each command a tenth of its start-up.
"""

from __future__ import annotations

import re

from .late_patterns import late_pattern

_SEPARATORS = late_pattern(r"[-_.]+")
_VALID = late_pattern(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?", re.IGNORECASE | re.ASCII)


def canonicalize_name(name: str) -> str:
    """The name by which two spellings of one distribution are the same (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def is_valid_name(name: str) -> bool:
    """True for what may be the name of a distribution (PEP 508)."""
    return _VALID.fullmatch(name) is not None
