"""The names of runs, which are the names of their folders as well."""

from __future__ import annotations

from time import gmtime, strftime

from .late_patterns import late_pattern

_ID = late_pattern(r"[0-9]{8}-[0-9]{6}-[0-9a-f]{4}")


def is_run_id(name: str) -> bool:
    """True for a moment (UTC) and a part of its second, such as ``20260102-030405-a1b2``."""
    return _ID.fullmatch(name) is not None


def run_id_at(moment: float) -> str:
    """The name of a run that begins at that moment, in seconds since the epoch."""
    return f"{strftime('%Y%m%d-%H%M%S', gmtime(moment))}-{int(moment % 1 * 0x10000):04x}"


def run_id_after(name: str) -> str:
    """The next name; it tells no moment where the second before it is full."""
    day, second, part = name.split("-")
    if part != "ffff":
        return f"{day}-{second}-{int(part, 16) + 1:04x}"
    digits = f"{int(day + second) + 1:014}"
    return f"{digits[:8]}-{digits[8:]}-0000"
