"""How fast and how exact discovery is: ours beside deptry and pipreqs, in one run on one machine.

    python benchmarks/bench_discover.py [--rounds 5]

Three tables: a whole process on one notebook; a thousand notebooks in one call; the exact sets of
the notebooks in ``discover_cases.py``. The rounds of the first take turns, so that a busy moment
hits all. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from discover_cases import CASES, Case
from figures import Findings, Role
from peers import peer

PROCESS_GOAL = 0.35
RATE_GOAL = 200.0
MANY = 1000
OURS = (sys.executable, "-m", "aidevsecops_ext", "discover", "--offline", "--json")
OTHERS = ("deptry", "pipreqs")

# pipreqs looks its names up on a server of its own choice; this is all that it does before that.
PIPREQS = """
import json, sys
from pipreqs import pipreqs
pipreqs.scan_noteboooks = True
pipreqs.handle_scan_noteboooks()
def names(folder):
    return sorted(pipreqs.get_pkg_names(pipreqs.get_all_imports(folder, encoding="utf-8")))
found = {}
for folder in sys.argv[1:]:
    try:
        found[folder] = names(folder)
    except SyntaxError:
        found[folder] = []
print(json.dumps(found))
"""

BARE = """
import ast, json, pathlib
for path in pathlib.Path().glob("*.ipynb"):
    for cell in json.loads(path.read_text())["cells"]:
        try:
            ast.parse("".join(cell["source"]))
        except SyntaxError:
            pass
