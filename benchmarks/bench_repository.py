"""How long a repository takes to lock whose notebooks share their sets of requirements.

    python benchmarks/bench_repository.py [--sets 20] [--copies 10] [--rounds 3]

200 notebooks of 20 different sets of requirements against 20 notebooks with those 20 sets, in turn,
with a warm cache of uv. Exit status 1 when the goal is missed: at most 1.2 times the time. Beside
it stands the same ratio of processor time, which a busy machine disturbs less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from figures import Findings, Role

GOAL = 1.2
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
# What notebooks are made of; set n takes some of them, no two the same.
COMMON = ("pandas", "matplotlib")
CHOICE = (
    "scikit-learn", "requests", "seaborn", "scipy", "pyarrow", "statsmodels", "networkx", "sympy",
    "boto3", "sqlalchemy", "beautifulsoup4", "pillow", "openpyxl", "plotly", "ipywidgets", "nltk",
    "xgboost", "joblib", "altair", "fastapi",
)  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, and of the processor, children included."""

    wall: float
    processor: float


def sets(count: int) -> list[tuple[str, ...]]:
    """That many different sets of requirements."""
    rows: list[tuple[str, ...]] = [
        (*COMMON, CHOICE[n % len(CHOICE)], CHOICE[(n + 1 + n // len(CHOICE)) % len(CHOICE)])
        for n in range(count)
    ]
    assert len({frozenset(row) for row in rows}) == count
    return rows


def write_repository(folder: Path, asked: list[tuple[str, ...]], copies: int) -> None:
    """Notebooks that ask for each set so many times, as they lie in folders of a project."""
    folder.mkdir(parents=True)
    (folder / ".git").mkdir()
    for number, row in enumerate(asked):
        place = folder / f"project-{number:02}"
        place.mkdir()
        for copy in range(copies):
            _write_notebook(place / f"step-{copy:02}.ipynb", row)


def _write_notebook(path: Path, names: tuple[str, ...]) -> None:
    pipfile = {
        "packages": dict.fromkeys(names, "*"),
        "dev-packages": {},
        "requires": {"python_version": PYTHON},
    }
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "source": source,
         "execution_count": None}
        for n, source in enumerate(["import pandas as pd\nimport os", "pd.DataFrame()"] * 10)
    ]  # fmt: skip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "requirements": json.dumps(pipfile)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook, indent=1) + "\n")


def lock(folder: Path) -> Taken:
    """What locking all notebooks of a folder takes; all of them must be locked."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "aidevsecops_ext", "lock", ".", "--json"],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        failed = [entry for entry in json.loads(done.stdout or "[]") if "error" in entry]
        raise SystemExit(f"lock failed:\n{json.dumps(failed, indent=1)}\n{done.stderr}")
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, processor)


def main() -> int:
    """Run in turns, print the figures, and say whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=20)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    asked = sets(options.sets)
    few: list[Taken] = []
    many: list[Taken] = []
    with tempfile.TemporaryDirectory(prefix="bench-repository-") as name:
        for number in range(options.rounds + 1):  # the first round warms the caches
            for taken, copies in ((few, 1), (many, options.copies)):
                folder = Path(name) / f"round-{number}-{copies}"
                write_repository(folder, asked, copies)
                took = lock(folder)
                if number:
                    taken.append(took)
    findings = report(few, many, (options.sets, options.sets * options.copies))
    return findings.status


def report(few: list[Taken], many: list[Taken], counts: tuple[int, int]) -> Findings:
    """Print the fastest of each and the ratios."""
    # The fastest, not the median: what else the machine does only ever adds.
    walls = [min(t.wall for t in taken) for taken in (few, many)]
    processors = [min(t.processor for t in taken) for taken in (few, many)]
    print(f"{'notebooks':>9}  {'seconds':>8}  {'processor':>9}")
    for count, wall, processor in zip(counts, walls, processors, strict=True):
        print(f"{count:9}  {wall:8.2f}  {processor:9.2f}")
    is_met = walls[1] <= GOAL * walls[0]
    print(f"ratio of the time: {walls[1] / walls[0]:.2f}", end=", ")
    print(f"of processor time: {processors[1] / processors[0]:.2f}")
    print(f"goal: at most {GOAL} times the time: {'met' if is_met else 'missed'}")
    findings = Findings("Lock a repository")
    names = [f"{count} notebooks" for count in counts]
    roles = dict(zip(names, (Role.LIMIT, Role.OURS), strict=True))
    findings.add(f"{counts[0]} sets of requirements", dict(zip(names, walls, strict=True)), roles)
    text = f"ten times as many notebooks with the same sets take at most {GOAL} times as long"
    findings.promise(text, is_met=is_met)
    return findings


if __name__ == "__main__":
    sys.exit(main())
