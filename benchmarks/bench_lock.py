"""How long a lock takes: ours beside bare uv and the other tools, in one run on one machine.

    python benchmarks/bench_lock.py [--rounds 7] [--others-rounds 3]

Every tool locks the same requirements with hashes and a warm cache; the rounds take turns, so that
a busy moment hits all. "uv same indexes" is bare uv with the indexes that pip is configured with,
which ours consults too. Exit status 1 when our goal is missed: at most 1.3 times that, plus one
interpreter start.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from aidevsecops_ext.adapters.index_configuration import index_configuration
from aidevsecops_ext.adapters.uv_program import find_uv
from figures import Findings, Role
from peers import last_line, peer

REQUIREMENTS = ("pandas", "scikit-learn", "matplotlib", "requests")
GOAL = 1.3
# pip-compile fetches every file where an index tells no hashes by JSON: that may take minutes.
PATIENCE, IMPATIENCE = 300.0, 45.0
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass
class Contestant:
    """One tool: how to prepare its folder, and what to run there."""

    name: str
    prepare: Callable[[Path], None]
    command: tuple[str, ...]
    role: Role
    environ: dict[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failure: str = ""

    def run(self, root: Path, *, is_counted: bool, patience: float) -> None:
        if self.failure:
            return
        folder = root / self.name.replace(" ", "-")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.prepare(folder)
        started = time.perf_counter()
        try:
            subprocess.run(
                self.command,
                cwd=folder,
                env={**os.environ, **self.environ, "PYTHONDONTWRITEBYTECODE": ""},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=True,
                timeout=patience,
            )
        except subprocess.CalledProcessError as error:
            if self.role is not Role.PEER:
                raise SystemExit(f"{self.name} failed:\n{error.stdout}\n{error.stderr}") from error
            self.failure = f"failed: {last_line(error.stderr)}"
        except subprocess.TimeoutExpired:
            self.failure = f"given up after {patience:.0f} s"
        if is_counted and not self.failure:
            self.seconds.append(time.perf_counter() - started)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def write_notebook(folder: Path) -> None:
    """A notebook that declares the requirements in its metadata."""
    pipfile = {
        "packages": dict.fromkeys(REQUIREMENTS, "*"),
        "dev-packages": {},
        "requires": {"python_version": PYTHON},
    }
    _write_cells(folder, "import pandas", {"requirements": json.dumps(pipfile)})


def write_script_notebook(folder: Path) -> None:
    """A notebook that declares them in a script block, as juv reads them."""
    names = ", ".join(f'"{name}"' for name in REQUIREMENTS)
    block = f'# /// script\n# requires-python = ">={PYTHON}"\n# dependencies = [{names}]\n# ///'
    _write_cells(folder, block, {})


def _write_cells(folder: Path, source: str, metadata: dict[str, str]) -> None:
    cell: dict[str, object] = {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
    }
    cell |= {"execution_count": None, "id": "a"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": [cell],
        "metadata": {"kernelspec": kernel, **metadata},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / "notebook.ipynb").write_text(json.dumps(notebook, indent=1) + "\n")


def write_requirements(folder: Path) -> None:
    """The requirements as uv and pip-compile read them."""
    (folder / "requirements.in").write_text("".join(f"{name}\n" for name in REQUIREMENTS))


def write_pipfile(folder: Path, url: str) -> None:
    """The requirements as pipenv reads them."""
    packages = "".join(f'{name} = "*"\n' for name in REQUIREMENTS)
    source = f'[[source]]\nname = "pypi"\nurl = "{url}"\nverify_ssl = true\n'
    (folder / "Pipfile").write_text(
        f'{source}[packages]\n{packages}[requires]\npython_version = "{PYTHON}"\n'
    )


def ours_and_uv(pycache: str) -> list[Contestant]:
    """Our command, bare uv as it comes, and bare uv with the indexes that ours consults."""
    compile_ = (
        find_uv(), "pip", "compile", "--generate-hashes", "--quiet", f"--python={sys.executable}",
        "requirements.in", "--output-file=requirements.txt",
    )  # fmt: skip
    cli = "from aidevsecops_ext.cli.start import main; main()"
    same = index_configuration(os.environ, Path.cwd(), lambda _environ: default_index())
    return [
        Contestant(
            "interpreter start", lambda _folder: None, (sys.executable, "-c", "pass"), Role.LIMIT
        ),
        Contestant("uv", write_requirements, compile_, Role.LIMIT),
        Contestant(
            "uv same indexes", write_requirements, compile_, Role.LIMIT, dict(same.environment)
        ),
        Contestant(
            "ours",
            write_notebook,
            (sys.executable, "-c", cli, "lock", "notebook.ipynb", "--json"),
            Role.OURS,
            {"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONPYCACHEPREFIX": pycache},
        ),
    ]


def others(findings: Findings) -> list[Contestant]:
    """The other tools, each in an environment of its own; one that is not there says why."""
    url = default_index()

    def contestant(
        name: str,
        tool: str,
        program: str,
        prepare: Callable[[Path], None],
        *words: str,
        **environ: str,
    ) -> Contestant:
        installed = peer(tool)
        if isinstance(installed, str):
            return Contestant(name, prepare, (), Role.PEER, failure=installed)
        findings.versions[tool] = installed.version
        command = (installed.program(program), *words)
        return Contestant(name, prepare, command, Role.PEER, environ)

    quiet = {"PIPENV_YES": "1", "PIPENV_NOSPIN": "1", "PIPENV_VENV_IN_PROJECT": "1"}
    hashes = ("--quiet", "--generate-hashes", "requirements.in")
    return [
        contestant("juv lock", "juv", "juv", write_script_notebook, "lock", "notebook.ipynb"),
        contestant("pip-compile", "pip-tools", "pip-compile", write_requirements, *hashes),
        contestant(
            "pipenv lock",
            "pipenv",
            "pipenv",
            lambda folder: write_pipfile(folder, url),
            "lock",
            **quiet,
        ),
    ]


def default_index() -> str:
    """The default index's address, as uv says it."""
    text = call(find_uv(), "pip", "compile", "--quiet", "--emit-index-url", "--no-header", "-")
    return text.split()[1]