"""


def notebook_text(cells: tuple[str, ...], output: str = "") -> str:
    """A notebook whose kernel nobody has, so that what is installed here does not help."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    code: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": outputs if number == 0 else [],
            "source": cell.splitlines(keepends=True),
        }
        for number, cell in enumerate(cells)
    ]
    kernel = {"name": "bench-kernel", "display_name": "Bench", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return json.dumps(
        {"cells": code, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1
    )


def write_case(folder: Path, case: Case) -> Path:
    """The folder of one case, with its notebook and what lies beside it."""
    target = folder / case.name
    target.mkdir(parents=True)
    (target / "notebook.ipynb").write_text(notebook_text(case.cells))
    for name, text in case.beside.items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(text)
    return target


def write_many(folder: Path) -> Path:
    """A thousand different notebooks of 45 kB, with 12 cells and 3.5 kB of code each."""
    target = folder / "many"
    target.mkdir()
    for number in range(MANY):
        cells = CASES[number % len(CASES)].cells
        body = "".join(
            f"value_{line} = transform(frame['column_{line}'], {number})\n" for line in range(8)
        )
        filler = tuple(f"# step {step} of {number}\n{body}" for step in range(12 - len(cells)))
        text = notebook_text((*cells, *filler), output="0123456789 " * 3400)
        (target / f"notebook-{number}.ipynb").write_text(text)
    return target


@dataclass(frozen=True, slots=True)
class Taken:
    """What one process took: by the clock, and of the processor (the same on a busy machine)."""

    wall: float
    cpu: float


def take(command: tuple[str, ...], environ: dict[str, str], cwd: Path) -> Taken:
    """The time of one whole process; its exit status may tell findings."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(
        command, env=environ, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        raise SystemExit(f"{command} failed:\n{done.stderr.decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(wall, cpu)


def install_others(findings: Findings) -> tuple[dict[str, Path], dict[str, str]]:
    """The Python of each other tool that could be installed, and why the others could not be."""
    found: dict[str, Path] = {}
    failed: dict[str, str] = {}
    for tool in OTHERS:
        installed = peer(tool)
        if isinstance(installed, str):
            failed[tool] = installed
        else:
            findings.versions[tool] = installed.version
            found[tool] = installed.programs / "python"
    return found, failed


def compare_processes(
    folder: Path,
    others: tuple[dict[str, Path], dict[str, str]],
    environ: dict[str, str],
    rounds: int,
    findings: Findings,
) -> None:
    """Print the first table."""
    case = write_case(folder, CASES[0])
    (case / "pyproject.toml").write_text(
        '[project]\nname = "case"\nversion = "1"\ndependencies = []\n'
    )
    commands = {
        "bare interpreter": (sys.executable, "-c", "pass"),
        "aidevsecops discover": (*OURS, "notebook.ipynb"),
    }
    installed, failed = others
    if "deptry" in installed:
        commands["deptry"] = (str(installed["deptry"].with_name("deptry")), ".")
    if "pipreqs" in installed:
        commands["pipreqs (names only)"] = (str(installed["pipreqs"]), "-c", PIPREQS, ".")
    seconds: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            taken = take(command, environ, case)
            if number:  # the first round fills the caches
                seconds[name].append(taken)
    medians = {
        name: Taken(
            statistics.median(taken.wall for taken in all_taken),
            statistics.median(taken.cpu for taken in all_taken),
        )
        for name, all_taken in seconds.items()
    }
    ours = medians["aidevsecops discover"]
    print(f"\nOne notebook, whole process, median of {rounds}:")
    for name, median in medians.items():
        print(
            f"  {name:24}{median.wall:7.3f} s {median.wall / ours.wall:6.2f} x ours"
            f"   processor {median.cpu:6.3f} s {median.cpu / ours.cpu:6.2f} x ours"
        )
    print(f"  goal: at most {PROCESS_GOAL} s")
    walls = {name: [taken.wall for taken in all_taken] for name, all_taken in seconds.items()}
    roles = dict.fromkeys((*walls, *failed), Role.PEER)
    roles |= {"aidevsecops discover": Role.OURS, "bare interpreter": Role.LIMIT}
    findings.add("What one notebook imports, whole process", {**walls, **failed}, roles)
    said = f"one notebook in at most {PROCESS_GOAL} s"
    findings.promise(said, is_met=ours.wall <= PROCESS_GOAL)


def measure_many(folder: Path, environ: dict[str, str], findings: Findings) -> None:
    """Print the rate on many notebooks, after start-up, beside bare ``ast``."""
    many = write_many(folder)
    one = min(take((*OURS, "notebook-0.ipynb"), environ, many).wall for _ in range(3))
    taken = [take((*OURS, "."), environ, many) for _ in range(3)]
    whole = min(each.wall for each in taken)
    rate = (MANY - 1) / (whole - one)
    cpu = min(each.cpu for each in taken) / MANY * 1000
    print(f"\n{MANY} notebooks in one call: {whole:.2f} s, {rate:.0f} notebooks/s after start-up")
    print(f"  {rate / RATE_GOAL:.2f} x the goal of {RATE_GOAL:.0f}; processor {cpu:.2f} ms each")
    bare = take((sys.executable, "-c", BARE), environ, many).wall
    findings.add(
        f"What {MANY:,} notebooks import, one process",
        {"aidevsecops discover": whole, "bare json and ast": bare},
        {"aidevsecops discover": Role.OURS, "bare json and ast": Role.LIMIT},
    )
    said = f"at least {RATE_GOAL:.0f} notebooks a second after the start"
    findings.promise(said, is_met=rate >= RATE_GOAL)


def ours_found(folders: list[Path], environ: dict[str, str]) -> dict[str, set[str]]:
    """What we find in each folder."""
    paths = [f"{folder}/notebook.ipynb" for folder in folders]
    done = subprocess.run((*OURS, *paths), env=environ, capture_output=True, check=True, text=True)
    answers = json.loads(done.stdout)
    return {
        folder.name: {canonicalize_name(each["name"]) for each in answer["requirements"]}
        for folder, answer in zip(folders, answers, strict=True)
    }


def pipreqs_found(
    python: Path, folders: list[Path], environ: dict[str, str]
) -> dict[str, set[str]]:
    """What pipreqs finds in each folder."""
    command = (str(python), "-c", PIPREQS, *map(str, folders))
    done = subprocess.run(command, env=environ, capture_output=True, check=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {Path(key).name: {canonicalize_name(n) for n in names} for key, names in found.items()}


def compare_accuracy(
    folder: Path,
    others: tuple[dict[str, Path], dict[str, str]],
    environ: dict[str, str],
    findings: Findings,
) -> None:
    """Print the last table: on how many notebooks each is exact."""
    folders = [write_case(folder / "cases", case) for case in CASES]
    found = {"ours": ours_found(folders, environ)}
    installed, failed = others
    if "pipreqs" in installed:
        found["pipreqs"] = pipreqs_found(installed["pipreqs"], folders, environ)
    exact = dict.fromkeys(found, 0)
    print(f"\n{len(CASES)} notebooks; +: found too much, -: missed")
    for case in CASES:
        said = []
        for tool, sets in found.items():
            more, less = _missed(sets[case.name], case.needs)
            exact[tool] += not (more or less)
            said.append(f"{tool}: {_difference(more, less)}")
        print(f"  {case.name:24}{'; '.join(said)}")
    print("  exact: " + ", ".join(f"{tool} {n} of {len(CASES)}" for tool, n in exact.items()))
    wrong: dict[str, float | str] = {
        "aidevsecops discover": len(CASES) - exact["ours"],
        "pipreqs": len(CASES) - exact["pipreqs"] if "pipreqs" in exact else failed["pipreqs"],
    }
    roles = {"aidevsecops discover": Role.OURS, "pipreqs": Role.PEER}
    findings.add(f"Of {len(CASES)} hard notebooks, those not exactly right", wrong, roles, unit="")
    promise = "exact on more notebooks than pipreqs"
    findings.promise(promise, is_met=exact["ours"] > exact.get("pipreqs", 0))


def _missed(found: set[str], needs: str) -> tuple[set[str], set[str]]:
    """What was found too much, and what was not; ``a|b`` is met by either."""
    choices = [set(choice.split("|")) for choice in needs.split()]
    less = {min(choice) for choice in choices if not choice & found}
    return found.difference(*choices), less


def _difference(more: set[str], less: set[str]) -> str:
    signs = [f"+{name}" for name in sorted(more)] + [f"-{name}" for name in sorted(less)]
    return " ".join(signs) or "exact"


def main() -> int:
    """Run all three; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    findings = Findings("Find what notebooks import")
    with tempfile.TemporaryDirectory(prefix="bench-discover-") as temporary:
        folder = Path(temporary)
        # As for users, whose installer has compiled the bytecode.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
        others = install_others(findings)
        compare_processes(folder / "one", others, environ, options.rounds, findings)
        measure_many(folder, environ, findings)
        compare_accuracy(folder, others, environ, findings)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
