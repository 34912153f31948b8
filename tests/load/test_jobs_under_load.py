"""200 queued jobs and 20 listeners: two run at once, in order, and nobody misses one."""

from __future__ import annotations

import threading
from pathlib import Path

from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.jobs import JobId, JobState
from aidevsecops_ext.domain.json_value import Json
from tests.jobs.bench import Bench, make_store

JOBS = 200


class Crowd:
    """Work that counts how many do it at the same time."""

    def __init__(self) -> None:
        self.most = 0
        self.order: list[int] = []
        self._now = 0
        self._lock = threading.Lock()

    def work(self, number: int, progress: Progress) -> dict[str, Json]:
        """Be counted, and say something."""
        with self._lock:
            self._now += 1
            self.order.append(number)
            self.most = max(self.most, self._now)
        for line in range(20):
            progress.log(f"line {line}")
        with self._lock:
            self._now -= 1
        return {"number": number}


def test_two_of_200_queued_jobs_run_at_once_and_all_end(tmp_path: Path) -> None:
    bench, crowd = Bench(make_store(tmp_path)), Crowd()
    threads = threading.active_count()

    def submit(number: int) -> JobId:
        def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
            cancel.raise_if_cancelled()
            return crowd.work(number, progress)

        return bench.submit(work, key=f"{number}.ipynb")

    ids = [submit(number) for number in range(JOBS)]
    more = threading.active_count() - threads
    for job_id in ids:
        bench.wait_for(job_id, JobState.SUCCEEDED)

    assert crowd.most <= 2
    # Two workers may overtake each other by one.
    assert all(abs(place - number) <= 2 for place, number in enumerate(crowd.order))
    assert len([job for job in bench.engine.find_all() if job.state.is_final]) == JOBS
    assert more <= 8
    bench.engine.shutdown()


def test_each_job_tells_no_more_than_its_changes(tmp_path: Path) -> None:
    bench = Bench(make_store(tmp_path))

    def chatter(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        del cancel
        for line in range(10_000):
            progress.log(f"line {line}")
        return {}

    job_id = bench.submit(chatter)
    bench.wait_for(job_id, JobState.SUCCEEDED)

    assert len(bench.changes) <= 100
    bench.engine.shutdown()
