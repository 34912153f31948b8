from __future__ import annotations

import logging
import os
import sqlite3
import stat
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.errors import ConflictError
from aidevsecops_ext.domain.jobs import Job, JobError, JobId, JobProgress, JobState
from aidevsecops_ext.jobs.owner import is_alive
from aidevsecops_ext.jobs.store import JobStore, Retention

from .bench import Bench, Gate, make_store

_SMALL = Retention(jobs=3, hours=24, log_lines=10)


def _job(number: int = 1, state: JobState = JobState.SUCCEEDED, ended_ago: float = 0.0) -> Job:
    now = time.time()
    return Job(
        id=JobId(f"job-{number}"),
        kind="lock",
        key="nb.ipynb",
        project="folder",
        title="Lock nb.ipynb",
        state=state,
        created_at=now - 1000 + number,
        started_at=now - 500,
        ended_at=now - ended_ago if state.is_final else None,
        progress=JobProgress("resolving", 0.25),
        result={"packages": 3, "names": ["é", None]},
    )


def test_store_touches_nothing_when_it_is_not_used(tmp_path: Path) -> None:
    store = make_store(tmp_path / "deep")

    store.close()

    assert list(tmp_path.iterdir()) == []


def test_find_answers_the_same_job_when_the_file_is_opened_again(tmp_path: Path) -> None:
    job = replace(_job(), error=JobError("lock.forked", "No.", "Hint.", {"names": ["a"]}))
    store = make_store(tmp_path)
    store.save(job)
    store.close()

    found = make_store(tmp_path).find(job.id)

    assert found == job


def test_job_whose_words_cannot_be_encoded_is_found_again(tmp_path: Path) -> None:
    job = replace(_job(), title="half \ud800", key="a\ud800")
    store = make_store(tmp_path)
    store.save(job, "once \udfff")

    found = store.find_repeated(job.kind, "a\ud800", "once \udfff")

    assert found is not None
    assert found.title == "half ?"
    store.close()


def test_store_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    store = make_store(tmp_path / "home")

    store.save(_job())

    files = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    store.close()


