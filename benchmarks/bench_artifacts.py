"""What it costs to write and read what crosses steps: the generated cells beside bare libraries.

    python benchmarks/bench_artifacts.py [--rounds 5] [--megabytes 200]

Each kind of value is written and read by the cells and by what a person would use for it, in turns,
in processes of their own; the shortest times are printed with their ratio. The files stay in the
page cache for both. Exit status 1 when the cells take more of the bare time than their goal. What
shares objects with another variable is pickled twice: alone, then together.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aidevsecops_ext.formats.artifact_parts import Part
from aidevsecops_ext.formats.artifact_reader import read_functions
from aidevsecops_ext.formats.artifact_writer import write_functions
from figures import Findings, Role


@dataclass(frozen=True, slots=True)
class Case:
    """A value, how a person would write and read it, and how much longer the cells may take."""

    name: str
    make: str
    write: str
    read: str
    goals: tuple[float, float]


# As careful as the cells are: what is there stays until the new one is whole.
_PICKLE_WRITE = """
with open("new", "wb") as file:
    pickle.dump(value, file, protocol=5)
os.replace("new", "bare")
"""
_PICKLE_READ = "with open('bare', 'rb') as file: value = pickle.load(file)"
_SHARE = "share = numpy.arange({size} // 8, dtype=float).reshape(-1, 100)"
CASES = (
    Case(
        "array, beside npy",
        "value = numpy.arange({size} // 8, dtype=float)",
        "numpy.save('new.npy', value); os.replace('new.npy', 'bare.npy')",
        "value = numpy.load('bare.npy')",
        (1.5, 1.5),
    ),
    Case(
        "array, beside pickle",
        "value = numpy.arange({size} // 8, dtype=float)",
        _PICKLE_WRITE,
        _PICKLE_READ,
        (1.5, 1.5),
    ),
    Case(
        "two views of an array, beside pickle",
        f"{_SHARE}\nvalue = [share[:, :60], share[:, 40:]]",
        _PICKLE_WRITE,
        _PICKLE_READ,
        (1.5, 1.5),
    ),
    Case(
        "frame of 1e6 rows, beside Parquet",
        """
value = pandas.DataFrame({{f"x{{n}}": numpy.random.default_rng(n).normal(size=10**6)
                           for n in range(6)}})
value["group"] = numpy.random.default_rng(9).integers(0, 1000, 10**6)
value["text"] = pandas.Series([f"text {{n % 5000}}" for n in range(10**6)])
""",
        "value.to_parquet('new'); os.replace('new', 'bare')",
        "value = pandas.read_parquet('bare')",
        (1.5, 1.5),
    ),
    Case(
        "nested plain data, beside pickle",
        "value = [{{'id': n, 'name': f'n{{n}}', 'of': [n / 7, None]}} for n in range(300_000)]",
        _PICKLE_WRITE,
        _PICKLE_READ,
        (2.0, 1.5),
    ),
    Case(
        "20,000 small arrays, beside pickle",
        "value = [numpy.arange(n % 50, dtype=float) for n in range(20_000)]",
        _PICKLE_WRITE,
        _PICKLE_READ,
        (8.0, 1.5),
    ),
)
_HEAD = """
import gc, json, os, pickle, sys, time
import numpy, pandas
_steps_folder = "artifacts"

def seconds(action):
    gc.collect()
    started = time.perf_counter()
    exec(action, globals())
    return time.perf_counter() - started

def times(rounds, **actions):
    taken = {name: [] for name in actions}
    for number in range(rounds + 1):
        for name, action in actions.items():
            took = seconds(action)
            taken[name] += [took] * bool(number)
    return taken
"""


def run(folder: Path, code: str) -> dict[str, list[float]]:
    """The times that a process took for each of its actions; its last line says them."""
    script = folder / "cells.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], cwd=folder, capture_output=True, check=False, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(case: Case, rounds: int, size: int, findings: Findings) -> None:
    """Print two lines of the table, and add them to the findings."""
    with tempfile.TemporaryDirectory(prefix="bench-artifacts-") as temporary:
        folder = Path(temporary)
        call = "_write_step('one', {'value': 'cell 1'})"
        written = run(
            folder,
            f"{_HEAD}\n{case.make.format(size=size)}\n{write_functions([Part.FRAMES], [])}\n"
            f"print(json.dumps(times({rounds}, ours={call!r}, bare={case.write!r})))",
        )
        call = "_read_step('one', ['value'])"
        read = run(
            folder,
            f"{_HEAD}\n{read_functions([Part.FRAMES], [])}\n"
            f"print(json.dumps(times({rounds}, ours={call!r}, bare={case.read!r})))",
        )
        paths = list((folder / "artifacts").rglob("*"))
        megabytes = sum(path.stat().st_size for path in paths if path.is_file()) / 1e6
    print(f"\n{case.name}: {megabytes:.1f} MB")
    for word, taken, goal in zip(("write", "read"), (written, read), case.goals, strict=True):
        ours, bare = min(taken["ours"]), min(taken["bare"])
        roles = {"generated cells": Role.OURS, "bare library": Role.LIMIT}
        name = f"{word.capitalize()} {case.name}"
        findings.add(name, {"generated cells": ours, "bare library": bare}, roles)
        findings.promise(f"{name}: at most {goal} x bare", is_met=ours <= goal * bare)
        print(
            f"  {word:5}  ours {ours:7.3f} s {megabytes / ours:8.0f} MB/s"
            f"   bare {bare:7.3f} s {megabytes / bare:8.0f} MB/s"
            f"   {ours / bare:5.2f} x bare (goal {goal})"
        )


def main() -> int:
    """Run all cases; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--megabytes", type=int, default=200)
    options = parser.parse_args()
    findings = Findings("Pass values between steps")
    for case in CASES:
        measure(case, options.rounds, options.megabytes * 10**6, findings)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
