"""Runs as Kubeflow Pipelines answers them (API v2beta1)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ..domain.pipeline_run import RunState, StepState
from ..domain.remote_run import EngineRun, EngineTask
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from ..domain.json_value import Json

_RUNS = {
    "SUCCEEDED": RunState.SUCCEEDED,
    "SKIPPED": RunState.SUCCEEDED,
    "FAILED": RunState.FAILED,
    "CANCELED": RunState.CANCELLED,
}
_TASKS = {
    "RUNNING": StepState.RUNNING,
    "CANCELING": StepState.RUNNING,
    "PAUSED": StepState.RUNNING,
    "SUCCEEDED": StepState.SUCCEEDED,
    "FAILED": StepState.FAILED,
    "CANCELED": StepState.CANCELLED,
    # So it is for results that are used again, and where an earlier task failed.
    "SKIPPED": StepState.CACHED,
}


def read_kfp_run(answer: dict[str, Json]) -> EngineRun:
    """The run that an answer tells of.

    Raises:
        ValueError: it tells of none.
    """
    if not text_of(answer, "run_id"):
        raise ValueError("it names no run")
    state = _RUNS.get(text_of(answer, "state"), RunState.RUNNING)
    tasks: dict[str, EngineTask] = {}
    for task in tables_of(table_of(answer, "run_details"), "task_details"):
        # Of a task that was tried again, the last one counts.
        tasks[text_of(task, "display_name")] = _task(task, state)
    return EngineRun(
        state=state,
        tasks=tasks,
        ended_at=seconds_of(text_of(answer, "finished_at")),
        message=text_of(table_of(answer, "error"), "message"),
    )


def seconds_of(moment: str) -> float | None:
    """Seconds since the epoch of a moment in ISO 8601; None for what is none.

    What was never set is told of as the first second of the epoch, or of our era.
    """
    text = moment.replace("Z", "+00:00")
    head, dot, rest = text.partition(".")
    if dot:
        # Python before 3.11 reads three or six digits, Go writes nine.
        digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
        text = f"{head}.{digits[:6].ljust(6, '0')}{rest[len(digits) :]}"
    try:
        seconds = datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        return None
    return seconds if seconds > 0 else None


def _task(task: dict[str, Json], run: RunState) -> EngineTask:
    state = _TASKS.get(text_of(task, "state"), StepState.WAITING)
    if state is StepState.CACHED and run in (RunState.FAILED, RunState.CANCELLED):
        state = StepState.SKIPPED
    return EngineTask(
        state=state,
        started_at=seconds_of(text_of(task, "start_time")),
        ended_at=seconds_of(text_of(task, "end_time")),
        message=text_of(table_of(task, "error"), "message"),
    )
