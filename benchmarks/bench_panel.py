"""How long the page takes to answer clicks and keys in a large project, in a real Chromium.

    python benchmarks/bench_panel.py [--rounds 3]

What is done, and to what, is in ``ui-tests/load``; the browser itself counts from the event to the
picture that shows what it did. The median of the rounds counts.

Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TypeAlias

from figures import Findings, Role

ROOT = Path(__file__).parents[1]
MOST_MILLISECONDS = 100.0
# What JupyterLab does where nothing of ours is seen, in the same run.
BARE = "JupyterLab itself"

Taken: TypeAlias = dict[str, dict[str, list[dict[str, float]]]]


def measure(rounds: int) -> Taken:
    """What every interaction took in each round, by the part of the page that it is in."""
    with tempfile.TemporaryDirectory(prefix="bench-panel-") as folder:
        path = Path(folder, "taken.json")
        subprocess.run(
            ["npx", "playwright", "test", "--config", "playwright.load.config.ts"],
            cwd=ROOT / "ui-tests",
            env={**os.environ, "UI_FINDINGS": str(path), "UI_ROUNDS": str(rounds)},
            stdin=subprocess.DEVNULL,
            check=True,
        )
        taken: Taken = json.loads(path.read_text(encoding="utf-8"))
    return taken


def add(taken: Taken, findings: Findings) -> None:
    """Add a case for each part, and the promise for all that is ours."""
    slow: list[str] = []
    for part, each in taken.items():
        responses = {
            what: statistics.median(one["response"] for one in rounds)
            for what, rounds in each.items()
        }
        role = Role.LIMIT if part == BARE else Role.OURS
        if role is Role.OURS:
            slow += [f"{part}: {what}" for what, it in responses.items() if it > MOST_MILLISECONDS]
        findings.add(
            f"{part}, until the page has answered", responses, dict.fromkeys(each, role), "ms"
        )
    said = f"every interaction is answered within {MOST_MILLISECONDS:.0f} ms"
    findings.promise(said + (f" (not: {', '.join(slow)})" if slow else ""), is_met=not slow)


def main() -> int:
    """Measure; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    findings = Findings("Response of the page: 2,000 notebooks, 500 requirements, 200 jobs")
    add(measure(parser.parse_args().rounds), findings)
    for goal in findings.goals:
        print("met   " if goal.is_met else "MISSED", goal.text)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
