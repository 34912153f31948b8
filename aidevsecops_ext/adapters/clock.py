"""The system's clock."""

from __future__ import annotations

import time


class SystemClock:
    """Tells the time of this machine."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()
