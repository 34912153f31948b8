"""The names of runs, which are the names of their folders as well."""

from __future__ import annotations

from .late_patterns import late_pattern

_ID = late_pattern(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}")


def is_run_id(name: str) -> bool:
    """True for a moment (UTC) and a part of its second, such as ``20260102-030405-a1b2``."""
    return _ID.fullmatch(name) is not None