def test_find_all_answers_newest_first_without_results(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for number in range(3):
        store.save(_job(number))

    found = store.find_all()

    assert [job.id for job in found] == ["job-2", "job-1", "job-0"]
    assert {job.result is None for job in found} == {True}


def test_find_all_selects_when_key_and_kind_are_given(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(_job(1))
    store.save(replace(_job(2), key="other.ipynb"))
    store.save(replace(_job(3), kind="release"))

    found = store.find_all(key="nb.ipynb", kind="lock")

    assert [job.id for job in found] == ["job-1"]


def test_store_shows_only_its_own_scope_when_two_servers_have_other_roots(tmp_path: Path) -> None:
    here, there = make_store(tmp_path, "/here"), make_store(tmp_path, "/there")
    here.save(_job(1), "key")
    there.save(_job(2))

    there.forget_ended()

    assert [job.id for job in here.find_all()] == ["job-1"]
    assert there.find_all() == []
    assert there.find(JobId("job-1")) is None
    assert there.find_repeated("lock", "nb.ipynb", "key") is None


def test_save_forgets_the_oldest_when_there_are_too_many(tmp_path: Path) -> None:
    store = make_store(tmp_path, retention=_SMALL)
    store.save(_job(0, JobState.RUNNING))
    for number in range(1, 6):
        store.save(_job(number))
        store.append_log(JobId(f"job-{number}"), ["line"])

    found = store.find_all()

    assert [job.id for job in found] == ["job-5", "job-4", "job-3", "job-0"]
    assert store.read_log(JobId("job-1"), 0, 10).lines == ()
    assert store.read_log(JobId("job-5"), 0, 10).lines == ("line",)


def test_save_forgets_a_job_when_it_ended_too_long_ago(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(_job(1, ended_ago=25 * 3600))

    store.save(_job(2))

    assert [job.id for job in store.find_all()] == ["job-2"]


def test_save_forgets_a_preview_soon_after_it_ended(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(replace(_job(1, ended_ago=700), is_preview=True))
    store.save(replace(_job(2, ended_ago=500), is_preview=True))

    store.save(_job(3, ended_ago=700))

    found = [(job.id, job.is_preview) for job in store.find_all()]
    assert found == [("job-3", False), ("job-2", True)]


def test_find_answers_a_job_when_an_earlier_version_wrote_the_file(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(_job())
    store.close()
    connection = sqlite3.connect(tmp_path / "jobs.sqlite3")
    connection.execute("ALTER TABLE jobs DROP COLUMN is_preview")
    connection.execute("PRAGMA user_version = 1")
    connection.close()

    found = make_store(tmp_path).find(JobId("job-1"))

    assert found is not None
    assert not found.is_preview


def test_save_forgets_the_oldest_when_the_file_is_too_big(tmp_path: Path) -> None:
    limit = 400_000
    store = make_store(tmp_path, retention=Retention(200, 24, 1000, total_bytes=limit))
    for number in range(10):
        store.append_log(JobId(f"job-{number}"), ["x" * 1000] * 100)
        store.save(_job(number))

    found = store.find_all()

    store.close()
    assert 1 <= len(found) <= 3
    assert found[0].id == "job-9"
    assert (tmp_path / "jobs.sqlite3").stat().st_size <= limit


def test_save_keeps_running_jobs_when_they_alone_are_too_big(tmp_path: Path) -> None:
    store = make_store(tmp_path, retention=Retention(200, 24, 1000, total_bytes=1))
    store.save(_job(1, JobState.RUNNING))

    store.save(_job(2))
    store.save(_job(3))

    # Of those that ended, whoever waits for the last one can read how it ended.
    assert [job.id for job in store.find_all()] == ["job-3", "job-1"]


def test_read_log_says_what_was_dropped_when_the_log_is_too_long(tmp_path: Path) -> None:
    store = make_store(tmp_path, retention=_SMALL)
    for number in range(25):
        store.append_log(JobId("job"), [f"line {number}"])

    whole = store.read_log(JobId("job"), 0, 100)
    end = store.read_log(JobId("job"), 20, 100)

    assert whole.lines[0] == "[15 earlier lines are no longer kept]"
    assert whole.lines[1:] == tuple(f"line {number}" for number in range(15, 25))
    assert whole.next_offset == 25
    assert end.lines == tuple(f"line {number}" for number in range(20, 25))


def test_read_log_stays_where_it_was_when_there_is_nothing_new(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.append_log(JobId("job"), ["one"])

    part = store.read_log(JobId("job"), 1, 100)

    assert (part.lines, part.next_offset, part.is_last) == ((), 1, True)


@pytest.mark.parametrize("content", [b"not a database at all " * 100, b"", None])
def test_store_sets_the_file_aside_when_it_is_broken(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    path = tmp_path / "jobs.sqlite3"
    store = make_store(tmp_path)
    for number in range(50):
        store.append_log(JobId(f"job-{number}"), ["x" * 1000] * 20)
    store.close()
    # None: a proper head with a broken body.
    damage = path.read_bytes()[:8192] + b"\xff" * 200_000 if content is None else content
    path.write_bytes(damage)

    with caplog.at_level(logging.WARNING):
        store.save(_job())
        found = store.find_all()

    aside = [each.read_bytes() for each in tmp_path.glob("jobs.sqlite3.broken-*")]
    assert [job.id for job in found] == ["job-1"]
    # An empty file is an empty database: nothing is lost, so nothing is kept.
    assert aside == ([damage] if damage else [])
    assert ("set aside" in caplog.text) is bool(damage)


def test_store_leaves_the_file_alone_when_a_later_version_wrote_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "jobs.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE jobs (something_else TEXT)")
        connection.execute("PRAGMA user_version = 99")
    connection.close()

    store = make_store(tmp_path)
    store.save(_job())

    assert [job.id for job in store.find_all()] == ["job-1"]
    assert "later version" in caplog.text
    store.close()
    again = sqlite3.connect(path)
    assert again.execute("PRAGMA user_version").fetchone() == (99,)
    assert again.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    again.close()


def test_store_goes_on_in_memory_when_the_folder_cannot_be_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    store = make_store(tmp_path / "file")

    store.save(_job())
    store.append_log(JobId("job-1"), ["line"])

    assert [job.id for job in store.find_all()] == ["job-1"]
    assert store.read_log(JobId("job-1"), 0, 10).lines == ("line",)
    assert caplog.text.count("kept in memory") == 1
    store.close()


def _fill_up(store: JobStore) -> None:
    """Make the file as full as a disk can be: not one more page."""

    def forbid_growth(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1").fetchall()

    store._database.read(forbid_growth)


def test_store_goes_on_in_memory_when_the_disk_is_full(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = make_store(tmp_path)
    store.save(_job(1))
    _fill_up(store)

    store.append_log(JobId("job-1"), ["x" * 1000] * 500)
    store.save(_job(2))

    assert [job.id for job in store.find_all()] == ["job-2", "job-1"]
    assert len(store.read_log(JobId("job-1"), 0, 1000).lines) == 500
    assert caplog.text.count("kept in memory") == 1
    # What kept that connection from growing does not keep others: the disk has room again.
    store.close()
    assert [job.id for job in make_store(tmp_path).find_all()] == ["job-2", "job-1"]


def test_job_ends_well_when_the_file_breaks_while_it_runs(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    bench = Bench(store)
    gate = Gate()
    job_id = bench.submit(gate)
    gate.wait_started()
    for path in tmp_path.glob("jobs.sqlite3*"):
        path.write_bytes(b"\xff" * 100_000)

    gate.opened.set()
    bench.wait_for(job_id, JobState.SUCCEEDED)

    assert bench.engine.find(job_id).result == {"done": True}
    bench.engine.shutdown()


def test_save_raises_when_the_statement_is_at_fault_and_not_the_file(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.save(_job())

    with pytest.raises(sqlite3.IntegrityError):
        store.save(replace(_job(2), title=None))

    assert [job.id for job in store.find_all()] == ["job-1"]


def test_engine_refuses_to_cancel_when_another_server_runs_the_job(tmp_path: Path) -> None:
    here, there = Bench(make_store(tmp_path)), Bench(make_store(tmp_path))
    gate = Gate()
    job_id = there.submit(gate)
    gate.wait_started()

    with pytest.raises(ConflictError):
        here.engine.cancel(job_id)

    assert here.engine.find(job_id).state is JobState.RUNNING
    there.engine.shutdown()
    assert here.engine.find(job_id).state is JobState.CANCELLED
    here.engine.shutdown()


def test_open_removes_owner_files_when_their_process_died_long_ago(tmp_path: Path) -> None:
    living = make_store(tmp_path)
    living.save(_job(1, JobState.RUNNING))
    folder = tmp_path / "jobs-owners"
    dead_old, dead_new = folder / "old.lock", folder / "new.lock"
    dead_old.touch()
    dead_new.touch()
    long_ago = time.time() - 48 * 3600
    for path in folder.iterdir():
        if path != dead_new:
            os.utime(path, (long_ago, long_ago))

    store = make_store(tmp_path)
    found = store.find_all()

    assert [job.state for job in found] == [JobState.RUNNING]
    assert not dead_old.exists()
    assert dead_new.exists()
    assert not is_alive(folder, "new")
    assert not is_alive(folder, "old")
    living.close()
    store.close()
