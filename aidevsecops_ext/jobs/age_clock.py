"""The clock by which things grow old."""

from __future__ import annotations

import time


class AgeClock:
    """Tells the time of the system, and never that more has passed since the start than has.

    What ended a minute ago is a minute old, also when the clock of the system was set a year ahead
    in between. Set back, it makes nothing older.
    """

    def __init__(self) -> None:
        self._offset = time.time() - _passed()

    def now(self) -> float:
        """Seconds since the epoch."""
        return min(time.time(), self._offset + _passed())


def _passed() -> float:
    """Seconds from some moment, those in which the machine slept included where they are known."""
    slept = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if slept is None else time.clock_gettime(slept)
