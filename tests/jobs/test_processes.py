"""What happens to real processes: those that jobs start, and the servers that jobs run in."""

from __future__ import annotations

import os
import queue
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aidevsecops_ext.adapters.process import Command, run
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.jobs import JobId, JobState
from aidevsecops_ext.domain.json_value import Json
from tests.kits.processes import is_running, script

from .bench import PATIENCE, Bench, make_store


class _Family:
    """Work that starts a child with a grandchild which ignores the polite signal."""

    def __init__(self) -> None:
        self.said: queue.Queue[str] = queue.Queue()

    def __call__(self, _progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        argv = script("stubborn_grandchild", "wait")
        run(Command(argv, is_merged=True), cancel, self.said.put)
        return {}

    def grandchild(self) -> int:
        """The grandchild's process id, once it runs."""
        return int(self.said.get(timeout=PATIENCE))


@contextmanager
def _second_server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], JobId]]:
    """Another process with a running job on the same home."""
    argv = script("serve_one_job", str(folder))
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            yield process, JobId(process.stdout.readline().strip())
        finally:
            process.kill()


def test_cancel_leaves_no_grandchild_when_it_ignores_the_signal(bench: Bench) -> None:
    family = _Family()
    job_id = bench.submit(family)
    pid = family.grandchild()

    bench.engine.cancel(job_id)
    bench.wait_for(job_id, JobState.CANCELLED)

    assert not is_running(pid)


def test_shutdown_leaves_no_child_when_jobs_run(bench: Bench) -> None:
    families = [_Family(), _Family()]
    for number, family in enumerate(families):
        bench.submit(family, key=f"{number}.ipynb")
    pids = [family.grandchild() for family in families]

    bench.engine.shutdown()

    assert [pid for pid in pids if is_running(pid)] == []


def test_find_keeps_a_job_running_when_its_server_lives(tmp_path: Path) -> None:
    with _second_server(tmp_path) as (_, job_id):
        store = make_store(tmp_path)

        job = store.find(job_id)

        store.close()

    assert job is not None
    assert job.state is JobState.RUNNING


def test_find_fails_a_job_as_lost_when_its_server_was_killed(tmp_path: Path) -> None:
    with _second_server(tmp_path) as (process, job_id):
        process.kill()
        process.wait()
    store = make_store(tmp_path)

    job = store.find(job_id)

    assert job is not None
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.code == "job.lost"
    assert job.ended_at is not None
    assert store.read_log(job_id, 0, 10).lines == ("started",)
    store.close()


def test_find_all_fails_a_job_as_lost_when_the_other_server_dies_later(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    with _second_server(tmp_path) as (process, _):
        before = [job.state for job in store.find_all()]
        process.kill()
        process.wait()

        after = [job.state for job in store.find_all()]

    store.close()
    assert (before, after) == ([JobState.RUNNING], [JobState.FAILED])
