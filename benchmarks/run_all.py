"""All benchmarks in one run on one machine: figures as JSON, and a page and a plot made of them.

    python benchmarks/run_all.py [--rounds N] [--minutes M] [--only NAME ...]

``--rounds`` is given to each program, ``--minutes`` is how long all of them may take: one that is
not done by then is stopped, and its row says so, as does that of a tool that cannot be installed or
fails. The tools are installed first, which does not count. The exit status is 1 when a program of
ours failed or a goal was missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path

from aidevsecops_ext.adapters.uv_program import find_uv
from figures import FILE, Findings, read_findings
from page import page
from peers import PACKAGES, last_line, peer
from plot import plot

ROOT = Path(__file__).parents[1]
RAW = ROOT / "docs" / "reference" / "benchmarks.json"
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
PLOT = ROOT / "docs" / "images" / "benchmarks.svg"
# In this order on the page; the number is the share of the time that it may take.
PROGRAMS = {
    "lock": 100,
    "repository": 50,
    "discover": 40,
    "kernels": 30,
    "split": 80,
    "artifacts": 30,
    "pipeline": 110,
    "release": 25,
    "audit": 15,
    "server": 40,
    "load": 80,
    "panel": 90,
}


@dataclass(slots=True)
class Run:
    """One run: where, with what, and all that was found; ``failures`` say which program failed."""

    machine: str
    when: str
    rounds: int
    minutes: float
    versions: dict[str, str]
    found: list[Findings] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The exit status."""
        return int(bool(self.failures) or any(each.status for each in self.found))

    def json(self) -> str:
        """All of it."""
        return json.dumps(asdict(self), indent=1) + "\n"


def measure(name: str, rounds: int, seconds: float, run: Run) -> None:
    """Have one program measure, and add what it found or why it found nothing."""
    # All that it writes goes into one folder: who is stopped does not tidy up.
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "findings.json")
        words = [sys.executable, str(ROOT / "benchmarks" / f"bench_{name}.py")]
        words += ["--rounds", str(rounds)]
        if name == "lock":
            words += ["--others-rounds", str(rounds)]
        if name == "artifacts" and rounds == 1:
            words += ["--megabytes", "50"]
        started = time.perf_counter()
        # In a group of its own: what it started ends with it.
        child = subprocess.Popen(
            words,
            cwd=ROOT,
            env={**os.environ, FILE: str(path), "TMPDIR": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            said, _ = child.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            said, _ = child.communicate()
            run.failures[name] = f"stopped after {seconds:.0f} s"
        print(f"== {name}: {time.perf_counter() - started:.0f} s\n{said}", flush=True)
        if path.exists():
            run.found.append(read_findings(path.read_text()))
        elif name not in run.failures:
            run.failures[name] = last_line(said)


def machine() -> str:
    """The machine in words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    system = f"{platform.system()} {platform.release()}"
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, {system}"


def begin(rounds: int, minutes: float) -> Run:
    """A run that has found nothing yet."""
    uv = subprocess.run([find_uv(), "--version"], capture_output=True, text=True, check=True)
    versions = {
        "aidevsecops-ext": version("aidevsecops-ext"),
        "Python": platform.python_version(),
        "uv": uv.stdout.split()[1],
    }
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return Run(machine(), when, rounds, minutes, versions)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, write, and say what was written."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--minutes", type=float, help="10 for one round, else 20 for each")
    parser.add_argument("--only", nargs="*", choices=[*PROGRAMS], default=[*PROGRAMS])
    options = parser.parse_args(arguments)
    minutes = options.minutes or (10.0 if options.rounds == 1 else 20.0 * options.rounds)
    for name in PACKAGES:
        found = peer(name)
        print(f"{name}: {found if isinstance(found, str) else found.version}", flush=True)
    run = begin(options.rounds, minutes)
    ends = time.monotonic() + minutes * 60
    share = sum(PROGRAMS[name] for name in options.only)
    for name in options.only:
        # What one leaves over the others may use.
        seconds = (ends - time.monotonic()) * min(1.0, 1.25 * PROGRAMS[name] / share)
        share -= PROGRAMS[name]
        measure(name, options.rounds, max(5.0, seconds), run)
    for findings in run.found:
        run.versions |= findings.versions
    for path, text in ((RAW, run.json()), (PAGE, page(run)), (PLOT, plot(run.found))):
        path.write_text(text, encoding="utf-8")
        print(f"Written: {path.relative_to(ROOT)}")
    return run.status


if __name__ == "__main__":
    sys.exit(main())
