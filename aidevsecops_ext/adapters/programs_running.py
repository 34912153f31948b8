"""Whether programs of a folder run at the moment."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def is_running_in(folder: Path) -> bool:
    """True where the command line of a process begins with a program of that folder.

    Only Linux tells; Windows does not let go of what runs.
    """
    start = os.fsencode(folder) + os.fsencode(os.sep)
    names = os.listdir(_PROC) if _PROC.is_dir() else []
    return any(_command(name).startswith(start) for name in names if name.isdigit())


def _command(process: str) -> bytes:
    try:
        return (_PROC / process / "cmdline").read_bytes()
    except OSError:
        # It has ended.
        return b""
