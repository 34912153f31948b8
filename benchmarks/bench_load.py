"""What load does to a server: 2,000 notebooks, 200 jobs, 20 browsers, a notebook over the limit.

    python benchmarks/bench_load.py [--rounds 3]

One real server, asked by other processes. Of a stall of its event loop only the server's own work
counts, and processor time is that of the server's process. Exit status 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import ast
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench_server import BASE, Heartbeat, Server, notebook
from figures import Findings, Role
from large_project import write_project

ROOT = Path(__file__).parents[1]

NOTEBOOKS, JOBS, BROWSERS = 2_000, 200, 20
TOO_LARGE = 80_000_000
MOST_STALL = 50.0
AGAIN_GOAL, REFUSAL_GOAL, MEMORY_GOAL = 300.0, 1.0, 60.0


def memory() -> float:
    """The megabytes that this process holds now."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024


async def _cost(ask: Callable[[], Awaitable[Any]]) -> tuple[float, float, Any]:
    """The milliseconds of this process and by the clock until the answer, and the answer."""
    computed, started = time.process_time(), time.perf_counter()
    answer = await ask()
    wall = time.perf_counter() - started
    return (time.process_time() - computed) * 1000, wall * 1000, answer


def _bare(folder: Path) -> float:
    """The milliseconds of reading and parsing all notebooks, and nothing more."""
    started = time.process_time()
    for path in folder.rglob("*.ipynb"):
        for cell in json.loads(path.read_text())["cells"]:
            ast.parse("".join(cell["source"]))
    return (time.process_time() - started) * 1000


async def _look(server: Server, paths: tuple[str, ...], rounds: int, findings: Findings) -> None:
    """The Project section of a project with 2,000 notebooks."""
    folder = server.root / "large"

    def ask() -> Awaitable[Any]:
        return server.ask("GET", "project?folder=large")

    with Heartbeat() as beat:
        first, _, answer = await _cost(ask)
        again = [(await _cost(ask))[0] for _ in range(rounds)]
        saved = []
        for number in range(rounds):
            path = folder / paths[number]
            path.write_text(path.read_text().replace("import numpy", "import scipy"))
            # Not so soon that its stamp is not trusted yet.
            saved.append((await _cost(ask))[0])
    if "500 of 2000" not in json.dumps(answer):
        raise SystemExit(f"the project is another: {answer}")
    taken: dict[str, float | list[float]] = {
        "first look": first,
        "again, nothing changed": again,
        "after a save": saved,
        "bare json and ast of all": _bare(folder),
    }
    roles = dict.fromkeys(taken, Role.OURS) | {"bare json and ast of all": Role.LIMIT}
    findings.add(f"Project section, {NOTEBOOKS:,} notebooks, processor time", taken, roles, "ms")
    said = f"a save in a project with {NOTEBOOKS:,} notebooks costs at most {AGAIN_GOAL:.0f} ms"
    findings.promise(said, is_met=statistics.median(saved) <= AGAIN_GOAL)
    _promise_stall(beat, "while looking at the project", findings)


def _promise_stall(beat: Heartbeat, when: str, findings: Findings) -> None:
    own = beat.worst_own * 1000
    print(f"{when}: stall {beat.worst * 1000:.1f} ms, own work {own:.1f} ms")
    findings.add(f"Longest stall {when}", {"aidevsecops_ext": own}, _OURS, "ms")
    findings.promise(
        f"the event loop does not wait {MOST_STALL:.0f} ms for us {when}", is_met=own <= MOST_STALL
    )


_OURS = {"aidevsecops_ext": Role.OURS}


