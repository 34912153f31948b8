from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import pytest
from jupyter_events import EventLogger
from msgspec.structs import replace

from aidevsecops_ext.domain.jobs import Job, JobError, JobId, JobProgress, JobState
from aidevsecops_ext.jobs.event_schema import SCHEMA_ID, SCHEMA_PATH
from aidevsecops_ext.jobs.events import JobEvents, to_event

_JOB = Job(
    id=JobId("abc"),
    kind="lock",
    key="nb.ipynb",
    project="",
    title="Lock nb.ipynb",
    state=JobState.QUEUED,
    created_at=1.0,
)
_RUNNING = replace(_JOB, state=JobState.RUNNING)
_LOG = logging.getLogger("aidevsecops-test")


def _publish_from_a_thread(
    publish: Callable[[JobEvents], None], count: int, fail_on: str = ""
) -> list[dict[str, Any]]:
    """The first ``count`` events that arrive on the loop, in order."""

    async def main() -> list[dict[str, Any]]:
        arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        loop_thread = threading.get_ident()

        def emit(event: dict[str, Any]) -> None:
            assert threading.get_ident() == loop_thread
            if event["state"] == fail_on:
                raise RuntimeError("a listener failed")
            arrived.put_nowait(event)

        events = JobEvents(asyncio.get_running_loop(), emit, _LOG)
        thread = threading.Thread(target=publish, args=(events,))
        thread.start()
        received = [await asyncio.wait_for(arrived.get(), 20) for _ in range(count)]
        thread.join()
        return received

    return asyncio.run(main())


def test_publish_emits_every_state_in_order() -> None:
    states = [JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING, JobState.CANCELLED]

    def publish(events: JobEvents) -> None:
        for state in states:
            events.publish(replace(_JOB, state=state))

    received = _publish_from_a_thread(publish, len(states))

    assert [event["state"] for event in received] == [state.value for state in states]


def test_publish_emits_the_last_progress_only_when_much_comes_at_once() -> None:
    def publish(events: JobEvents) -> None:
        events.publish(_RUNNING)
        for number in range(1000):
            events.publish(replace(_RUNNING, progress=JobProgress(f"step {number}")))

    received = _publish_from_a_thread(publish, 2)

    assert received[0]["progress"] is None
    assert received[1]["progress"] == {"message": "step 999", "fraction": None}


def test_publish_drops_waiting_progress_when_the_job_ends() -> None:
    def publish(events: JobEvents) -> None:
        events.publish(_RUNNING)
        events.publish(replace(_RUNNING, progress=JobProgress("late")))
        events.publish(replace(_JOB, state=JobState.SUCCEEDED))
        events.publish(replace(_JOB, id=JobId("other")))

    received = _publish_from_a_thread(publish, 3)

    assert [(e["job_id"], e["state"]) for e in received] == [
        ("abc", "running"),
        ("abc", "succeeded"),
        ("other", "queued"),
    ]


def test_publish_goes_on_when_a_listener_fails(caplog: pytest.LogCaptureFixture) -> None:
    def publish(events: JobEvents) -> None:
        events.publish(_JOB)
        events.publish(_RUNNING)

    received = _publish_from_a_thread(publish, 1, fail_on="queued")

    assert received[0]["state"] == "running"
    assert "a listener failed" in caplog.text


def test_publish_lets_the_loop_go_on_between_events() -> None:
    async def main() -> list[int]:
        turn, turns = 0, []
        loop = asyncio.get_running_loop()
        events = JobEvents(loop, lambda _event: turns.append(turn), _LOG)
        for number in range(50):
            events.publish(replace(_JOB, id=JobId(str(number))))
        while len(turns) < 50:
            turn += 1
            await asyncio.sleep(0)
        return turns

    turns = asyncio.run(main())

    assert len(set(turns)) == 50


def test_publish_does_nothing_when_the_loop_has_stopped(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    sent: list[dict[str, Any]] = []

    with caplog.at_level(logging.DEBUG):
        JobEvents(loop, sent.append, _LOG).publish(_JOB)

    assert sent == []
    assert "after the server's end" in caplog.text


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("progress", [None, JobProgress("now", 0.5), JobProgress("now")])
def test_to_event_fits_the_registered_schema(state: JobState, progress: JobProgress | None) -> None:
    logger = EventLogger()
    logger.register_event_schema(SCHEMA_PATH)

    event = to_event(replace(_JOB, state=state, progress=progress))

    logger.schemas.validate_event(SCHEMA_ID, event)


def test_to_event_tells_neither_results_nor_errors() -> None:
    job = replace(
        _JOB,
        state=JobState.FAILED,
        result={"token": "hunter22"},
        error=JobError("lock.forked", "hunter22"),
    )

    event = to_event(job)

    assert "hunter22" not in str(event)
