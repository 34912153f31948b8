"""How fast the preview of a split is: beside bare ``ast``, soorgeon and Kale, in one run.

    python benchmarks/bench_split.py [--rounds 5]

Whole processes on notebooks of 1,000 and 10,000 cells that were made for this. The rounds take
turns, so that a busy moment hits all. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from figures import Findings, Role
from peers import last_line, peer

GOAL = 0.8
FEW, MANY = 1_000, 10_000
# Ten times as many cells may take ten times as long, and a fifth more.
LINEAR = 12.0
SECTION = 25
PATIENCE, IMPATIENCE = 300.0, 45.0

BARE = """
import ast, json, sys
for cell in json.load(open(sys.argv[1]))["cells"]:
    if cell["cell_type"] == "code":
        ast.parse("".join(cell["source"]))
"""
KALE = """
import sys
from kale.processors import NotebookProcessor
config = {"pipeline_name": "bench", "experiment_name": "bench"}
NotebookProcessor(sys.argv[1], nb_metadata_overrides=config).run()
"""
OTHERS = {"soorgeon": "soorgeon", "Kale": "kubeflow-kale"}
ROLES = {"aidevsecops split": Role.OURS, "bare ast": Role.LIMIT, **dict.fromkeys(OTHERS, Role.PEER)}

HEAD = """import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
from sklearn.linear_model import LinearRegression

np.random.seed(0)


def scaled(frame, column):
    values = frame[column]
    return (values - values.mean()) / values.std()"""

CELL = """part_{n} = pd.DataFrame({{'a': np.arange(10) + {n}, 'b': 1.0}})
part_{n}['c'] = scaled(part_{n}, 'a')
total_{n} = part_{n}['c'].sum() + {before}
for row in range(3):
    if row > total_{n}:
        part_{n}.loc[row, 'b'] = row
print(f'{{total_{n}:.2f}}')"""


def write_notebook(folder: Path, count: int) -> Path:
    """A notebook with that many cells in sections, tagged for Kale too; its kernel nobody has."""
    cells = [_cell("markdown", "## Imports"), _cell("code", HEAD, "imports")]
    for number in range(len(cells), count):
        section, place = divmod(number, SECTION)
        if place == 0:
            cells.append(_cell("markdown", f"## Section {section}\n\nAbout it."))
        else:
            before = f"total_{number - 1}" if place > 1 and number > 2 else "0"
            tag = f"step:section_{section}" if place == 1 or number == 2 else None
            cells.append(_cell("code", CELL.format(n=number, before=before), tag))
    kernel = {"name": "bench-kernel", "display_name": "Bench", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    path = folder / f"cells-{count}.ipynb"
    path.write_text(json.dumps(notebook, indent=1))
    return path


def _cell(kind: str, source: str, tag: str | None = None) -> dict[str, object]:
    code: dict[str, object] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    metadata = {} if tag is None else {"tags": [tag]}
    return {
        "cell_type": kind,
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
        **code,
    }


def take(
    command: tuple[str, ...], environ: Mapping[str, str], cwd: Path, patience: float
) -> float | str:
    """The seconds of one whole process, or why there are none."""
    started = time.perf_counter()
    try:
        done = subprocess.run(
            command,
            env=environ,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=patience,
        )
    except subprocess.TimeoutExpired:
        return f"over {patience:.0f} s"
    if done.returncode != 0:
        return f"failed: {last_line(done.stderr)}"
    return time.perf_counter() - started


def install_others(findings: Findings) -> dict[str, Path | str]:
    """The folder of programs of each other tool, or why it cannot be installed."""
    found: dict[str, Path | str] = {}
    for tool, package in OTHERS.items():
        installed = peer(package)
        if isinstance(installed, str):
            found[tool] = installed
        else:
            findings.versions[tool] = installed.version
            found[tool] = installed.programs
    return found


def commands_of(tools: Mapping[str, Path | str]) -> dict[str, tuple[str, ...] | str]:
    """How each preview is asked for; the notebook's name follows."""
    ours = (sys.executable, "-m", "aidevsecops_ext", "split", "--dry-run", "--json", "--offline")
    commands: dict[str, tuple[str, ...] | str] = {
        "aidevsecops split": ours,
        "bare ast": (sys.executable, "-c", BARE),
    }
    for tool, place in tools.items():
        if isinstance(place, str):
            commands[tool] = place
        elif tool == "Kale":
            commands[tool] = (str(place / "python"), "-c", KALE)
        else:
            commands[tool] = (str(place / "soorgeon"), "refactor", "--file-format", "py")
    return commands


def compare(
    notebook: Path,
    commands: Mapping[str, tuple[str, ...] | str],
    environ: Mapping[str, str],
    rounds: int,
    findings: Findings,
) -> dict[str, float]:
    """Print how long each takes on a notebook; the medians of those that did it."""
    patience = IMPATIENCE if rounds == 1 and notebook.stem == f"cells-{FEW}" else PATIENCE
    taken: dict[str, list[float]] = {name: [] for name in commands}
    failed: dict[str, str] = {n: c for n, c in commands.items() if isinstance(c, str)}
    for number in range(rounds + 1):
        for name, command in commands.items():
            # The others take so long that one look at each is enough.
            is_done = name in OTHERS and taken[name]
            if isinstance(command, str) or name in failed or is_done:
                continue
            with tempfile.TemporaryDirectory(dir=notebook.parent) as cwd:
                copy = Path(cwd, notebook.name)
                copy.write_bytes(notebook.read_bytes())
                seconds = take((*command, copy.name), environ, Path(cwd), patience)
            if isinstance(seconds, str):
                failed[name] = seconds
            elif number or name in OTHERS:  # the first round fills the caches
                taken[name].append(seconds)
    medians = {name: statistics.median(all_taken) for name, all_taken in taken.items() if all_taken}
    ours = medians["aidevsecops split"]
    print(f"\n{notebook.stem}, whole process, median of {rounds}:")
    for name in commands:
        if name in medians:
            print(f"  {name:20}{medians[name]:8.3f} s {medians[name] / ours:8.2f} x ours")
        else:
            print(f"  {name:20}{failed[name]}")
    told = {name: medians[name] if name in medians else failed[name] for name in commands}
    findings.add(f"Preview {notebook.stem.replace('-', ': ')}", told, ROLES)
    return medians


def main() -> int:
    """Compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds: int = options.rounds
    findings = Findings("Split a notebook into steps")
    with tempfile.TemporaryDirectory(prefix="bench-split-") as temporary:
        folder = Path(temporary)
        # As for users, whose installer has compiled the bytecode.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        commands = commands_of(install_others(findings))
        few = compare(write_notebook(folder, FEW), commands, environ, rounds, findings)
        # The others take minutes for it.
        own = {name: command for name, command in commands.items() if name not in OTHERS}
        many = compare(write_notebook(folder, MANY), own, environ, max(1, rounds // 3), findings)
    ours = "aidevsecops split"
    growth = many[ours] / few[ours]
    print(f"\n  goal: {FEW} cells in at most {GOAL} s; here {few[ours]:.2f} s")
    print(f"  {MANY} cells take {growth:.1f} x as long; linear is at most {LINEAR:.0f} x")
    findings.promise(f"{FEW:,} cells in at most {GOAL} s", is_met=few[ours] <= GOAL)
    said = f"{MANY:,} cells take at most {LINEAR:.0f} times as long as {FEW:,}"
    findings.promise(said, is_met=growth <= LINEAR)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
