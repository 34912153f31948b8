"""A disk that is full under the records of jobs, while a server goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.jobs import JobState
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.jobs.store import JobStore, Retention
from tests.jobs.bench import LOG, Bench, Gate, make_store
from tests.kits.small_disk import SmallDisk, small_disk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs mounts of POSIX")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk; where none can be had, tests/jobs has the same with a limit of SQLite's."""
    try:
        mounted = small_disk(tmp_path / "disk", megabytes=2)
        made = mounted.__enter__()
    except OSError:
        pytest.skip("nothing can be mounted here; tests/jobs/test_store.py has a full file")
    try:
        yield made
    finally:
        mounted.__exit__(None, None, None)


def _store(disk: SmallDisk, retry_seconds: float) -> JobStore:
    keep = Retention(jobs=200, hours=24, log_lines=20_000)
    return JobStore(disk.folder / "jobs.sqlite3", "/home", keep, LOG, retry_seconds)


def _work_that_says_much(progress: Progress, _: CancelToken) -> dict[str, Json]:
    progress.log("x" * 900)
    return {"full": True}


def test_jobs_go_on_and_are_on_disk_when_there_is_room_again(
    disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    bench = Bench(_store(disk, retry_seconds=0.0))
    gate = Gate()
    before = bench.submit(lambda *_: {"before": True}, key="a")
    bench.wait_for(before, JobState.SUCCEEDED)
    disk.fill()

    running = bench.submit(gate, key="b")
    gate.wait_started()
    during = bench.submit(_work_that_says_much, key="c")
    bench.wait_for(during, JobState.SUCCEEDED)
    disk.free()
    after = bench.submit(lambda *_: {"after": True}, key="d")
    bench.wait_for(after, JobState.SUCCEEDED)
    other = make_store(disk.folder)
    seen = {job.id: job.state for job in other.find_all()}
    gate.opened.set()
    bench.wait_for(running, JobState.SUCCEEDED)
    bench.engine.shutdown()

    # Another server sees them, and does not take for lost what goes on here.
    assert seen[running] is JobState.RUNNING
    assert {seen[each] for each in (before, during, after)} == {JobState.SUCCEEDED}
    found = {job.id: other.find(job.id) for job in other.find_all()}
    assert {job.result is not None for job in found.values() if job} == {True}
    assert other.read_log(during, 0, 10).lines == ("x" * 900,)
    assert caplog.text.count("kept in memory") == 1
    other.close()


def test_jobs_are_on_disk_when_room_comes_before_the_server_ends(
    disk: SmallDisk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    disk.fill()
    bench = Bench(_store(disk, retry_seconds=3600.0))
    job_id = bench.submit(lambda *_: {"done": True})
    bench.wait_for(job_id, JobState.SUCCEEDED)
    disk.free()

    bench.engine.shutdown()

    found = make_store(disk.folder).find(job_id)
    assert found is not None
    assert found.result == {"done": True}
