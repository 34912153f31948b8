"""Tests of runs as Airflow answers them."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.remote_run import EngineTask
from aidevsecops_ext.formats.airflow_run import read_airflow_run

_TIMES: dict[str, Json] = {
    "start_date": "2026-11-21T17:00:00Z",
    "end_date": "2026-11-21T17:00:09.25+00:00",
}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("queued", RunState.RUNNING),
        ("running", RunState.RUNNING),
        ("success", RunState.SUCCEEDED),
        ("failed", RunState.FAILED),
        ("something new", RunState.RUNNING),
    ],
)
def test_states_of_runs(word: str, state: RunState) -> None:
    assert read_airflow_run({"state": word}, ()).state is state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (None, StepState.WAITING),
        ("queued", StepState.WAITING),
        ("up_for_retry", StepState.RUNNING),
        ("upstream_failed", StepState.SKIPPED),
    ],
)
def test_states_of_tasks(word: str | None, state: StepState) -> None:
    run = read_airflow_run({"state": "running"}, [{"task_id": "a", "state": word, **_TIMES}])

    assert run.tasks["a"].state is state


def test_times_are_those_of_the_attempt_that_counts() -> None:
    states = (None, "running", "success", "failed")
    tasks: list[dict[str, Json]] = [
        {"task_id": f"{state}", "state": state, **_TIMES} for state in states
    ]

    found = read_airflow_run({"state": "failed", **_TIMES}, tasks)

    start, end = 1795280400.0, 1795280409.25
    assert found.ended_at == end
    assert found.tasks == {
        "None": EngineTask(StepState.WAITING),
        "running": EngineTask(StepState.RUNNING, start),
        "success": EngineTask(StepState.SUCCEEDED, start, end),
        "failed": EngineTask(
            StepState.FAILED, start, end, "The log of the task, on the page of Airflow, says why."
        ),
    }
