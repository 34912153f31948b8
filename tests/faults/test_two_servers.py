"""Several servers and a terminal on one home at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.jobs import JobState
from tests.jobs.bench import Bench, Gate, make_store
from tests.kits.pipelines import write_pipeline
from tests.kits.small_disk import COMMAND, PROJECT
from tests.server.real_server import RealServer

pytestmark = pytest.mark.timeout(240)

NOBODY = "http://127.0.0.1:9/simple"
FOREVER = "import threading; threading.Event().wait()"
_OPENS = """
import logging, sys, time
from pathlib import Path
from aidevsecops_ext.domain.jobs import Job, JobId, JobState
from aidevsecops_ext.jobs.store import JobStore, Retention
store = JobStore(Path(sys.argv[1]), "/home", Retention(200, 24, 100), logging.getLogger())
sys.stdin.readline()
for number in range(20):
    now = time.time()
    job_id = JobId(f"{sys.argv[2]}-{number}")
    store.save(Job(id=job_id, kind="lock", key="k", project="", title="t",
        state=JobState.SUCCEEDED, created_at=now, started_at=now, ended_at=now, result={}))
    store.append_log(job_id, ["a line"] * 10)
store.close()
"""


def test_servers_that_start_at_once_share_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "jobs.sqlite3"
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _OPENS, str(path), str(number)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(6)
    ]

    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    said = [child.communicate(timeout=120)[1] for child in children]

    assert said == [""] * 6
    found = make_store(path.parent).find_all()
    assert len(found) == 120
    assert len({job.id for job in found}) == 120


def test_jobs_of_another_server_are_not_lost_while_both_start_stop_and_prune(
    tmp_path: Path,
) -> None:
    first = Bench(make_store(tmp_path))
    gate = Gate()
    job_id = first.submit(gate)
    gate.wait_started()

    for _ in range(5):
        other = Bench(make_store(tmp_path))
        own = other.submit(lambda *_: {"own": True}, key="other.ipynb")
        other.wait_for(own, JobState.SUCCEEDED)
        assert other.engine.find(job_id).state is JobState.RUNNING
        other.engine.shutdown()

    gate.opened.set()
    first.wait_for(job_id, JobState.SUCCEEDED)
    last = Bench(make_store(tmp_path))
    assert last.engine.find(job_id).result == {"done": True}
    last.engine.shutdown()
    first.engine.shutdown()


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[RealServer, RealServer]]:
    """Two servers of one user, on one home and one folder of projects."""
    root = tmp_path / "root"
    write_pipeline(root / "p.pipeline", {"name": "b", "file": "b.ipynb"}, b=FOREVER)
    write_pipeline(root / "q.pipeline", {"name": "a", "file": "a.py"})
    both = RealServer(tmp_path, NOBODY), RealServer(tmp_path, NOBODY)
    yield both
    for server in both:
        server.terminate()


def _state(server: RealServer, job_id: str) -> str:
    return str(server.ask("GET", f"/jobs/{job_id}")["state"])


def _refusal(server: RealServer, method: str, path: str) -> tuple[int, Any]:
    with pytest.raises(urllib.error.HTTPError) as caught:
        server.ask(method, path)
    with caught.value as answer:
        return answer.code, json.load(answer)["code"]


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="real servers look at /proc")
def test_two_servers_and_a_terminal_work_side_by_side(
    tmp_path: Path, servers: tuple[RealServer, RealServer]
) -> None:
    one, other = servers
    running = one.ask("POST", "/pipelines/runs", {"path": "p.pipeline"})["job_id"]
    one.wait_for(lambda: _state(one, running) == "running" and _runs(tmp_path, "p.pipeline"))

    # The other server sees it, and neither takes it for lost nor away.
    assert _state(other, running) == "running"
    assert _refusal(other, "DELETE", f"/jobs/{running}") == (409, "job.elsewhere")
    # It works as well, and does not begin the same run.
    busy = other.ask("POST", "/pipelines/runs", {"path": "p.pipeline"})["job_id"]
    done = other.ask("POST", "/pipelines/runs", {"path": "q.pipeline"})["job_id"]
    other.wait_for(lambda: _state(other, busy) == "failed")
    assert other.ask("GET", f"/jobs/{busy}")["error"]["code"] == "run.busy"
    other.wait_for(lambda: _state(other, done) == "succeeded")
    # So does the terminal, which sees the run of the server.
    assert _terminal(tmp_path, "pipeline", "run", "q.pipeline").returncode == 0
    assert _terminal(tmp_path, "pipeline", "run", "p.pipeline").returncode == 3
    assert [run["state"] for run in _runs(tmp_path, "p.pipeline")] == ["running"]
    assert _state(one, done) == "succeeded"

    one.ask("DELETE", f"/jobs/{running}")

    other.wait_for(lambda: _state(other, running) == "cancelled")
    assert [run["state"] for run in _runs(tmp_path, "p.pipeline")] == ["cancelled"]
    assert len(_runs(tmp_path, "q.pipeline")) == 2


def _terminal(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        cwd=folder / "root",
        env={
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "UV_DEFAULT_INDEX": NOBODY,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _runs(folder: Path, pipeline: str) -> list[dict[str, Any]]:
    """The runs as the terminal lists them."""
    listed = _terminal(folder, "pipeline", "runs", pipeline, "--json")
    found: list[dict[str, Any]] = json.loads(listed.stdout)
    return found
