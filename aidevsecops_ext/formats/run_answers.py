"""Runs of pipelines as both faces answer them in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.pipeline_run import StepState

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.json_value import Json
    from ..domain.pipeline_run import KeptFile, PipelineRun, StepError, StepRun
    from ..domain.run_comparison import RunComparison, StepComparison

    Shown = Callable[[str], str]


def _as_is(path: str) -> str:
    return path


def run_json(run: PipelineRun, shown: Shown = _as_is) -> dict[str, Json]:
    """One run; ``shown`` is what to call a path below the root."""
    error = run.error
    return {
        "run": run.id,
        "pipeline": shown(run.pipeline),
        "name": run.name,
        "kind": run.kind.value,
        "state": run.state.value,
        "folder": shown(run.folder),
        "steps": [_step(step, shown) for step in run.steps],
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "seconds": None if run.seconds is None else round(run.seconds, 3),
        "parameters": dict(run.parameters),
        "only_changed": run.only_changed,
        "from_step": run.from_step,
        "error": None
        if error is None
        else {"code": error.code, "message": error.message, "hint": error.hint},
        "notes": [*run.notes],
        "links": dict(run.links),
    }


def comparison_json(found: RunComparison) -> dict[str, Json]:
    """Two runs side by side, the earlier one first."""
    return {
        "before": found.before.id,
        "after": found.after.id,
        "same": found.is_same,
        "seconds_before": found.before.seconds,
        "seconds_after": found.after.seconds,
        "parameters": [
            {"name": each.name, "before": each.before, "after": each.after}
            for each in found.parameters
        ],
        "steps": [_compared(step) for step in found.steps],
    }


def _step(step: StepRun, shown: Shown) -> dict[str, Json]:
    return {
        "id": step.id,
        "name": step.name,
        "file": shown(step.file),
        "upstream": [*step.upstream],
        "state": step.state.value,
        "cached": step.state is StepState.CACHED,
        "reason": step.reason,
        "where": step.where,
        "started_at": step.started_at,
        "seconds": step.seconds,
        "cell": step.cell,
        "cell_count": step.cell_count,
        "notebook": None if step.notebook is None else shown(step.notebook),
        "log": None if step.log is None else shown(step.log),
        "outputs": [_file(file, shown) for file in step.outputs],
        "error": None if step.error is None else _error(step.error),
        "notes": [*step.notes],
        "ran_in": step.ran_in or None,
    }


def _file(file: KeptFile, shown: Shown) -> dict[str, Json]:
    return {
        "path": shown(file.path),
        "digest": file.digest,
        "size": file.size,
        "kept": None if file.kept is None else shown(file.kept),
    }


def _error(error: StepError) -> dict[str, Json]:
    return {
        "cell": error.cell,
        "name": error.name,
        "message": error.message,
        "traceback": [*error.traceback],
    }


def _compared(step: StepComparison) -> dict[str, Json]:
    return {
        "name": step.name,
        "same": step.is_same,
        "before": _end(step.before),
        "after": _end(step.after),
        "changes": [*step.changes],
        "outputs": [
            {"path": each.path, "before": each.before, "after": each.after} for each in step.outputs
        ],
    }


def _end(step: StepRun | None) -> dict[str, Json] | None:
    return None if step is None else {"state": step.state.value, "seconds": step.seconds}
