"""Where an open file is: between the look at a path and its use, a folder may become a link."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def is_below(descriptor: int, root: Path) -> bool:
    """True when an open file is below a folder; also where the system does not say it."""
    place = _place(descriptor)
    return place is None or Path(place).is_relative_to(root)


def _place(descriptor: int) -> str | None:
    try:
        if sys.platform == "darwin":
            import fcntl

            # It fills a buffer of the longest path.
            return os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0"))
        place = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return None
    # A file on a disk that was taken away has no place any more.
    return place if place.startswith("/") else None
