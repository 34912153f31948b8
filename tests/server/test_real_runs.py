"""A real server that runs a pipeline with real kernels, and is ended while it does."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.kits.pipelines import write_pipeline
from tests.kits.processes import running_with_argument

from .real_server import RealServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc"),
]

INDEX = "http://127.0.0.1:9/simple"
FOREVER = "import threading; threading.Event().wait()"


@pytest.fixture
def server(tmp_path: Path) -> RealServer:
    """A server whose pipeline is in the middle of a step."""
    write_pipeline(
        tmp_path / "root" / "churn.pipeline",
        {"name": "a", "file": "a.py"},
        {"name": "b", "file": "b.ipynb", "after": ["a"]},
        {"name": "c", "file": "c.ipynb", "after": ["b"]},
        b=FOREVER,
    )
    server = RealServer(tmp_path, INDEX)
    server.ask("POST", "/pipelines/runs", {"path": "churn.pipeline"})
    server.wait_for(lambda: _cell_of_b(server) == 1)
    return server


def test_record_is_true_when_the_server_was_killed(server: RealServer, tmp_path: Path) -> None:
    server.kill()
    _wait_until_gone(str(server.temporary / "aidevsecops-"))

    second = RealServer(tmp_path, INDEX)
    [run] = second.ask("GET", "/pipelines/runs")["runs"]
    second.terminate()

    assert (run["state"], run["error"]["code"]) == ("failed", "run.lost")
    assert [step["state"] for step in run["steps"]] == ["succeeded", "failed", "skipped"]


def test_run_is_cancelled_when_the_server_is_terminated(server: RealServer, tmp_path: Path) -> None:
    server.terminate()

    left = running_with_argument(str(server.temporary / "aidevsecops-"))
    [record] = (tmp_path / "root").glob("runs/churn/*/run.json")
    run = json.loads(record.read_text())
    assert left == []
    assert run["state"] == "cancelled"
    assert [step["state"] for step in run["steps"]] == ["succeeded", "cancelled", "cancelled"]


def _cell_of_b(server: RealServer) -> int:
    runs = server.ask("GET", "/pipelines/runs")["runs"]
    cell: int = runs[0]["steps"][1]["cell"] if runs and runs[0]["state"] == "running" else 0
    return cell


def _wait_until_gone(argument: str) -> None:
    """Return when no process has that in its command line; the test's time limit ends the wait."""
    while running_with_argument(argument):
        pass
