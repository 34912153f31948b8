"""What a real server leaves behind when it ends while the real uv is at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kits.package_index import PASSWORD, PackageIndex, serve
from tests.kits.processes import running_with_argument

from .notebooks import make_notebook
from .real_server import RealServer

# A server takes its time to start where the machine is busy and Python may keep no byte code.
pytestmark = [pytest.mark.slow, pytest.mark.needs_uv, pytest.mark.timeout(240)]

_DECLARED = '{"packages": {"slowpoke": "*"}, "source": [], "requires": {}}'


@pytest.fixture
def hanging_index() -> Iterator[PackageIndex]:
    """An index that wants a password and never says what versions a package has."""
    index = PackageIndex(needs_password=True, hanging={"simple/slowpoke"})
    index.add_wheel("slowpoke", "1.0")
    with serve(index):
        yield index


def _start_lock(server: RealServer, index: PackageIndex) -> dict[str, Any]:
    """The job of a lock whose uv waits for the index."""
    notebook = make_notebook(requirements=_DECLARED)
    job = server.ask("POST", "/notebooks/locks", {"path": "nb.ipynb", "notebook": notebook})
    assert index.asked.wait(40)
    server.wait_for(lambda: _uv_processes(server) != [])
    return dict(job)


def _uv_processes(server: RealServer) -> list[int]:
    # The folder that its locks work in: other tests' and people's uv is not its own.
    return running_with_argument(str(server.temporary / "aidevsecops-lock-"))


def test_server_leaves_no_uv_and_a_cancelled_job_when_it_is_terminated(
    tmp_path: Path, hanging_index: PackageIndex
) -> None:
    first = RealServer(tmp_path, hanging_index.secret_url)
    job = _start_lock(first, hanging_index)

    first.terminate()
    left = _uv_processes(first)
    second = RealServer(tmp_path, hanging_index.secret_url)
    found = second.ask("GET", f"/jobs/{job['job_id']}")
    second.terminate()

    assert left == []
    assert found["state"] == "cancelled"


def test_server_fails_the_job_as_lost_when_the_one_before_was_killed(
    tmp_path: Path, hanging_index: PackageIndex
) -> None:
    first = RealServer(tmp_path, hanging_index.secret_url)
    job = _start_lock(first, hanging_index)

    first.kill()
    second = RealServer(tmp_path, hanging_index.secret_url)
    found = second.ask("GET", f"/jobs/{job['job_id']}")
    second.terminate()

    assert (found["state"], found["error"]["code"]) == ("failed", "job.lost")


def test_cancel_ends_uv_and_no_password_is_kept(
    tmp_path: Path, hanging_index: PackageIndex
) -> None:
    server = RealServer(tmp_path, hanging_index.secret_url)
    job = _start_lock(server, hanging_index)

    server.ask("DELETE", f"/jobs/{job['job_id']}")
    server.wait_for(lambda: server.ask("GET", f"/jobs/{job['job_id']}")["state"] == "cancelled")
    left = _uv_processes(server)
    log = server.ask("GET", f"/jobs/{job['job_id']}/log")
    server.terminate()

    stored = b"".join(path.read_bytes() for path in server.data.rglob("*") if path.is_file())
    assert left == []
    assert stored
    assert PASSWORD.encode() not in stored
    assert PASSWORD not in str(log)
