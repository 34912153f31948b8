"""A clock that is set back or ahead, by an hour or by years, between and within what is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.adapters.name_lists import NameLists
from aidevsecops_ext.adapters.run_folders import RootedRunFolders
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.errors import RefusedError
from aidevsecops_ext.domain.jobs import Job, JobId, JobState
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.pipeline_run import PipelineRun, RunKind, RunState
from aidevsecops_ext.domain.run_ids import is_run_id
from aidevsecops_ext.domain.versions import newer
from aidevsecops_ext.jobs.cancel import CancelSource
from aidevsecops_ext.jobs.store import Retention
from tests.fakes.clock import FakeClock
from tests.jobs.bench import Bench, make_store

HOUR, DAY, YEAR = 3600.0, 86_400.0, 365 * 86_400.0
JUMPS = [-30 * YEAR, -DAY, -HOUR, HOUR, DAY, 30 * YEAR]

Set = Callable[[float], None]


@pytest.fixture
def jump(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the clock of the system by so many seconds; what counts up only goes on as it was."""
    real = time.time

    def by(seconds: float) -> None:
        monkeypatch.setattr(time, "time", lambda: real() + seconds)

    return by


def _ended(number: int) -> Job:
    now = time.time()
    return Job(
        id=JobId(f"job-{number}"),
        kind="lock",
        key="nb.ipynb",
        project="",
        title="Lock",
        state=JobState.SUCCEEDED,
        created_at=now,
        started_at=now,
        ended_at=now,
        result={"number": number},
    )


@pytest.mark.parametrize("seconds", JUMPS)
def test_times_of_a_job_come_after_each_other(tmp_path: Path, seconds: float) -> None:
    clock = FakeClock(time.time())
    bench = Bench(make_store(tmp_path), clock)

    def work(progress: Progress, _: CancelToken) -> dict[str, Json]:
        clock.seconds += seconds
        progress.report("Half", 0.5)
        clock.seconds += seconds / 7
        return {}

    ids = [bench.submit(work, key=f"nb{number}") for number in range(3)]
    jobs = [bench.wait_for(job_id, JobState.SUCCEEDED) for job_id in ids]
    listed = [job.id for job in bench.engine.find_all()]
    bench.engine.shutdown()

    for job in jobs:
        assert job.started_at is not None
        assert job.ended_at is not None
        assert job.created_at <= job.started_at <= job.ended_at
    # Browsers, too, know the newest by it.
    assert jobs[0].created_at < jobs[1].created_at < jobs[2].created_at
    assert listed == ids[::-1]


@pytest.mark.parametrize("seconds", JUMPS)
def test_progress_is_recorded_for_other_servers_when_the_clock_was_set(
    tmp_path: Path, seconds: float
) -> None:
    clock = FakeClock(time.time())
    bench, other = Bench(make_store(tmp_path), clock), make_store(tmp_path)
    seen: list[str | None] = []

    def work(progress: Progress, _: CancelToken) -> dict[str, Json]:
        clock.seconds += seconds
        progress.report("first")
        clock.seconds += 2.0
        progress.report("second")
        [job] = other.find_all()
        seen.append(None if job.progress is None else job.progress.message)
        return {}

    bench.wait_for(bench.submit(work), JobState.SUCCEEDED)
    bench.engine.shutdown()
    other.close()

    assert seen == ["second"]


@pytest.mark.parametrize("seconds", JUMPS)
def test_job_that_ended_a_moment_ago_is_kept_when_the_clock_is_set(
    tmp_path: Path, jump: Set, seconds: float
) -> None:
    store = make_store(tmp_path)
    store.save(_ended(1))
    store.save(replace(_ended(2), is_preview=True))

    jump(seconds)
    store.save(_ended(3))

    assert [job.id for job in store.find_all()] == ["job-3", "job-2", "job-1"]
    store.close()


def test_newest_jobs_are_kept_when_the_clock_was_set_back(tmp_path: Path, jump: Set) -> None:
    store = make_store(tmp_path, retention=Retention(jobs=3, hours=24, log_lines=10))
    for number in range(3):
        store.save(_ended(number))

    jump(-YEAR)
    for number in range(3, 5):
        store.save(_ended(number))

    assert [job.id for job in store.find_all()] == ["job-4", "job-3", "job-2"]
    store.close()


def test_old_jobs_are_forgotten_when_the_clock_is_right(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(replace(_ended(1), ended_at=time.time() - 2 * DAY))
    store.save(_ended(2))

    assert [job.id for job in store.find_all()] == ["job-2"]
    store.close()


def test_lost_job_ends_after_it_began_when_the_clock_was_set_back(
    tmp_path: Path, jump: Set
) -> None:
    gone = make_store(tmp_path)
    gone.save(replace(_ended(1), state=JobState.RUNNING, ended_at=None, result=None))
    gone.close()

    jump(-YEAR)
    [job] = make_store(tmp_path).find_all()

    assert job.state is JobState.FAILED
    assert job.started_at is not None
    assert job.ended_at is not None
    assert job.ended_at >= job.started_at


@pytest.mark.parametrize("seconds", JUMPS)
def test_run_that_came_last_is_the_newest_and_is_kept(
    tmp_path: Path, jump: Set, seconds: float
) -> None:
    folders = RootedRunFolders(tmp_path, kept=2, limit=1000)

    def run() -> str:
        with folders.begin("p.pipeline", RunKind.LOCAL) as folder:
            folder.save(
                PipelineRun(folder.id, "p.pipeline", "p", folder.path, state=RunState.SUCCEEDED)
            )
        return folder.id

    ids = [run(), run()]
    jump(seconds)
    ids += [run(), run()]

    assert [run.id for run in folders.find_all()] == [ids[3], ids[2]]
    assert all(map(is_run_id, ids))
    assert ids == sorted(set(ids))


def test_runs_that_begin_in_the_same_moment_have_folders_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1.0)
    folders = RootedRunFolders(tmp_path, kept=9, limit=1000)

    with (
        folders.begin("p.pipeline", RunKind.LOCAL) as one,
        folders.begin("p.pipeline", RunKind.KUBEFLOW) as two,
        folders.begin("p.pipeline", RunKind.KUBEFLOW) as three,
    ):
        assert len({one.id, two.id, three.id}) == 3


@pytest.mark.parametrize("seconds", [-30 * YEAR, -DAY, 30 * YEAR])
def test_list_of_names_is_fetched_again_and_not_good_for_years(
    tmp_path: Path, jump: Set, seconds: float
) -> None:
    from aidevsecops_ext.adapters.index_http import HttpSettings, IndexAddress
    from tests.kits.package_index import PackageIndex, serve

    made = PackageIndex(is_listed=True)
    made.add_wheel("apple", "1.0")
    lists = NameLists(tmp_path / "lists", 24.0, CancelSource())
    with serve(made) as index:
        address = IndexAddress(index.simple_url)
        lists.renew(address, HttpSettings(timeout=20.0), CancelSource())
        assert not lists.is_due(address)

        jump(seconds)

        assert lists.is_due(address)
        lists.renew(address, HttpSettings(timeout=20.0), CancelSource())
        assert not lists.is_due(address)


def test_release_by_the_calendar_is_refused_when_the_clock_is_behind_the_last_one() -> None:
    with pytest.raises(RefusedError) as caught:
        newer("2026.11.22", "1996.11.22")

    assert caught.value.hint
