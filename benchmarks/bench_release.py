"""How fast the plan of a release is: beside bare ``git log`` and bare git-cliff, in one run.

    python benchmarks/bench_release.py [--rounds 5]

Whole processes in a repository with 10,000 commits since its last release. The rounds take turns,
so that a busy moment hits all. Exit status 1 when the goal is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from figures import Findings, Role

GOAL = 2.0
COMMITS = 10_000
SECONDS_OF_FIRST = 1_700_000_000
OURS = "aidevsecops release"


def write_repository(folder: Path, environ: Mapping[str, str]) -> None:
    """A repository with a version, a tag of it, and all those commits after it."""
    run = partial(subprocess.run, cwd=folder, env=environ, check=True)
    run(["git", "init", "--quiet", "--initial-branch=main"])
    for name, value in {"user.name": "Jo Doe", "user.email": "jo@example.org"}.items():
        run(["git", "config", name, value])
    run(["git", "fast-import", "--quiet"], input="\n".join(_stream()).encode())
    run(["git", "reset", "--quiet", "--hard"])


def _stream() -> Iterator[str]:
    text = '__version__ = "0.1.0"\n'
    for number in range(COMMITS + 1):
        message = f"{'feat' if number % 3 else 'fix'}(part): do thing {number} (#{number})"
        yield "commit refs/heads/main"
        yield f"committer Jo Doe <jo@example.org> {SECONDS_OF_FIRST + number} +0000"
        yield f"data {len(message)}\n{message}"
        if number == 0:
            yield f"M 644 inline version.py\ndata {len(text)}\n{text}"
            yield "reset refs/tags/v0.1.0\nfrom refs/heads/main\n"
    yield "done"


def take(command: tuple[str, ...], environ: Mapping[str, str], cwd: Path) -> float:
    """The seconds of one whole process."""
    started = time.perf_counter()
    subprocess.run(command, env=environ, cwd=cwd, capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> int:
    """Compare; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds: int = options.rounds
    cliff = str(Path(sysconfig.get_path("scripts"), "git-cliff"))
    plan = ("release", "patch", "--dry-run", "--no-checks", "--json")
    commands = {
        OURS: (sys.executable, "-m", "aidevsecops_ext", *plan),
        "bare git-cliff": (cliff, "--offline", "--unreleased", "--tag", "v0.1.1"),
        "bare git log": ("git", "log", "--format=%H%x00%B%x00", "v0.1.0..HEAD"),
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory(prefix="bench-release-") as temporary:
        folder = Path(temporary, "repository")
        folder.mkdir()
        # As for users, whose installer has compiled the bytecode.
        environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environ["PYTHONPYCACHEPREFIX"] = str(Path(temporary, "bytecode"))
        write_repository(folder, environ)
        for number in range(rounds + 1):
            for name, command in commands.items():
                seconds = take(command, environ, folder)
                if number:  # the first round fills the caches
                    taken[name].append(seconds)
    medians = {name: statistics.median(each) for name, each in taken.items()}
    print(f"{COMMITS:,} commits since the last release, whole process, median of {rounds}:")
    for name, seconds in medians.items():
        print(f"  {name:20}{seconds:8.3f} s {seconds / medians[OURS]:8.2f} x ours")
    print(f"\n  goal: a plan in at most {GOAL} s; here {medians[OURS]:.2f} s")
    findings = Findings("Plan a release")
    roles = {name: Role.OURS if name == OURS else Role.LIMIT for name in taken}
    findings.add(f"{COMMITS:,} commits since the last release", taken, roles)
    findings.promise(f"a plan in at most {GOAL:.0f} s", is_met=medians[OURS] <= GOAL)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
