"""What the server extension costs a Jupyter server, beside jupyterlab-git in the same run.

    python benchmarks/bench_server.py [--rounds 7] [--locks N]

Prints the time and memory that importing and loading each extension adds to a process that has
jupyter_server loaded, and the worst stall of a real server's event loop: idle, while real locks
run, and while a 49 MB notebook is inspected. Of a stall it also prints how much of it was work of
the server's process: the rest is what a busy machine takes from everybody. Import time is processor
time for the same reason.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from figures import Findings, Role
from peers import peer

ROOT = Path(__file__).parents[1]
MOST_MILLISECONDS, MOST_MEGABYTES, MOST_STALL = 30.0, 3.0, 50.0
BASE = "aidevsecops-ext"

# The server's own modules first, as in every Jupyter server; then the extension alone.
_IMPORT = """
import importlib, json, sys, time
import jupyter_server.serverapp, jupyter_server.extension.application
import jupyter_server.services.contents.handlers, jupyter_server.services.events.handlers
import jupyter_events.logger, jsonschema, yaml

def memory():
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

megabytes, started, began = memory(), time.process_time(), time.perf_counter()
module = importlib.import_module(sys.argv[1])
points = module._jupyter_server_extension_points()
for point in points:
    importlib.import_module(point["module"])
busy, wall = time.process_time() - started, time.perf_counter() - began
print(json.dumps([busy * 1000, wall * 1000, memory() - megabytes]))
"""

_NEEDED = "import sklearn\nimport pandas\nimport requests\nimport matplotlib\n"


def _measure_import(python: str, module: str, rounds: int) -> tuple[float, float, float]:
    """The median processor and wall milliseconds, and megabytes, that an extension adds."""
    # With byte code, as installed packages have it.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPATH"] = str(ROOT) if module == "aidevsecops_ext" else ""
    samples = []
    for _ in range(rounds + 1):
        outcome = subprocess.run(
            [python, "-c", _IMPORT, module],
            env=environment,
            capture_output=True,
            check=True,
            text=True,
        )
        samples.append(json.loads(outcome.stdout))
    # The first one has the byte code to write.
    busy, wall, megabytes = (statistics.median(each) for each in zip(*samples[1:], strict=True))
    return busy, wall, megabytes


class Heartbeat:
    """Notes the longest pause of the event loop that it runs on.

    ``worst_own`` counts of each pause only what this process computed meanwhile.
    """

    def __init__(self) -> None:
        self.worst = 0.0
        self.worst_own = 0.0
        self._task: asyncio.Task[None] | None = None

    def __enter__(self) -> Heartbeat:
        self._task = asyncio.ensure_future(self._beat())
        return self

    def __exit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()

    async def _beat(self) -> None:
        pause = 0.002
        while True:
            before, computed = time.perf_counter(), time.process_time()
            await asyncio.sleep(pause)
            stall = time.perf_counter() - before - pause
            self.worst = max(self.worst, stall)
            self.worst_own = max(self.worst_own, min(stall, time.process_time() - computed))


def notebook(source: str, output: str = "") -> dict[str, Any]:
    outputs = [{"output_type": "display_data", "metadata": {}, "data": {"image/png": output}}]
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "execution_count": 1}
    cells = [{**cell, "source": source, "outputs": outputs if output else []}]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


class Client:
    """A process that asks the server: starting a program for each request would stall the loop."""

    def __init__(self) -> None:
        words = [sys.executable, __file__, "--client"]
        self._child = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        threading.Thread(target=self._read, args=[asyncio.get_running_loop()], daemon=True).start()

    async def ask(self, words: list[str]) -> Any:
        """The JSON answer to a method, an address, a token and the file of a body."""
        assert self._child.stdin is not None
        number = len(self._waiting)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self._child.stdin.write(json.dumps([number, *words]) + "\n")
        return await self._waiting[number]

    def stop(self) -> None:
        """End the process."""
        self._child.terminate()
        self._child.wait()

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            number, answer = json.loads(line)
            loop.call_soon_threadsafe(self._waiting[number].set_result, answer)


def _serve_client() -> int:
    """Ask what comes as lines of JSON, all at once, and answer in the same way."""

    writing = threading.Lock()

    def ask(number: int, method: str, address: str, token: str, body: str) -> None:
        data = Path(body).read_bytes() if body else None
        headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
        where = urlsplit(address)
        with closing(HTTPConnection(where.netloc)) as connection:
            connection.request(method, urlunsplit(("", "", *where[2:4], "")), data, headers)
            text = connection.getresponse().read()
        line = json.dumps([number, json.loads(text)])
        with writing:
            print(line, flush=True)

    for line in sys.stdin:
        threading.Thread(target=ask, args=json.loads(line)).start()
    return 0


class Server:
    """A real server in this process, asked over HTTP by another one, as by a browser."""

    def __init__(self, folder: Path) -> None:
        os.environ["JUPYTER_DATA_DIR"] = str(folder / "data")
        os.environ["JUPYTER_CONFIG_DIR"] = str(folder / "config")
        self.root = folder / "root"
        self.root.mkdir()
        self._folder = folder
        self._client = Client()

    async def start(self) -> None:
        """Serve, and warm up what the first request imports."""
        from jupyter_server.serverapp import ServerApp

        self._app: Any = ServerApp.instance(root_dir=str(self.root), open_browser=False, port=0)
        self._app.port = _free_port()
        self._app.port_retries = 0
        self._app.allow_root = True
        self._app.jpserver_extensions = {"aidevsecops_ext": True}
        self._app.initialize(argv=[], new_httpserver=True)
        self._app.log.setLevel("ERROR")
        # It listens in a later turn of the event loop.
        while not self._app.http_server._sockets:
            await asyncio.sleep(0.01)
        await self.ask("GET", "health")

    @property
    def url(self) -> str:
        """Its address, with a slash at the end."""
        return f"http://127.0.0.1:{self._app.port}{self._app.base_url}"

    @property
    def token(self) -> str:
        """Who says this may ask."""
        return str(self._app.identity_provider.token)

    async def ask(self, method: str, path: str, body: Path | None = None) -> Any:
        """The JSON answer, got by the client process."""
        return await self.ask_any(method, f"{BASE}/{path}", body)

    async def ask_any(self, method: str, path: str, body: Path | None = None) -> Any:
        """The same for any route of the server, such as one of Jupyter's own."""
        return await self._client.ask([method, f"{self.url}{path}", self.token, str(body or "")])

    def body(self, name: str, value: Any) -> Path:
        """A file with that value as JSON, made outside of what is measured."""
        path = self._folder / name
        path.write_text(json.dumps(value), encoding="utf-8")
        return path

    async def lock(self, number: int) -> dict[str, Any]:
        """The ended job of a lock, asked for as often as a browser does."""
        request = {"path": f"{number}.ipynb", "notebook": notebook(_NEEDED), "upgrade": True}
        job = await self.ask("POST", "notebooks/locks", self.body(f"{number}.json", request))
        while job["state"] in {"queued", "running"}:
            await asyncio.sleep(0.2)
            job = await self.ask("GET", f"jobs/{job['job_id']}")
        return dict(job)

    async def stop(self) -> None:
        """End as a signal would."""
        await self._app.extension_manager.stop_all_extensions()
        self._app.http_server.stop()
        self._client.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def _measure_stalls(folder: Path, locks: int) -> dict[str, Heartbeat]:
    """The pauses of a server that does each of these things."""
    server = Server(folder)
    await server.start()
    beats: dict[str, Heartbeat] = {}
    with Heartbeat() as idle:
        await asyncio.sleep(2)
    beats["idle"] = idle
    with Heartbeat() as first:
        await server.ask("GET", "jobs")
    beats["first job request"] = first
    with Heartbeat() as busy:
        jobs = await asyncio.gather(*(server.lock(number) for number in range(locks)))
    beats[f"{locks} locks"] = busy
    failed = [job["error"] for job in jobs if job["state"] != "succeeded"]
    if failed:
        raise SystemExit(f"locks failed: {failed}")
    large = notebook(_NEEDED, "x" * 49_000_000)
    body = server.body("large.json", {"path": "large.ipynb", "notebook": large})
    (server.root / "large.ipynb").write_text(json.dumps(large), encoding="utf-8")
    with Heartbeat() as reading:
        read = await server.ask("GET", "notebooks/dependencies?path=large.ipynb")
    beats["GET of 49 MB"] = reading
    with Heartbeat() as taking:
        taken = await server.ask("POST", "notebooks/dependencies", body)
    beats["POST of 49 MB"] = taking
    if {read.get("status"), taken.get("status")} != {"unlocked"}:
        raise SystemExit(f"the large notebook failed: {read} {taken}")
    await server.stop()
    return beats