async def _queue(server: Server, findings: Findings) -> None:
    """200 jobs are queued while 20 browsers listen and ask."""
    before = memory()
    watching = await _start_browsers(server)
    request = {"notebook": notebook("import os\n"), "upgrade": True}
    # Written before: it would count as a stall.
    bodies = [
        server.body(f"job-{n}.json", {"path": f"job-{n}.ipynb", **request}) for n in range(JOBS)
    ]
    free = asyncio.Semaphore(BROWSERS)

    async def ask(body: Path) -> Any:
        # A browser asks for its next job when it has got the one before.
        async with free:
            return await server.ask("POST", "notebooks/locks", body)

    with Heartbeat() as beat:
        started = time.perf_counter()
        jobs = await asyncio.gather(*map(ask, bodies))
        ids = {job["job_id"] for job in jobs}
        while True:
            listed = (await server.ask("GET", "jobs"))["jobs"]
            states = {job["job_id"]: job["state"] for job in listed if job["job_id"] in ids}
            if len(states) < JOBS or not {"queued", "running"} & set(states.values()):
                break
            await asyncio.sleep(0.5)
        seconds = time.perf_counter() - started
        listing, _, _ = await _cost(lambda: server.ask("GET", "jobs"))
    said = await asyncio.to_thread(_stop_browsers, watching)
    wrong = set(states.values()) - {"succeeded"}
    if wrong:
        raise SystemExit(f"jobs are {wrong}")
    name = f"{JOBS} queued jobs, {BROWSERS} browsers"
    findings.add(f"{name}: until all are done", {"aidevsecops_ext": seconds}, _OURS)
    findings.add(f"{name}: list of all jobs", {"aidevsecops_ext": listing}, _OURS, "ms")
    findings.add(f"{name}: more memory", {"aidevsecops_ext": memory() - before}, _OURS, "MB")
    findings.promise(
        f"every one of {BROWSERS} browsers hears of all jobs",
        is_met=min(said["heard"]) >= JOBS and len(said["heard"]) == BROWSERS,
    )
    findings.promise(
        f"they cost at most {MEMORY_GOAL:.0f} MB", is_met=memory() - before <= MEMORY_GOAL
    )
    print(f"{name}: {seconds:.1f} s, browsers {said}")
    _promise_stall(beat, f"with {name}", findings)


async def _burst(server: Server, rounds: int, findings: Findings) -> None:
    """200 requests at the same moment: to us, and to Jupyter's own routes for comparison."""
    roles = {
        f"{BASE}/health": Role.OURS,
        f"{BASE}/jobs": Role.OURS,
        "api/status": Role.LIMIT,
        "api/kernelspecs": Role.LIMIT,
        "api": Role.LIMIT,
    }
    stalls: dict[str, list[float]] = {path: [] for path in roles}
    costs: dict[str, list[float]] = {path: [] for path in roles}
    for _ in range(rounds):
        for path in roles:
            await server.ask_any("GET", path)
            with Heartbeat() as beat:
                computed = time.process_time()
                await asyncio.gather(*(server.ask_any("GET", path) for _ in range(JOBS)))
                costs[path].append((time.process_time() - computed) * 1000 / JOBS)
            stalls[path].append(beat.worst_own * 1000)
    name = f"{JOBS} requests at the same moment"
    findings.add(f"{name}: longest stall, own work", stalls, roles, "ms")
    findings.add(f"{name}: processor time of one", costs, roles, "ms")


async def _refuse(server: Server, findings: Findings) -> None:
    """A notebook of 80 MB, which is over the limit."""
    large = notebook("import pandas\n", "x" * TOO_LARGE)
    body = server.body("too-large.json", {"path": "too-large.ipynb", "notebook": large})
    (server.root / "too-large.ipynb").write_text(json.dumps(large), encoding="utf-8")
    del large
    path = "notebooks/dependencies?path=too-large.ipynb"
    before = memory()
    with Heartbeat() as beat:
        _, read, first = await _cost(lambda: server.ask("GET", path))
    grown = memory() - before
    with Heartbeat() as taking:
        _, sent, second = await _cost(lambda: server.ask("POST", "notebooks/dependencies", body))
    codes = {first.get("code"), second.get("code")}
    if codes != {"notebook.too-large"}:
        raise SystemExit(f"the notebook was not refused as too large: {first} {second}")
    taken = {"saved in a file": read / 1000, "sent by the browser": sent / 1000}
    roles = dict.fromkeys(taken, Role.OURS)
    findings.add("A notebook of 80 MB is refused", taken, roles)
    findings.add("More memory for that", {"saved in a file": grown}, roles, "MB")
    findings.promise(
        f"it is refused within {REFUSAL_GOAL:.0f} s", is_met=read <= REFUSAL_GOAL * 1000
    )
    _promise_stall(beat, "while a notebook of 80 MB is refused", findings)
    print(f"sent by the browser: stall {taking.worst * 1000:.1f} ms")


