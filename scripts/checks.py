"""The checks of this project, by the words that ``make`` and CONTRIBUTING.md use for them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from .descriptions import provide_descriptions
from .machine import ROOT, Machine
from .pins import SOURCES
from .release import build_release
from .wheel import check_wheel

STRICT_ROOMS = ("domain", "formats", "app")


def lint(machine: Machine) -> None:
    """Style, types and import rules of both languages."""
    for name, words in {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy"],
        "Import rules": ["lint-imports"],
        "eslint, prettier, stylelint": ["jlpm", "lint"],
        "Import rules still bite": ["jlpm", "lint:selftest"],
        "Generated types are fresh": ["jlpm", "generate:api:check"],
        "tsc": ["jlpm", "tsc:check"],
    }.items():
        _command_part(machine, name, words)


def unit(machine: Machine) -> None:
    """Tests of both languages, with the coverage that each room owes."""
    _command_part(machine, "vitest", ["jlpm", "test:coverage"])
    _command_part(machine, "Size of the front end", ["jlpm", "check:size"])
    machine.run.part("Descriptions of forges", lambda: provide_descriptions(machine))
    machine.run.part(
        "Environment with Elyra",
        lambda: machine.make_side_environment(ROOT / ".venv-elyra", "elyra"),
    )
    _make_schemathesis(machine)
    # Many tests wait for programs that they start, so there are more at once than processors. A
    # file stays in one process, for its fixtures, and the order is that of tests/conftest.py.
    count = min(2 * (os.cpu_count() or 1), 8)
    at_once = [f"--numprocesses={count}", "--dist=loadfile", "--no-loadscope-reorder"]
    words = ["pytest", "--cov", "--cov-report=", "--durations=10", *at_once]
    _command_part(machine, "pytest", words)
    strict = ",".join(f"aidevsecops_ext/{room}/*" for room in STRICT_ROOMS)
    _command_part(
        machine,
        "Coverage of domain, formats, app",
        ["coverage", "report", f"--include={strict}", "--fail-under=100"],
    )
    _command_part(
        machine,
        "Coverage of the rest",
        ["coverage", "report", f"--omit={strict}", "--fail-under=90"],
    )


def docs(machine: Machine) -> None:
    """The documentation, where a warning is an error."""
    # Always from scratch: Sphinx does not know that pages are read from the code.
    words = ["sphinx-build", "-W", "--keep-going", "--fresh-env", "docs", "docs/_build/html"]
    _command_part(machine, "Documentation", words)


def wheel(machine: Machine) -> None:
    """The wheel, built from a clean copy and installed where there is no Node."""
    machine.run.part("Wheel", lambda: check_wheel(machine.run, machine.tool("uv")))


def dist(machine: Machine) -> None:
    """The files of a release, in ``dist/``."""
    machine.run.part("Release files", lambda: build_release(machine))


def audit(machine: Machine) -> None:
    """Known faults in all that is pinned: a service on the internet is asked."""
    folder = ROOT / ".venv-audit"
    machine.run.part(
        "Environment of the audit", lambda: machine.make_side_environment(folder, "audit")
    )
    # Elyra is tested with what its own requirements hold back; nobody gets it with the package.
    pinned = [name for name in SOURCES if name != "elyra"]
    files = [f"--requirement=requirements/{name}.txt" for name in pinned]
    words = [str(folder / "bin" / "pip-audit"), "--disable-pip", "--require-hashes", *files]
    _command_part(machine, "Python packages", [*words, "--progress-spinner=off"])
    _command_part(machine, "npm packages", ["jlpm", "npm", "audit", "--all", "--recursive"])


def ui(machine: Machine) -> None:
    """The browser tests, in a real JupyterLab and a real Chromium."""
    folder = ROOT / "ui-tests"
    machine.run.part("Packages of the browser tests", lambda: machine.install_node_packages(folder))
    _command_part(
        machine, "Types of the browser tests", ["jlpm", "tsc", "-p", "ui-tests/tsconfig.json"]
    )
    machine.run.part(
        "Environment beside other extensions",
        lambda: machine.make_side_environment(folder / ".venv", "collaboration"),
    )
    machine.run.part("Chromium", machine.find_browser)
    _command_part(machine, "Browser tests", ["npx", "playwright", "test"], cwd=folder)


def bench(machine: Machine) -> None:
    """All benchmarks in one run, and the page of the documentation that tells what it found."""
    machine.run.part(
        "Environment with Elyra",
        lambda: machine.make_side_environment(ROOT / ".venv-elyra", "elyra"),
    )
    machine.run.part(
        "Packages of the browser tests",
        lambda: machine.install_node_packages(ROOT / "ui-tests"),
    )
    machine.run.part("Chromium", machine.find_browser)
    rounds = os.environ.get("ROUNDS", "3")
    program = str(ROOT / "benchmarks" / "run_all.py")
    _command_part(machine, "Benchmarks", ["python", program, "--rounds", rounds])


def access(machine: Machine) -> None:
    """Requests that fit the OpenAPI document, and such that do not, to a running server."""
    _make_schemathesis(machine)
    seed = os.environ.get("ACCESS_SEED") or str(secrets.randbelow(2**32))
    wanted = {"ACCESS_EXAMPLES": os.environ.get("ACCESS_EXAMPLES", "100"), "ACCESS_SEED": seed}
    words = ["pytest", "-p", "no:cacheprovider", "tests/access/test_contract.py"]
    # The name says how to have the same requests again.
    name = f"schemathesis with ACCESS_SEED={seed}"
    machine.run.part(name, lambda: machine.run.command(*words, cwd=ROOT, extra=wanted))


def faults(machine: Machine) -> None:
    """Commands and servers that are killed at each moment that there is, or at ``MOMENTS`` each."""
    at_once = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile"]
    words = [
        "pytest",
        *at_once,
        *map(str, sorted((ROOT / "tests/faults").glob("test_killed_*.py"))),
    ]
    extra = {"AIDEVSECOPS_FAULTS": os.environ.get("MOMENTS") or "all"}
    machine.run.part("Kills", lambda: machine.run.command(*words, cwd=ROOT, extra=extra))


def fuzz(machine: Machine) -> None:
    """Every parser, with texts that are changed until something breaks."""
    folder = ROOT / ".venv-fuzz"
    machine.run.part(
        "Environment of the fuzzer", lambda: machine.make_side_environment(folder, "fuzz")
    )
    seconds = os.environ.get("SECONDS_EACH") or "60"
    words = [str(folder / "bin" / "python"), "-m", "fuzz", "--seconds", seconds]
    _command_part(machine, "Parsers", words)


def bombs(machine: Machine) -> None:
    """Every parser, with large texts that may be dear to read, and a limit of memory and time."""
    size = os.environ.get("BOMB_SIZE") or "100000"
    extra = {"BOMB_SIZE": size}
    words = ["pytest", "-p", "no:cacheprovider", "tests/hostile/test_bombs.py"]
    machine.run.part("Bombs", lambda: machine.run.command(*words, cwd=ROOT, extra=extra))


CHECKS: Mapping[str, Callable[[Machine], None]] = {
    "lint": lint,
    "unit": unit,
    "docs": docs,
    "wheel": wheel,
    "ui": ui,
    "bench": bench,
    "access": access,
    "dist": dist,
    "audit": audit,
    "faults": faults,
    "fuzz": fuzz,
    "bombs": bombs,
}


def _make_schemathesis(machine: Machine) -> None:
    machine.run.part(
        "Environment with schemathesis",
        lambda: machine.make_side_environment(ROOT / ".venv-access", "access"),
    )


def _command_part(machine: Machine, name: str, words: list[str], cwd: Path = ROOT) -> None:
    # What a tool prints is read line by line here, so no colours and nothing that moves.
    plain = {"CI": os.environ.get("CI", "1"), "NO_COLOR": "1"}
    machine.run.part(name, lambda: machine.run.command(*words, cwd=cwd, extra=plain))
