from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest

from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.errors import (
    CancelledError,
    ConflictError,
    ErrorCode,
    NotFoundError,
    RefusedError,
)
from aidevsecops_ext.domain.jobs import JobId, JobProgress, JobState
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.jobs.engine import JobRequest
from tests.fakes.clock import FakeClock

from .bench import Bench, Gate, make_store

QUEUED, RUNNING, CANCELLING = JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING
SUCCEEDED, FAILED, CANCELLED = JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED


def _answer(_progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
    return {"answer": 42}


def test_submit_answers_a_job_that_succeeds(bench: Bench) -> None:
    job = bench.engine.submit(JobRequest("lock", "nb.ipynb", "Lock nb.ipynb"), _answer)

    bench.wait_for(job.id, SUCCEEDED)

    ended = bench.engine.find(job.id)
    assert ended.result == {"answer": 42}
    assert (ended.kind, ended.key, ended.title) == ("lock", "nb.ipynb", "Lock nb.ipynb")
    assert ended.started_at is not None
    assert ended.ended_at is not None
    assert ended.created_at <= ended.started_at <= ended.ended_at
    assert bench.states(job.id) == [QUEUED, RUNNING, SUCCEEDED]


def test_submit_answers_a_preview_that_can_be_read_when_it_has_ended(bench: Bench) -> None:
    request = JobRequest("overlay", "nb.ipynb", "Preview", is_preview=True)
    job = bench.engine.submit(request, _answer)

    bench.wait_for(job.id, SUCCEEDED)

    ended = bench.engine.find(job.id)
    assert (ended.is_preview, ended.result) == (True, {"answer": 42})


def test_find_answers_the_result_again_when_asked_again(bench: Bench) -> None:
    job_id = bench.submit(_answer)
    bench.wait_for(job_id, SUCCEEDED)

    first, second = bench.engine.find(job_id), bench.engine.find(job_id)

    assert first == second
    assert second.result == {"answer": 42}


def test_submit_queues_the_third_job_when_two_run(bench: Bench) -> None:
    gates = [Gate(), Gate(), Gate()]
    ids = [bench.submit(gate, key=f"{number}.ipynb") for number, gate in enumerate(gates)]
    gates[0].wait_started()
    gates[1].wait_started()

    state_before = bench.engine.find(ids[2]).state
    gates[0].opened.set()
    gates[2].wait_started()

    assert state_before is QUEUED
    assert bench.engine.find(ids[1]).state is RUNNING


def test_submit_lets_the_second_job_wait_when_the_key_is_the_same(bench: Bench) -> None:
    first, second = Gate(), Gate()
    first_id, second_id = bench.submit(first), bench.submit(second)
    first.wait_started()

    state_before = bench.engine.find(second_id).state
    first.opened.set()
    second.wait_started()

    assert state_before is QUEUED
    assert bench.engine.find(first_id).state is SUCCEEDED


def test_submit_lets_the_second_job_wait_when_it_writes_to_the_same_project(bench: Bench) -> None:
    first, second, elsewhere = Gate(), Gate(), Gate()
    bench.submit(first, key="a.ipynb", project="repository")
    second_id = bench.submit(second, key="b.ipynb", project="repository")
    bench.submit(elsewhere, key="c.ipynb", project="other")
    first.wait_started()
    elsewhere.wait_started()

    state_before = bench.engine.find(second_id).state
    first.opened.set()
    second.wait_started()

    assert state_before is QUEUED


def test_submit_runs_both_when_neither_writes_to_a_project(bench: Bench) -> None:
    first, second = Gate(), Gate()

    bench.submit(first, key="a.ipynb", project="")
    bench.submit(second, key="b.ipynb", project="")

    first.wait_started()
    second.wait_started()


def test_submit_keeps_the_order_of_one_key_when_its_first_job_has_to_wait(bench: Bench) -> None:
    holder, waiter, late = Gate(), Gate(), Gate()
    bench.submit(holder, key="a.ipynb", project="repository")
    bench.submit(waiter, key="b.ipynb", project="repository")
    late_id = bench.submit(late, key="b.ipynb", project="")
    holder.wait_started()

    holder.opened.set()
    waiter.wait_started()

    assert bench.engine.find(late_id).state is QUEUED


def test_submit_answers_the_same_job_when_the_idempotency_key_is_repeated(bench: Bench) -> None:
    gate, never = Gate(), Gate()
    request = JobRequest("lock", "nb.ipynb", "Lock", idempotency_key="click-1")

    first = bench.engine.submit(request, gate)
    gate.wait_started()
    while_running = bench.engine.submit(request, never)
    gate.opened.set()
    bench.wait_for(first.id, SUCCEEDED)
    after_the_end = bench.engine.submit(request, never)

    assert while_running.id == first.id
    assert while_running.state is RUNNING
    assert after_the_end.id == first.id
    assert after_the_end.result == {"done": True}
    assert not never.started.is_set()


def test_submit_answers_another_job_when_the_idempotency_key_is_another_notebooks(
    bench: Bench,
) -> None:
    first = bench.engine.submit(JobRequest("lock", "a", "A", idempotency_key="k"), _answer)

    second = bench.engine.submit(JobRequest("lock", "b", "B", idempotency_key="k"), _answer)

    assert second.id != first.id


def test_job_fails_with_our_words_when_the_work_raises_our_error(bench: Bench) -> None:
    def work(_progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        raise RefusedError(
            ErrorCode.LOCK_UNSATISFIABLE, "No.", hint="Ask less.", details={"names": ["numpy"]}
        )

    job_id = bench.submit(work)
    bench.wait_for(job_id, FAILED)

    error = bench.engine.find(job_id).error
    assert error is not None
    assert (error.code, error.message, error.hint) == ("lock.unsatisfiable", "No.", "Ask less.")
    assert error.details == {"names": ["numpy"]}


@pytest.mark.parametrize("failure", [ValueError("secret"), SystemExit("secret")])
def test_job_fails_without_the_traceback_when_the_work_raises_something_else(
    bench: Bench, caplog: pytest.LogCaptureFixture, failure: BaseException
) -> None:
    def work(_progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        raise failure

    with caplog.at_level(logging.ERROR):
        job_id = bench.submit(work)
        bench.wait_for(job_id, FAILED)

    error = bench.engine.find(job_id).error
    assert error is not None
    assert error.code == "internal.unexpected"
    assert error.details is not None
    assert str(error.details["request_id"]) in caplog.text
    assert "secret" in caplog.text
    assert "secret" not in str(error)


def test_job_fails_when_the_result_is_not_json(bench: Bench) -> None:
    def work(_progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        return {"value": object()}  # type: ignore[dict-item]

    job_id = bench.submit(work)

    bench.wait_for(job_id, FAILED)


def test_job_fails_when_the_work_gives_up_without_a_cancel(bench: Bench) -> None:
    def work(_progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        raise CancelledError

    job_id = bench.submit(work)

    assert bench.wait_for(job_id, FAILED, CANCELLED).state is FAILED


def test_cancel_ends_a_job_at_once_when_it_is_queued(bench: Bench) -> None:
    running, queued = Gate(), Gate()
    bench.submit(running)
    job_id = bench.submit(queued)
    running.wait_started()

    answer = bench.engine.cancel(job_id)

    assert answer.state is CANCELLED
    assert bench.engine.find(job_id).ended_at is not None
    assert not queued.started.is_set()


def test_cancel_stops_the_work_when_it_runs(bench: Bench) -> None:
    gate = Gate()
    job_id = bench.submit(gate)
    gate.wait_started()

    bench.engine.cancel(job_id)
    bench.wait_for(job_id, CANCELLED)

    assert bench.states(job_id) == [QUEUED, RUNNING, CANCELLING, CANCELLED]
    assert bench.engine.find(job_id).error is None


def test_cancel_is_the_reason_when_the_stopped_work_fails(bench: Bench) -> None:
    gate = Gate()

    def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        try:
            gate(progress, cancel)
        except CancelledError:
            raise RefusedError(ErrorCode.LOCK_ENGINE_FAILED, "The child was killed.") from None
        return {}

    job_id = bench.submit(work)
    gate.wait_started()
    bench.engine.cancel(job_id)

    assert bench.wait_for(job_id, FAILED, CANCELLED).state is CANCELLED


def test_cancel_keeps_the_result_when_the_work_ends_all_the_same(bench: Bench) -> None:
    gate = Gate(heeds_cancel=False)
    job_id = bench.submit(gate)
    gate.wait_started()

    first = bench.engine.cancel(job_id)
    second = bench.engine.cancel(job_id)
    gate.opened.set()
    bench.wait_for(job_id, SUCCEEDED)

    assert first.state is second.state is CANCELLING
    assert bench.engine.find(job_id).result == {"done": True}


def test_cancel_answers_the_job_when_it_has_ended(bench: Bench) -> None:
    job_id = bench.submit(_answer)
    bench.wait_for(job_id, SUCCEEDED)

    assert bench.engine.cancel(job_id).state is SUCCEEDED


def test_cancel_goes_through_when_a_callback_fails(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    gate = Gate()

    def fail() -> None:
        raise RuntimeError("no such process")

    def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        cancel.on_cancel(fail)
        return gate(progress, cancel)

    job_id = bench.submit(work)
    gate.wait_started()
    bench.engine.cancel(job_id)

    bench.wait_for(job_id, CANCELLED)
    assert "no such process" in caplog.text


@pytest.mark.parametrize("action", ["find", "cancel"])
def test_engine_raises_not_found_when_the_job_is_unknown(bench: Bench, action: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        getattr(bench.engine, action)(JobId("nothing"))

    assert caught.value.code is ErrorCode.JOB_NOT_FOUND


def test_progress_is_seen_while_the_work_runs(bench: Bench) -> None:
    gate = Gate()
    job_id = bench.submit(gate)
    gate.wait_started()

    seen = bench.engine.find(job_id).progress
    listed = bench.engine.find_all()[0].progress

    assert seen == listed == JobProgress("waiting", 0.5)


def test_progress_is_recorded_when_some_time_has_passed(tmp_path: Path) -> None:
    clock, store = FakeClock(1000.0), make_store(tmp_path)
    bench = Bench(store, clock)
    gate, second = Gate(), Gate()

    def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        gate(progress, cancel)
        clock.seconds += 2
        return second(progress, cancel)

    job_id = bench.submit(work)
    gate.wait_started()
    early = store.find(job_id)
    gate.opened.set()
    second.wait_started()
    later = store.find(job_id)
    bench.engine.shutdown()

    assert early is not None
    assert early.progress is None
    assert later is not None
    assert later.progress == JobProgress("waiting", 0.5)


def test_progress_stays_between_nothing_and_all_when_the_work_miscounts(bench: Bench) -> None:
    def work(progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        progress.report("too little", -1)
        progress.report("too much", 3)
        return {}

    job_id = bench.submit(work)
    bench.wait_for(job_id, SUCCEEDED)

    fractions = [job.progress.fraction for job in bench.changes if job.progress is not None]
    assert fractions == [0.0, 1.0, 1.0]


def test_log_holds_each_step_once_and_what_is_said_meanwhile(bench: Bench) -> None:
    def work(progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        progress.report("Resolving for Python 3.11")
        progress.report("Choosing versions: 1 package so far")
        progress.log("trying idna==3.11")
        progress.report("Choosing versions: 2 packages so far")
        progress.report("Locked 2 packages in 0.1 s", 1.0)
        return {}

    job_id = bench.submit(work)
    bench.wait_for(job_id, SUCCEEDED)

    part, _ = bench.engine.read_log(job_id, 0)
    assert part.lines == (
        "Resolving for Python 3.11",
        "Choosing versions",
        "trying idna==3.11",
        "Locked 2 packages in 0.1 s",
    )


def test_read_log_goes_on_where_it_stopped_when_the_job_is_running(bench: Bench) -> None:
    gate = Gate()

    def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        progress.log("one\ntwo")
        gate(progress, cancel)
        progress.log("three")
        return {}

    job_id = bench.submit(work)
    gate.wait_started()
    first, first_is_complete = bench.engine.read_log(job_id, 0)
    gate.opened.set()
    bench.wait_for(job_id, SUCCEEDED)
    rest, rest_is_complete = bench.engine.read_log(job_id, first.next_offset)

    assert first.lines == ("one", "two", "waiting")
    assert not first_is_complete
    assert rest.lines == ("three",)
    assert rest_is_complete


def test_read_log_comes_in_parts_when_it_is_long(bench: Bench) -> None:
    def work(progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        for number in range(4_500):
            progress.log(str(number))
        return {}

    job_id = bench.submit(work)
    bench.wait_for(job_id, SUCCEEDED)
    lines: list[str] = []
    parts = 0
    is_complete = False
    while not is_complete:
        part, is_complete = bench.engine.read_log(job_id, len(lines))
        lines += part.lines
        parts += 1

    assert lines == [str(number) for number in range(4_500)]
    assert parts == 3


def test_log_line_is_cut_when_it_is_endless(bench: Bench) -> None:
    def work(progress: Progress, _cancel: CancelToken) -> dict[str, Json]:
        progress.log("x" * 1_000_000)
        progress.log("half a pair: \ud800")
        return {}

    job_id = bench.submit(work)
    bench.wait_for(job_id, SUCCEEDED)
    part, _ = bench.engine.read_log(job_id, 0)

    assert len(part.lines[0]) < 3_000
    assert part.lines[0].endswith("[cut]")
    assert part.lines[1] == "half a pair: ?"


def test_forget_ended_keeps_what_runs(bench: Bench) -> None:
    gate = Gate()
    ended_id = bench.submit(_answer)
    bench.wait_for(ended_id, SUCCEEDED)
    running_id = bench.submit(gate)
    gate.wait_started()

    bench.engine.forget_ended()

    assert [job.id for job in bench.engine.find_all()] == [running_id]


def test_shutdown_cancels_all_and_accepts_nothing_more(bench: Bench) -> None:
    running, queued = Gate(), Gate()
    running_id, queued_id = bench.submit(running), bench.submit(queued)
    running.wait_started()

    bench.engine.shutdown()
    bench.engine.shutdown()

    assert bench.states(running_id)[-1] is CANCELLED
    assert bench.states(queued_id)[-1] is CANCELLED
    assert not queued.started.is_set()
    with pytest.raises(ConflictError):
        bench.submit(Gate())


def test_shutdown_gives_up_a_job_when_it_does_not_stop(bench: Bench) -> None:
    gate = Gate(heeds_cancel=False)
    said = threading.Event()

    def work(progress: Progress, cancel: CancelToken) -> dict[str, Json]:
        result = gate(progress, cancel)
        progress.log("too late")
        progress.report("too late")
        said.set()
        return result

    job_id = bench.submit(work)
    gate.wait_started()
    bench.engine.shutdown(timeout=0.05)
    gate.opened.set()

    assert said.wait(20)
    last = bench.wait_for(job_id, FAILED)
    assert last.error is not None
    assert last.error.code == "job.lost"
    assert bench.states(job_id)[-1] is FAILED
