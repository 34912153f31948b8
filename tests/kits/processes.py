"""Real child processes: where the scripts are, and whether a process still lives."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SCRIPTS = Path(__file__).parent / "child_scripts"


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """The command that runs one of the child scripts."""
    return (sys.executable, str(SCRIPTS / f"{name}.py"), *arguments)


def is_running(pid: int) -> bool:
    """True while there is such a process; one that only waits to be collected is gone."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def running_with_argument(text: str) -> list[int]:
    """The processes of this machine that have ``text`` in their command line (Linux only)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if text.encode() in command:
                found.append(int(entry.name))
    return found
