"""Tests of runs as Kubeflow Pipelines answers them."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.remote_run import EngineTask
from aidevsecops_ext.formats.kfp_run import read_kfp_run, seconds_of


def _answer(state: str, *tasks: Json, **more: Json) -> dict[str, Json]:
    return {
        "run_id": "r1",
        "state": state,
        "run_details": {"task_details": [*tasks]},
        **more,
    }


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("PENDING", RunState.RUNNING),
        ("CANCELING", RunState.RUNNING),
        ("SUCCEEDED", RunState.SUCCEEDED),
        ("SKIPPED", RunState.SUCCEEDED),
        ("FAILED", RunState.FAILED),
        ("CANCELED", RunState.CANCELLED),
        ("", RunState.RUNNING),
    ],
)
def test_read_kfp_run_knows_every_state(word: str, state: RunState) -> None:
    assert read_kfp_run(_answer(word)).state is state


def test_read_kfp_run_reads_tasks_and_times() -> None:
    task: Json = {
        "display_name": "run-a-file",
        "state": "FAILED",
        "start_time": "1970-01-01T00:00:10Z",
        "end_time": "1970-01-01T00:00:12.500000123Z",
        "error": {"code": 2, "message": "exit code 1"},
    }
    error: Json = {"message": "no"}

    run = read_kfp_run(
        _answer("FAILED", task, finished_at="1970-01-01T00:00:20+00:00", error=error)
    )

    assert run.tasks == {"run-a-file": EngineTask(StepState.FAILED, 10.0, 12.5, "exit code 1")}
    assert (run.ended_at, run.message) == (20.0, "no")


@pytest.mark.parametrize(
    ("run", "state"), [("SUCCEEDED", StepState.CACHED), ("FAILED", StepState.SKIPPED)]
)
def test_read_kfp_run_knows_why_a_task_was_skipped(run: str, state: StepState) -> None:
    task: Json = {"display_name": "a", "state": "SKIPPED"}

    assert read_kfp_run(_answer(run, task)).tasks["a"].state is state


def test_read_kfp_run_refuses_what_is_none() -> None:
    with pytest.raises(ValueError, match="names no run"):
        read_kfp_run({})


@pytest.mark.parametrize(
    "moment", ["", "soon", "1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z"]
)
def test_seconds_of_knows_what_was_never_set(moment: str) -> None:
    assert seconds_of(moment) is None
