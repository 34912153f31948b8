"""Work that says very much: lines by the hundred thousand, a line without an end, bytes."""

from __future__ import annotations

import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from aidevsecops_ext.adapters.process import Command, run
from aidevsecops_ext.adapters.run_folders import RootedRunFolders
from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.errors import CancelledError
from aidevsecops_ext.domain.jobs import JobState
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.jobs.cancel import CancelSource
from aidevsecops_ext.jobs.store import JobStore, Retention
from tests.jobs.bench import LOG, Bench

pytestmark = pytest.mark.timeout(180)

LINES = 100_000
PAGE = 2_000
KEEP = Retention(jobs=200, hours=24, log_lines=20_000)


def _store(folder: Path, **limits: int) -> JobStore:
    keep = Retention(KEEP.jobs, KEEP.hours, KEEP.log_lines, **limits)
    return JobStore(folder / "jobs.sqlite3", "/home", keep, LOG)


def _done(bench: Bench, work: object) -> str:
    job_id = bench.submit(work)  # type: ignore[arg-type]
    bench.wait_for(job_id, JobState.SUCCEEDED)
    return job_id


def _pages(bench: Bench, job_id: str) -> list[list[str]]:
    """The log as a browser reads it, page by page."""
    pages, offset, is_complete = [], 0, False
    while not is_complete:
        part, is_complete = bench.engine.read_log(job_id, offset)  # type: ignore[arg-type]
        assert part.next_offset > offset
        pages.append([*part.lines])
        offset = part.next_offset
    return pages


def test_hundred_thousand_lines_are_read_page_by_page_and_the_last_are_kept(
    tmp_path: Path,
) -> None:
    def work(progress: Progress, _: CancelToken) -> dict[str, Json]:
        for number in range(LINES):
            progress.log(f"line {number} \x1b[31mred\x1b[0m")
        return {}

    bench = Bench(_store(tmp_path))
    job_id = _done(bench, work)
    pages = _pages(bench, job_id)
    bench.engine.shutdown()

    lines = [line for page in pages for line in page]
    assert lines[0] == f"[{LINES - KEEP.log_lines} earlier lines are no longer kept]"
    assert lines[1].startswith(f"line {LINES - KEEP.log_lines} ")
    assert lines[-1].startswith(f"line {LINES - 1} ")
    assert len(lines) == KEEP.log_lines + 1
    assert max(map(len, pages)) <= PAGE + 1
    assert (tmp_path / "jobs.sqlite3").stat().st_size < 10_000_000


def test_job_with_very_long_lines_stays_on_record_and_pushes_no_other_out(tmp_path: Path) -> None:
    def long_lines(progress: Progress, _: CancelToken) -> dict[str, Json]:
        for number in range(20_000):
            progress.log(f"{number} " + "🦉" * 5_000)
        return {"done": True}

    bench = Bench(_store(tmp_path, total_bytes=24_000_000))
    before = _done(bench, lambda *_: {"first": True})
    job_id = _done(bench, long_lines)
    first, found = bench.engine.find(before), bench.engine.find(job_id)  # type: ignore[arg-type]
    last = _pages(bench, job_id)[-1][-1]
    bench.engine.shutdown()

    assert first.result == {"first": True}
    assert found.result == {"done": True}
    assert last.startswith("19999 ")
    assert last.endswith("[cut]")
    assert (tmp_path / "jobs.sqlite3").stat().st_size < 16_000_000


def test_line_of_fifty_megabytes_costs_no_more_than_itself_in_the_log(tmp_path: Path) -> None:
    def work(progress: Progress, _: CancelToken) -> dict[str, Json]:
        progress.log("x" * 50_000_000)
        progress.log("\x00\x01\ud800 binary \x1b]0;title\x07")
        return {}

    bench = Bench(_store(tmp_path))
    tracemalloc.start()
    job_id = _done(bench, work)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    [page] = _pages(bench, job_id)
    bench.engine.shutdown()

    assert [len(line) < 2_100 for line in page] == [True, True]
    assert page[0].endswith("[cut]")
    assert "binary" in page[1]
    # The line itself, and once more as one of a list.
    assert peak < 160_000_000


def test_child_that_prints_a_line_without_end_is_heard_to_its_end() -> None:
    script = (
        "import sys\n"
        "for _ in range(50): sys.stderr.write('x' * 1_000_000)\n"
        "sys.stderr.buffer.write(b'\\n\\xff\\xfe\\x00 after\\n')\n"
    )
    heard: list[int] = []
    ends: list[str] = []

    def hear(line: str) -> None:
        heard.append(len(line))
        ends.append(line[-20:])

    outcome = run(Command((sys.executable, "-c", script)), CancelSource(), hear)

    assert outcome.returncode == 0
    assert len(heard) == 2
    assert heard[0] < 17_000_000
    assert ends[0].endswith("[cut]")
    assert ends[1].endswith(" after")
    assert sum(map(len, outcome.tail)) < 100_000


def test_what_a_child_says_waits_in_its_pipe_while_nobody_listens() -> None:
    script = "import sys\nfor n in range(400_000): sys.stderr.write(f'{n} {\"y\" * 80}\\n')\n"
    is_first, go_on = threading.Event(), threading.Event()
    count = 0

    def hear(_: str) -> None:
        nonlocal count
        count += 1
        is_first.set()
        assert go_on.wait(120)

    tracemalloc.start()
    thread = threading.Thread(
        target=run, args=(Command((sys.executable, "-c", script)), CancelSource(), hear)
    )
    thread.start()
    assert is_first.wait(60)
    # Time enough to read all that, if nothing kept the reader from it.
    threading.Event().wait(1.0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    go_on.set()
    thread.join(120)

    assert count == 400_000
    assert peak < 12_000_000


def test_cancel_ends_a_child_that_prints_for_ever() -> None:
    script = "while True: print('y' * 200)"
    cancel = CancelSource()
    count = 0

    def hear(_: str) -> None:
        nonlocal count
        count += 1
        if count == 1_000:
            cancel.cancel()

    with pytest.raises(CancelledError):
        run(Command((sys.executable, "-c", script), is_merged=True), cancel, hear)

    assert count < 30_000


def test_log_of_a_step_is_read_in_parts_when_it_has_no_line_ends(tmp_path: Path) -> None:
    content = "é".encode() * 2_600_000
    (tmp_path / "step.log").write_bytes(content + b"\xff\x00\n")
    folders = RootedRunFolders(tmp_path, kept=1, limit=1)
    offset, sizes, is_last = 0, [], False

    while not is_last:
        part = folders.read_log("step.log", offset)
        assert part.next_offset > offset
        offset, is_last = part.next_offset, part.is_last
        sizes.append(sum(map(len, part.lines)))

    assert offset == len(content) + 3
    assert max(sizes) <= 1_000_000
