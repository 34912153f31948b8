"""Programs that are run to their end, as from a terminal."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def call(*command: str | Path, cwd: Path | None = None, **environ: str) -> str:
    """What the command wrote to its output; it must end well."""
    return ended(*command, cwd=cwd, **environ).stdout


def ended(
    *command: str | Path, cwd: Path | None = None, **environ: str
) -> subprocess.CompletedProcess[str]:
    """All that the command wrote; it must end well."""
    # Tools that start themselves again and again do so in half the time if they keep bytecode.
    fast = {"PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **fast, **environ},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done
