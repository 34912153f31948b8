"""A run that another machine carries out, as its engine tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from .pipeline_run import RunError, RunState, StepError, StepState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .pipeline_run import PipelineRun, StepRun


NO_STATUS = (
    "The status is unknown: Elyra's runtime configuration of Airflow has no account of it. Its "
    "page shows the run. With api_username and api_password in it Airflow is asked."
)
NOT_FOUND_YET = (
    "Airflow has not found the DAG yet: it looks into the repository now and then. If that lasts, "
    "look at its list of import errors."
)
PAUSED = "Airflow has paused the DAG: it runs when somebody lets it, on its page."
ENGINE_NOTES = frozenset({NO_STATUS, NOT_FOUND_YET, PAUSED})
"""What is said of a run as long as it holds."""


class EngineTask(Struct, frozen=True):
    """One step as the engine has it; times are seconds since the epoch."""

    state: StepState
    started_at: float | None = None
    ended_at: float | None = None
    message: str = ""


class EngineRun(Struct, frozen=True):
    """A run as the engine has it; ``tasks`` are by the names that the engine has for them.

    ``note`` is one of ``ENGINE_NOTES``, or empty.
    """

    state: RunState
    tasks: Mapping[str, EngineTask] = msgspec.field(default_factory=dict)
    ended_at: float | None = None
    message: str = ""
    note: str = ""


def advanced(run: PipelineRun, seen: EngineRun, now: float) -> PipelineRun:
    """The run as its engine tells of it now."""
    names = run.remote.tasks if run.remote else {}
    by_id = {names[name]: task for name, task in seen.tasks.items() if name in names}
    steps = tuple(_step(step, by_id.get(step.id), seen.state) for step in run.steps)
    is_over = seen.state.is_final
    error = None
    if seen.state is RunState.FAILED and not any(step.error for step in steps):
        error = RunError("run.step-failed", seen.message or "The engine says that it failed.")
    kept = tuple(note for note in run.notes if note not in ENGINE_NOTES)
    if seen.state is RunState.UNKNOWN:
        return replace(run, state=seen.state, notes=(*kept, seen.note))
    return replace(
        run,
        state=seen.state,
        steps=steps,
        notes=(*kept, seen.note) if seen.note else kept,
        ended_at=(seen.ended_at or run.ended_at or now) if is_over else None,
        error=error,
    )


def _step(step: StepRun, task: EngineTask | None, state: RunState) -> StepRun:
    told = task or EngineTask(step.state if step.state.is_final else StepState.WAITING)
    ended = told.state
    if state.is_final and not ended.is_final:
        is_waiting = ended is StepState.WAITING
        ended = StepState.SKIPPED if is_waiting else StepState.CANCELLED
    error = None
    if ended is StepState.FAILED:
        error = StepError("Failed", told.message or "The engine does not say why.")
    has_times = told.started_at is not None and told.ended_at is not None
    return replace(
        step,
        state=ended,
        started_at=told.started_at,
        seconds=max(0.0, (told.ended_at or 0.0) - (told.started_at or 0.0)) if has_times else None,
        error=error,
    )