def call(*command: str) -> str:
    """The output of a command that must succeed."""
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    ).stdout


def main() -> int:
    """Run, print the table, and say whether the goal is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--others-rounds", type=int, default=3, help="0 leaves the others out")
    options = parser.parse_args()
    findings = Findings("Lock a notebook")
    patience = IMPATIENCE if options.others_rounds == 1 else PATIENCE
    with tempfile.TemporaryDirectory(prefix="bench-lock-") as name:
        root = Path(name)
        first = ours_and_uv(str(root / "pycache"))
        second = others(findings) if options.others_rounds else []
        for contestants, rounds in ((first, options.rounds), (second, options.others_rounds)):
            for number in range(rounds + 1):  # the first one warms the caches
                for contestant in contestants:
                    contestant.run(root, is_counted=number > 0, patience=patience)
    report([*first, *second], findings)
    return findings.status


def report(contestants: list[Contestant], findings: Findings) -> None:
    """Print the medians and ratios."""
    median = {each.name: each.median for each in contestants if each.seconds}
    print(f"{'':18}  median s   times uv   runs")
    for contestant in contestants:
        if contestant.seconds:
            ratio = contestant.median / median["uv"]
            count = len(contestant.seconds)
            print(f"{contestant.name:18}  {contestant.median:8.3f}   {ratio:8.2f}   {count:4}")
        else:
            print(f"{contestant.name:18}  {contestant.failure}")
    taken = {each.name: each.seconds or each.failure for each in contestants}
    roles = {each.name: each.role for each in contestants}
    findings.add(f"Lock {', '.join(REQUIREMENTS)}", taken, roles)
    limit = GOAL * median["uv same indexes"] + median["interpreter start"]
    is_met = median["ours"] <= limit
    print(f"goal: ours <= {GOAL} x uv + interpreter start = {limit:.3f} s:", end=" ")
    print("met" if is_met else "missed")
    said = f"at most {GOAL} times bare uv with the same indexes, and one start of Python"
    findings.promise(said, is_met=is_met)


if __name__ == "__main__":
    sys.exit(main())
