"""Runs as Airflow answers them, with the API of version 2 (``v1``) and of version 3 (``v2``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.pipeline_run import RunState, StepState
from ..domain.remote_run import EngineRun, EngineTask
from .kfp_run import seconds_of
from .toml_text import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json

_RUNS = {"success": RunState.SUCCEEDED, "failed": RunState.FAILED}
_TASKS = {
    "running": StepState.RUNNING,
    "deferred": StepState.RUNNING,
    "restarting": StepState.RUNNING,
    "up_for_retry": StepState.RUNNING,
    "up_for_reschedule": StepState.RUNNING,
    "success": StepState.SUCCEEDED,
    "failed": StepState.FAILED,
    "upstream_failed": StepState.SKIPPED,
    "skipped": StepState.SKIPPED,
    "removed": StepState.SKIPPED,
}


def read_airflow_run(run: dict[str, Json], tasks: Iterable[dict[str, Json]]) -> EngineRun:
    """The run that an answer tells of, with its tasks by their names."""
    return EngineRun(
        state=_RUNS.get(text_of(run, "state"), RunState.RUNNING),
        tasks={text_of(task, "task_id"): _task(task) for task in tasks},
        ended_at=seconds_of(text_of(run, "end_date")),
    )


def _task(task: dict[str, Json]) -> EngineTask:
    state = _TASKS.get(text_of(task, "state"), StepState.WAITING)
    # A task that was cleared keeps the times of its last attempt.
    has_begun = state is not StepState.WAITING
    return EngineTask(
        state=state,
        started_at=seconds_of(text_of(task, "start_date")) if has_begun else None,
        ended_at=seconds_of(text_of(task, "end_date")) if state.is_final else None,
        message="The log of the task, on the page of Airflow, says why."
        if state is StepState.FAILED
        else "",
    )
