"""What a process found that gives parsers texts which may be dear to read."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]


def drop(names: Iterable[str], size: int, grown: int) -> dict[str, dict[str, Any]]:
    """The report on each parser, by its name."""
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.drop", str(size), str(grown), *names],
        cwd=_ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return {report["parser"]: report for report in reports}
