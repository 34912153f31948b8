"""How long a second kernel from a known lock takes, and how many bytes it downloads.

    python benchmarks/bench_kernels.py [--rounds 5]

Every command is a process of its own. All traffic passes a proxy on this machine that counts bytes;
uv's cache is empty at first, so the first kernel shows that the proxy sees what is downloaded. Exit
status 1 when a goal is missed: less than a second (the median), and no byte.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from aidevsecops_ext.adapters.uv_program import find_uv
from figures import Findings, Role

GOAL_SECONDS = 1.0
SOURCE = "import tabulate, six"


class CountingProxy(ThreadingTCPServer):
    """A proxy for tunnels (CONNECT) that counts what comes through them."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.received = 0
        self._lock = threading.Lock()

    def count(self, size: int) -> None:
        """Add what came in."""
        with self._lock:
            self.received += size

    @property
    def url(self) -> str:
        """The address to configure."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Tunnel(StreamRequestHandler):
    server: CountingProxy

    def handle(self) -> None:
        method, target, _ = self.rfile.readline().decode().split(" ", 2)
        while self.rfile.readline().strip():
            pass
        if method != "CONNECT":
            # Plain HTTP would need more than a tunnel; a failure says so.
            self.wfile.write(b"HTTP/1.1 501 Not Implemented\r\n\r\n")
            return
        host, _, port = target.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=30) as remote:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            outward = threading.Thread(target=_pass_on, args=(self.connection, remote), daemon=True)
            outward.start()
            _pass_on(remote, self.connection, self.server.count)


def _pass_on(
    source: socket.socket, target: socket.socket, count: Callable[[int], None] = lambda _: None
) -> None:
    """Pass bytes from one end to the other until one of them closes."""
    # A client that leaves resets the connection, which ends the tunnel as well as a close does.
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            count(len(data))
            target.sendall(data)


def run(folder: Path, environ: dict[str, str], *arguments: str) -> tuple[float, str]:
    """How long a command took, and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "aidevsecops_ext", *arguments],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return time.perf_counter() - started, done.stdout


def write_notebook(path: Path) -> None:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "source": SOURCE}

    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def measure(work: Path, proxy: CountingProxy, rounds: int) -> Findings:
    """What kernels took; bare uv makes the same environment each time."""
    environ = {
        **os.environ,
        "HTTPS_PROXY": proxy.url,
        "HTTP_PROXY": proxy.url,
        "JUPYTER_DATA_DIR": str(work / "data"),
        "UV_CACHE_DIR": str(work / "cache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }
    write_notebook(work / "first.ipynb")
    run(work, environ, "lock", "first.ipynb")
    before = proxy.received
    first, _ = run(work, environ, "kernel", "install", "first.ipynb")
    seconds = first
    print(f"first kernel, empty cache:      {seconds:6.2f} s  {proxy.received - before:>11,} bytes")
    assert proxy.received > before, "the proxy sees nothing"
    taken: list[float] = []
    before = proxy.received
    for number in range(rounds):
        shutil.copy(work / "first.ipynb", work / f"copy{number}.ipynb")
        name = f"copy{number}"
        seconds, _ = run(work, environ, "kernel", "install", f"{name}.ipynb", "--name", name)
        taken.append(seconds)
    median, received = statistics.median(taken), proxy.received - before
    print(f"second kernel, the same lock:   {median:6.2f} s  {received:>11,} bytes (median)")
    before = proxy.received
    seconds, _ = run(work, environ, "kernel", "refresh", "first")
    print(f"built anew, warm cache:         {seconds:6.2f} s  {proxy.received - before:>11,} bytes")
    bare = [make_bare(work, environ) for _ in range(rounds + 1)][1:]
    print(f"bare uv venv and pip install:   {statistics.median(bare):6.2f} s (median)")
    findings = Findings("Make a kernel from a lock")
    ours = "aidevsecops kernel install"
    names: dict[str, float | list[float]] = {
        f"{ours}, empty cache": first,
        f"{ours}, known lock": taken,
        "aidevsecops kernel refresh": seconds,
        "bare uv venv + pip install": bare,
    }
    roles = {name: Role.LIMIT if name.startswith("bare") else Role.OURS for name in names}
    findings.add("A kernel with two small packages", names, roles)
    findings.promise(
        f"a second kernel from a known lock in less than {GOAL_SECONDS:.0f} s",
        is_met=median < GOAL_SECONDS,
    )
    findings.promise("it downloads nothing", is_met=received == 0)
    return findings


def make_bare(work: Path, environ: dict[str, str]) -> float:
    """The seconds that bare uv takes for an environment with the same packages and ipykernel."""
    place = work / "bare"
    python = ["--python", sys.executable]
    started = time.perf_counter()
    for words in (
        ["venv", "--quiet", "--clear", *python, str(place)],
        ["pip", "install", "--quiet", "--python", str(place), *SOURCE[7:].split(", "), "ipykernel"],
    ):
        subprocess.run([find_uv(), *words], cwd=work, env=environ, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> int:
    """Measure; the exit status says whether the goals are reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="bench-kernels-") as folder,
        CountingProxy() as proxy,
    ):
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        try:
            findings = measure(Path(folder), proxy, options.rounds)
        finally:
            proxy.shutdown()
    is_reached = not findings.status
    print("goals reached" if is_reached else f"goal missed: < {GOAL_SECONDS} s and 0 bytes")
    return findings.status


if __name__ == "__main__":
    raise SystemExit(main())