def _check(folder: Path, findings: Findings) -> None:
    """The check of a project in a terminal, as in CI."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "aidevsecops_ext", "check", ".", "--json"],
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    seconds = time.perf_counter() - started
    findings.add(
        f"Check {NOTEBOOKS:,} notebooks in a terminal", {"aidevsecops check": seconds},
        {"aidevsecops check": Role.OURS},
    )  # fmt: skip


async def _start_browsers(server: Server) -> subprocess.Popen[str]:
    """A process that stands for 20 browsers, once all of them listen."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--browsers", server.url, server.token],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    await asyncio.to_thread(child.stdout.readline)
    return child


def _stop_browsers(child: subprocess.Popen[str]) -> dict[str, Any]:
    """What they heard and how often they asked."""
    said, _ = child.communicate("stop\n")
    found: dict[str, Any] = json.loads(said.splitlines()[-1])
    return found


async def _browse(url: str, token: str) -> None:
    """Be 20 browsers until standard input says stop: each listens, and asks after what it hears."""
    from tornado.httpclient import AsyncHTTPClient, HTTPRequest
    from tornado.websocket import websocket_connect

    AsyncHTTPClient.configure(None, max_clients=BROWSERS)
    client = AsyncHTTPClient()
    headers = {"Authorization": f"token {token}"}
    heard: list[set[str]] = [set() for _ in range(BROWSERS)]
    asked = 0

    async def listen(number: int) -> None:
        nonlocal asked
        address = f"{url.replace('http', 'ws', 1)}api/events/subscribe"
        connection = await websocket_connect(HTTPRequest(address, headers=headers))
        ready.release()
        last = 0.0
        while (message := await connection.read_message()) is not None:
            event = json.loads(message)
            if "job_id" not in event:
                continue
            heard[number].add(event["job_id"])
            # As the front end does: what was heard is read soon, many at once.
            if time.monotonic() - last > 1.0:
                last = time.monotonic()
                asked += 1
                await client.fetch(HTTPRequest(f"{url}aidevsecops-ext/jobs", headers=headers))

    ready = asyncio.Semaphore(0)
    tasks = [asyncio.ensure_future(listen(number)) for number in range(BROWSERS)]
    for _ in tasks:
        await ready.acquire()
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await asyncio.sleep(1)
    print(json.dumps({"heard": [len(each) for each in heard], "asked": asked}), flush=True)


async def _measure(folder: Path, rounds: int, findings: Findings) -> None:
    server = Server(folder)
    paths = write_project(server.root / "large", NOTEBOOKS)
    # Older than what a look takes for still being written.
    await asyncio.sleep(2.5)
    await server.start()
    await server.ask("GET", "jobs")
    await _look(server, paths, rounds, findings)
    await _queue(server, findings)
    await _burst(server, rounds, findings)
    await _refuse(server, findings)
    await server.stop()


def main() -> int:
    """Measure; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    findings = Findings("Load")
    with tempfile.TemporaryDirectory(prefix="aidevsecops-load-") as name:
        asyncio.run(_measure(Path(name), options.rounds, findings))
        _check(Path(name) / "root" / "large", findings)
    for case in findings.cases:
        print(case.name, {each.tool: each.value for each in case.figures}, case.unit)
    for goal in findings.goals:
        print("met   " if goal.is_met else "MISSED", goal.text)
    return findings.status


if __name__ == "__main__":
    if sys.argv[1:2] == ["--browsers"]:
        asyncio.run(_browse(*sys.argv[2:4]))
        os._exit(0)
    sys.exit(main())
