"""How long an audit takes: ours beside bare ``uv audit`` and pip-audit, in one run.

    python benchmarks/bench_audit.py [--rounds 5]

Whole processes against one OSV service on this machine, which answers at once: 100 packages are
locked, and something is known against ten of them. The rounds take turns. Exit status 1 when the
goal is missed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from aidevsecops_ext.adapters.uv_program import find_uv
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.formats.uv_audit import PROJECT, lock_text
from figures import Findings, Role
from peers import last_line, peer
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.osv_service import OsvService, osv_record, serve_osv

PACKAGES, BAD = 100, 10
GOAL = 1.2
OURS, BARE, PEER = "aidevsecops audit", "bare uv audit", "pip-audit"
# Each exits so when it found something.
FOUND = 1


def service() -> OsvService:
    """Ten of the packages are known for something."""
    names = [f"package-{number}" for number in range(BAD)]
    records = [osv_record(f"OSV-{name}", name) for name in names]
    return OsvService(records, {(name, "1.0.0"): [f"OSV-{name}"] for name in names})


def write_locks(folder: Path) -> None:
    """The same packages as each tool reads them."""
    packages = [
        LockedPackage(f"package-{number}", "1.0.0", (f"sha256:{number:064x}",))
        for number in range(PACKAGES)
    ]
    metadata = locked_metadata({each.name: "*" for each in packages}, packages)
    (folder / "notebook.ipynb").write_text(notebook_text(["import os"], **metadata))
    pins = "".join(f"{each.name}==1.0.0 --hash={each.hashes[0]}\n" for each in packages)
    (folder / "requirements.txt").write_text(pins)
    # As ours asks uv: the index is an empty folder, so that nothing but the service is asked.
    (folder / "empty").mkdir()
    (folder / "pyproject.toml").write_text(PROJECT)
    pinned = tuple((each.name, each.version) for each in packages)
    (folder / "uv.lock").write_text(lock_text(pinned, str(folder / "empty")))


def take(command: tuple[str, ...], environ: Mapping[str, str], cwd: Path) -> float | str:
    """The seconds of a process that finds something, or why there are none."""
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    return seconds if done.returncode == FOUND else f"failed: {last_line(done.stderr)}"


def measure(folder: Path, url: str, rounds: int, findings: Findings) -> None:
    """Print and add what each takes."""
    write_locks(folder)
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environ |= {
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "UV_CACHE_DIR": str(folder / "cache"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    ours = (sys.executable, "-m", "aidevsecops_ext", "audit", "--json")
    commands: dict[str, tuple[str, ...] | str] = {
        OURS: (*ours, "--service-url", url, "notebook.ipynb"),
        BARE: (find_uv(), "audit", "--frozen", "--service-url", url, "--preview"),
    }
    installed = peer(PEER)
    if isinstance(installed, str):
        commands[PEER] = installed
    else:
        findings.versions[PEER] = installed.version
        words = ("--disable-pip", "--require-hashes", "--progress-spinner=off")
        asked = ("--vulnerability-service=osv", f"--osv-url={url}/v1/query")
        command = (installed.program(PEER), *words, *asked, "-r", "requirements.txt")
        commands[PEER] = command
    taken: dict[str, list[float]] = {name: [] for name in commands}
    failed = {name: each for name, each in commands.items() if isinstance(each, str)}
    for number in range(rounds + 1):
        for name, command_or_reason in commands.items():
            if name in failed or isinstance(command_or_reason, str):
                continue
            seconds = take(command_or_reason, environ, folder)
            if isinstance(seconds, str):
                failed[name] = seconds
            elif number:  # the first round fills the caches
                taken[name].append(seconds)
    told = {name: failed[name] if name in failed else taken[name] for name in commands}
    roles = {OURS: Role.OURS, BARE: Role.LIMIT, PEER: Role.PEER}
    findings.add(f"{PACKAGES} packages, something is known against {BAD}", told, roles)
    for name, each in told.items():
        print(f"{name:20} {each if isinstance(each, str) else f'{statistics.median(each):.3f} s'}")
    if OURS in failed:
        raise SystemExit(failed[OURS])
    if not isinstance(told[PEER], str):
        is_met = statistics.median(taken[OURS]) <= GOAL * statistics.median(taken[PEER])
        findings.promise(f"at most {GOAL} times pip-audit", is_met=is_met)


def main() -> int:
    """Measure; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    findings = Findings("Audit a lock")
    with tempfile.TemporaryDirectory(prefix="bench-audit-") as name, serve_osv(service()) as served:
        measure(Path(name), served.url, options.rounds, findings)
    return findings.status


if __name__ == "__main__":
    sys.exit(main())
