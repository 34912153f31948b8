"""A week of jobs, runs, reports and advisories: each store stays within its limit."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.advisory_memory import AdvisoryFile
from aidevsecops_ext.adapters.report_pages import ReportPages
from aidevsecops_ext.adapters.run_folders import RootedRunFolders
from aidevsecops_ext.domain.advisories import AuditedPackage
from aidevsecops_ext.domain.jobs import Job, JobId, JobState
from aidevsecops_ext.domain.pipeline_run import PipelineRun, RunKind, RunState
from aidevsecops_ext.jobs.store import JobStore, Retention
from tests.jobs.bench import make_store

HOUR = 3600.0
LIMITS = Retention(jobs=200, hours=24, log_lines=100, total_bytes=2_000_000)


class Time:
    """The time, as a test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000.0
        monkeypatch.setattr(time, "time", lambda: self.now)
        # No more may pass by that clock than by this one, which no user can set.
        monkeypatch.setattr(time, "clock_gettime", lambda _clock: self.now)
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Time:
    """A clock that stands still until the test moves it."""
    return Time(monkeypatch)


def _save(store: JobStore, number: int, now: float, state: JobState, kind: str = "lock") -> JobId:
    job_id = JobId(f"job-{number}")
    ended = now if state.is_final else None
    key = f"{number % 50}.ipynb"
    store.save(
        Job(
            id=job_id,
            kind=kind,
            key=key,
            project="",
            title=f"Lock {key}",
            state=state,
            created_at=now,
            started_at=now,
            ended_at=ended,
            result={"edit": "x" * 5_000} if state.is_final else None,
            is_preview=kind == "preview",
        )
    )
    return job_id


def test_jobs_of_a_week_stay_within_count_age_and_bytes(tmp_path: Path, clock: Time) -> None:
    store = make_store(tmp_path, retention=LIMITS)
    running = _save(store, 0, clock.now, JobState.RUNNING)
    store.append_log(running, ["begun"])
    sizes = []
    for number in range(1, 2_000):
        clock.now += 7 * 24 * HOUR / 2_000
        kind = "preview" if number % 3 == 0 else "lock"
        job_id = _save(store, number, clock.now, JobState.RUNNING, kind)
        store.append_log(job_id, [f"line {line}" for line in range(120)])
        _save(store, number, clock.now, JobState.SUCCEEDED, kind)
        if number % 285 == 0:
            sizes.append((tmp_path / "jobs.sqlite3").stat().st_size)

    ended = [job for job in store.find_all() if job.state.is_final]

    assert len(ended) <= LIMITS.jobs
    assert min(job.ended_at or 0 for job in ended) >= clock.now - LIMITS.hours * HOUR
    assert not [job for job in ended if job.is_preview and (job.ended_at or 0) < clock.now - 700]
    # What has not ended is in use.
    assert store.find(running) is not None
    assert store.read_log(running, 0, 10).lines == ("begun",)
    # Room of what is forgotten is used again; a page or two more than the limit are being freed.
    assert max(sizes) <= 1.5 * LIMITS.total_bytes
    store.close()


def test_forgotten_jobs_leave_no_lines_of_their_logs(tmp_path: Path, clock: Time) -> None:
    few = Retention(jobs=5, hours=24, log_lines=100)
    store = make_store(tmp_path, retention=few)
    ids = []
    for number in range(50):
        clock.now += 60
        ids.append(_save(store, number, clock.now, JobState.RUNNING))
        store.append_log(ids[-1], ["a line"])
        _save(store, number, clock.now, JobState.SUCCEEDED)

    kept = [job_id for job_id in ids if store.read_log(job_id, 0, 10).lines]

    assert kept == ids[-5:]
    store.close()


def test_runs_of_a_week_leave_the_newest_and_those_that_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.pipeline").write_text("{}")
    folders = RootedRunFolders(tmp_path, kept=20, limit=1_000)
    with folders.begin("a.pipeline", RunKind.KUBEFLOW) as folder:
        remote = PipelineRun(folder.id, "a.pipeline", "a", folder.path, kind=RunKind.KUBEFLOW)
        folder.save(remote)
    ids = []
    for _ in range(100):
        with folders.begin("a.pipeline", RunKind.LOCAL) as folder:
            state = RunState.SUCCEEDED
            folder.save(PipelineRun(folder.id, "a.pipeline", "a", folder.path, state=state))
            ids.append(folder.id)

    left = [run.id for run in folders.find_all("a.pipeline")]

    assert left == [*reversed(ids[-20:]), remote.id]


def test_reports_of_a_week_leave_the_newest(tmp_path: Path) -> None:
    pages = ReportPages(tmp_path)

    names = [pages.keep(f"report {number}") for number in range(200)]

    assert len(list(tmp_path.iterdir())) <= 20
    assert pages.read(names[-1]) == "report 199"


def test_advisories_of_a_week_are_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    memory = AdvisoryFile(tmp_path / "advisories.json", "https://osv.example")
    for day in range(7):
        packages = [AuditedPackage(f"package-{day}-{number}", "1.0") for number in range(4_000)]
        memory.keep(packages, float(day))

    known = memory.known()

    assert len(known) == 20_000
    assert ("package-6-3999", "1.0") in known
    assert ("package-0-0", "1.0") not in known
