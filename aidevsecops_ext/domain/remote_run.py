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


class EngineTask(Struct, frozen=True):
    """One step as the engine has it; times are seconds since the epoch."""

    state: StepState
    started_at: float | None = None
    ended_at: float | None = None
    message: str = ""


class EngineRun(Struct, frozen=True):
    """A run as the engine has it; ``tasks`` are by the names that the engine has for them."""

    state: RunState
    tasks: Mapping[str, EngineTask] = msgspec.field(default_factory=dict)
    ended_at: float | None = None
    message: str = ""


def advanced(run: PipelineRun, seen: EngineRun, now: float) -> PipelineRun:
    """The run as its engine tells of it now."""
    names = run.remote.tasks if run.remote else {}
    by_id = {names[name]: task for name, task in seen.tasks.items() if name in names}
    steps = tuple(_step(step, by_id.get(step.id), seen.state) for step in run.steps)
    is_over = seen.state.is_final
    error = None
    if seen.state is RunState.FAILED and not any(step.error for step in steps):
        error = RunError("run.step-failed", seen.message or "The engine says that it failed.")
    return replace(
        run,
        state=seen.state,
        steps=steps,
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
