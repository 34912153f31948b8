"""A real server that runs a pipeline with real kernels, and is ended while it does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kits.pipeline_files import write_pipeline
from tests.kits.processes import running_with_argument

from .real_server import RealServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc"),
]

FOREVER = "import threading; threading.Event().wait()"


@pytest.mark.parametrize(
    ("end", "states"),
    [
        (RealServer.kill, ("failed", ["succeeded", "failed", "skipped"])),
        (RealServer.terminate, ("cancelled", ["succeeded", "cancelled", "cancelled"])),
    ],
)
def test_record_is_true_when_the_server_is_ended(
    tmp_path: Path, end: Callable[[RealServer], Any], states: tuple[str, list[str]]
) -> None:
    write_pipeline(
        tmp_path / "root" / "churn.pipeline",
        {"name": "a", "file": "a.py"},
        {"name": "b", "file": "b.ipynb", "after": ["a"]},
        {"name": "c", "file": "c.ipynb", "after": ["b"]},
        b=FOREVER,
    )
    server = RealServer(tmp_path, "http://127.0.0.1:9/simple")
    server.ask("POST", "/pipelines/runs", {"path": "churn.pipeline"})
    server.wait_for(lambda: _cell_of_b(server) == 1)

    end(server)

    _wait_until_gone(str(server.temporary / "aidevsecops-"))
    second = RealServer(tmp_path, "http://127.0.0.1:9/simple")
    [run] = second.ask("GET", "/pipelines/runs")["runs"]
    second.ask("POST", "/pipelines/runs", {"path": "churn.pipeline", "only_changed": True})
    second.wait_for(lambda: _cell_of_b(second) == 1)
    [again, _] = second.ask("GET", "/pipelines/runs")["runs"]
    second.ask("DELETE", f"/pipelines/runs/{again['run']}")
    second.wait_for(
        lambda: second.ask("GET", f"/pipelines/runs/{again['run']}")["state"] == "cancelled"
    )
    left = running_with_argument(str(second.temporary / "aidevsecops-"))
    second.terminate()

    assert (run["state"], [step["state"] for step in run["steps"]]) == states
    assert again["steps"][0]["state"] == "cached"
    assert left == []


def _cell_of_b(server: RealServer) -> int:
    runs = server.ask("GET", "/pipelines/runs")["runs"]
    cell: int = runs[0]["steps"][1]["cell"] if runs and runs[0]["state"] == "running" else 0
    return cell


def _wait_until_gone(argument: str) -> None:
    """Return when no process has that in its command line; the test's time limit ends the wait."""
    while running_with_argument(argument):
        pass