def _compare_imports(rounds: int, findings: Findings) -> None:
    """Print and add what each extension costs at the server's start."""
    milliseconds: dict[str, float | str] = {}
    megabytes: dict[str, float | str] = {}
    pythons: dict[str, str] = {"aidevsecops_ext": sys.executable}
    git = peer("jupyterlab-git")
    if isinstance(git, str):
        milliseconds["jupyterlab_git"] = megabytes["jupyterlab_git"] = git
    else:
        pythons["jupyterlab_git"] = git.program("python")
        findings.versions["jupyterlab-git"] = git.version
    for module, python in pythons.items():
        busy, wall, more = _measure_import(python, module, rounds)
        milliseconds[module], megabytes[module] = busy, more
        print(
            f"{module:16} import adds {busy:6.1f} ms of processor time"
            f" ({wall:6.1f} ms by the clock), {more:4.1f} MB"
        )
        if module == "aidevsecops_ext":
            said = f"the import adds at most {MOST_MILLISECONDS:.0f} ms of processor time"
            findings.promise(said, is_met=busy <= MOST_MILLISECONDS)
            said = f"it adds at most {MOST_MEGABYTES:.0f} MB"
            findings.promise(said, is_met=more <= MOST_MEGABYTES)
    roles = {"aidevsecops_ext": Role.OURS, "jupyterlab_git": Role.PEER}
    findings.add("Import at the server's start, processor time", milliseconds, roles, unit="ms")
    findings.add("Import at the server's start, memory", megabytes, roles, unit="MB")


def main() -> int:
    """Print the figures; 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--locks", type=int, default=4)
    options = parser.parse_args()
    findings = Findings("Cost to the Jupyter server")
    _compare_imports(options.rounds, findings)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="aidevsecops-bench-") as folder:
        beats = asyncio.run(_measure_stalls(Path(folder), options.locks))
    stalls: dict[str, float] = {}
    for name, beat in beats.items():
        stalls[name] = beat.worst_own * 1000
        print(
            f"event loop, {name:18} worst stall {beat.worst * 1000:6.1f} ms,"
            f" by own work {beat.worst_own * 1000:6.1f} ms"
        )
    roles = {name: Role.LIMIT if name == "idle" else Role.OURS for name in stalls}
    findings.add("Longest stall of the event loop, own work", stalls, roles, unit="ms")
    said = f"the event loop never waits {MOST_STALL:.0f} ms for us"
    findings.promise(said, is_met=max(stalls.values()) <= MOST_STALL)
    return findings.status


if __name__ == "__main__":
    raise SystemExit(_serve_client() if sys.argv[1:] == ["--client"] else main())
