"""How long runs of pipelines take here: beside jupyter execute, papermill and Elyra, in one run.

    python benchmarks/bench_pipeline.py [--rounds 3]

Whole processes. Two trivial notebooks after each other, and a pipeline as in a tutorial: load,
train, and a script that reports. Elyra and papermill are those of ``.venv-elyra``, if it is there.
The rounds take turns, so that a busy moment hits all. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from figures import Findings, Role
from peers import last_line
from tests.kits.pipelines import write_pipeline

GOAL_TWO = 0.7
GOAL_CACHED = 0.5
GOAL_VALIDATE = 0.5
PATIENCE = 300.0
ELYRA_TOOLS = ("papermill", "elyra-pipeline run")
ROLES = {"ours": Role.OURS, "jupyter execute": Role.LIMIT, **dict.fromkeys(ELYRA_TOOLS, Role.PEER)}
ELYRA = Path(__file__).parents[1] / ".venv-elyra" / "bin"

LOAD = """import csv, random
random.seed(0)
with open('data.csv', 'w') as file:
    csv.writer(file).writerows([i, 3 * i + random.random()] for i in range(10_000))"""
TRAIN = """import csv, json
with open('data.csv') as file:
    rows = [(float(a), float(b)) for a, b in csv.reader(file)]
slope = sum(a * b for a, b in rows) / sum(a * a for a, _ in rows)
json.dump({'slope': slope}, open('model.json', 'w'))
slope"""
REPORT = "import json\nprint(json.load(open('model.json')))\n"

Commands = dict[str, tuple[tuple[str, ...], ...]]


def write_all(folder: Path) -> None:
    """Two pipelines with what they run."""
    write_pipeline(
        folder / "two.pipeline",
        {"name": "one", "file": "one.ipynb"},
        {"name": "other", "file": "other.ipynb", "after": ["one"]},
        one="print('one')",
        other="print('other')",
    )
    write_pipeline(
        folder / "three.pipeline",
        {"name": "load", "file": "load.ipynb", "outputs": ["data.csv"]},
        {"name": "train", "file": "train.ipynb", "after": ["load"], "outputs": ["model.json"]},
        {"name": "report", "file": "report.py", "after": ["train"]},
        load=LOAD,
        train=TRAIN,
        report=REPORT,
    )
    for path in folder.glob("*.ipynb"):
        # Others need to be told which kernel it is.
        kernel = (
            '"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}'
        )
        path.write_text(
            path.read_text().replace(
                '"metadata": {},\n "nbformat"', f'"metadata": {{{kernel}}},\n "nbformat"'
            )
        )


def commands_of(name: str, files: tuple[str, ...]) -> Commands:
    """How each tool runs the files of a pipeline: one process after the other."""
    ours = (sys.executable, "-m", "aidevsecops_ext", "pipeline", "run", f"{name}.pipeline")
    notebooks = tuple(file for file in files if file.endswith(".ipynb"))
    scripts = tuple((sys.executable, file) for file in files if file.endswith(".py"))
    jupyter = str(Path(sys.executable).with_name("jupyter"))
    found: Commands = {"ours": (ours,)}
    found["jupyter execute"] = ((jupyter, "execute", "--inplace", *notebooks), *scripts)
    if (ELYRA / "papermill").exists():
        papermill = str(ELYRA / "papermill")
        found["papermill"] = (*((papermill, each, each) for each in notebooks), *scripts)
        found["elyra-pipeline run"] = ((str(ELYRA / "elyra-pipeline"), "run", f"{name}.pipeline"),)
    return found


def take(commands: tuple[tuple[str, ...], ...], environ: Mapping[str, str], cwd: Path) -> float:
    """The seconds that processes take, one after the other.

    Raises:
        subprocess.CalledProcessError: one of them fails.
    """
    started = time.perf_counter()
    for command in commands:
        subprocess.run(
            command,
            env=environ,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE,
        )
    return time.perf_counter() - started


def compare(
    name: str,
    folder: Path,
    rounds: int,
    run: Callable[[tuple[tuple[str, ...], ...], Path], float],
    findings: Findings,
) -> dict[str, float]:
    """Print how long each tool takes; the medians of those that did it."""
    files = {
        "two": ("one.ipynb", "other.ipynb"),
        "three": ("load.ipynb", "train.ipynb", "report.py"),
    }
    commands = commands_of(name, files[name])
    taken: dict[str, list[float]] = {tool: [] for tool in commands}
    failed = {tool: f"there is no {ELYRA.parent.name}" for tool in ELYRA_TOOLS if tool not in taken}
    for number in range(rounds + 1):
        for tool, each in commands.items():
            if tool in failed:
                continue
            with tempfile.TemporaryDirectory(dir=folder) as place:
                write_all(Path(place))
                try:
                    seconds = run(each, Path(place))
                except subprocess.CalledProcessError as error:
                    if ROLES[tool] is Role.OURS:
                        raise
                    failed[tool] = f"failed: {last_line(str(error.stderr))}"
                    continue
            if number:  # the first round fills the caches
                taken[tool].append(seconds)
    done = {tool: all_taken for tool, all_taken in taken.items() if all_taken}
    findings.add(f"Run a pipeline of {name} steps", {**done, **failed}, ROLES)
    medians = {tool: statistics.median(all_taken) for tool, all_taken in done.items()}
    print(f"\n{name} steps, whole processes, median of {rounds}:")
    for tool, seconds in medians.items():
        print(f"  {tool:20}{seconds:8.2f} s {seconds / medians['ours']:8.2f} x ours")
    return medians


def main() -> int:
    """Compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    rounds: int = options.rounds
    findings = Findings("Run a pipeline here")
    with tempfile.TemporaryDirectory(prefix="bench-pipeline-") as temporary:
        folder = Path(temporary)
        # As for users, whose installer has compiled the bytecode; and no settings of this machine.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ |= {"PYTHONPATH": str(Path(__file__).parents[1]), "JUPYTER_DATA_DIR": temporary}
        environ["PATH"] = os.pathsep.join([str(ELYRA), environ.get("PATH", os.defpath)])

        def run(commands: tuple[tuple[str, ...], ...], cwd: Path) -> float:
            return take(commands, environ, cwd)

        two = compare("two", folder, rounds, run, findings)
        compare("three", folder, rounds, run, findings)
        write_all(folder)
        ours = (sys.executable, "-m", "aidevsecops_ext", "pipeline")
        run(((*ours, "run", "three.pipeline"),), folder)
        again = {
            "all cached": ((*ours, "run", "three.pipeline", "--only-changed"),),
            "validate": ((*ours, "validate", "three.pipeline"),),
        }
        quick = {
            what: statistics.median(run(command, folder) for _ in range(2 * rounds + 1))
            for what, command in again.items()
        }
        shutil.rmtree(folder / "runs")
    ratio = two["ours"] / two["jupyter execute"]
    print(f"\ntwo trivial notebooks: {ratio:.2f} x jupyter execute (goal: {GOAL_TWO})")
    print(f"all cached: {quick['all cached']:.2f} s (goal: {GOAL_CACHED} s)")
    print(f"validate: {quick['validate']:.2f} s (goal: {GOAL_VALIDATE} s)")
    findings.add("Our other commands", quick, dict.fromkeys(quick, Role.OURS))
    findings.promise(
        f"two notebooks in at most {GOAL_TWO} times jupyter execute", is_met=ratio <= GOAL_TWO
    )
    said = f"a run of which nothing changed in at most {GOAL_CACHED} s"
    findings.promise(said, is_met=quick["all cached"] <= GOAL_CACHED)
    said = f"a validation in at most {GOAL_VALIDATE} s"
    findings.promise(said, is_met=quick["validate"] <= GOAL_VALIDATE)
    for name in ("elyra", "papermill"):
        findings.versions |= _version(name)
    return findings.status


def _version(package: str) -> dict[str, str]:
    """The version of a package beside Elyra; empty where there is none."""
    code = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
    python = ELYRA / "python"
    if not python.exists():
        return {}
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return {package: done.stdout.strip()} if done.returncode == 0 else {}


if __name__ == "__main__":
    sys.exit(main())
