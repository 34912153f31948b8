"""Run a pipeline on this machine: each step in its environment, independent ones side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.pipeline_run import (
    PipelineRun,
    RunError,
    RunKind,
    RunState,
    StepRun,
    StepState,
    state_of,
)
from .plan_run import RunRequest, is_secret, plan_run
from .run_environments import refuse_untrusted_steps
from .run_steps import StepScheduler
from .run_stop import RunStop

if TYPE_CHECKING:
    from .plan_run import PlannedStep
    from .ports import CancelToken, Progress
    from .run_ports import RunFolder, RunPorts


def run_pipeline(
    request: RunRequest, ports: RunPorts, progress: Progress, cancel: CancelToken
) -> PipelineRun:
    """How the run ended; a step that fails or a cancel is an end like any other.

    The notebooks stay as they are: what ran is in the folder of the run.

    Raises:
        NotFoundError: there is no step of that name.
        UserError: a parameter has no value of its kind; a lock or a notebook is not valid.
        RefusedError: steps wait for each other, are made for a cluster, or files are missing; a
            lock names an index that is not trusted.
        ConflictError: another run of the pipeline is going on.
        OutsideFailedError: the folder of the run cannot be written.
        CancelledError: cancelled before the run began.
    """
    cancel.raise_if_cancelled()
    steps = plan_run(request, ports)
    refuse_untrusted_steps(steps, request.trusted_indexes, ports.kernels)
    earlier = ports.folders.find_all(request.path)
    with ports.folders.begin(request.path, RunKind.LOCAL) as folder:
        stop = RunStop()
        forget = [cancel.on_cancel(stop.stop), folder.on_stop_asked(stop.stop)]
        try:
            run = _begun(request, steps, ports, folder)
            scheduler = StepScheduler(request, (steps, earlier), ports, (folder, stop, progress))
            return _ended(scheduler, run, ports, folder)
        finally:
            for each in forget:
                each()


def _begun(
    request: RunRequest, steps: tuple[PlannedStep, ...], ports: RunPorts, folder: RunFolder
) -> PipelineRun:
    run = PipelineRun(
        id=folder.id,
        pipeline=request.path,
        name=request.pipeline.name,
        folder=folder.path,
        steps=tuple(
            StepRun(
                id=step.node.id,
                name=step.name,
                file=step.path,
                upstream=step.upstream,
                where=step.environment.where,
                cell_count=step.cell_count,
                notes=step.environment.notes,
            )
            for step in steps
        ),
        started_at=ports.clock.now(),
        parameters={
            name: "***" if is_secret(name) else value for name, value in request.parameters.items()
        },
        only_changed=request.only_changed,
        from_step=request.from_step,
    )
    folder.save(run)
    return run


def _ended(
    scheduler: StepScheduler, run: PipelineRun, ports: RunPorts, folder: RunFolder
) -> PipelineRun:
    error: RunError | None = None
    state: RunState | None = None
    try:
        run = scheduler.run(run)
    except CancelledError:
        run, state = scheduler.current, RunState.CANCELLED
    except AidevsecopsError as failure:
        run, state = scheduler.current, RunState.FAILED
        error = RunError(failure.code.value, failure.message, failure.hint)
    except BaseException:
        # A mistake of ours: whoever called is told, and the record is true.
        said = RunError("internal.unexpected", "Unexpected error.")
        folder.save(_closed(scheduler.current, RunState.FAILED, said, ports))
        raise
    ended = _closed(run, state or state_of(run.steps), error, ports)
    folder.save(ended)
    return ended


def _closed(
    run: PipelineRun, state: RunState, error: RunError | None, ports: RunPorts
) -> PipelineRun:
    """The run with nothing left that waits or runs."""
    is_cancelled = state is RunState.CANCELLED
    reason = "cancelled" if is_cancelled else "the run ended before"
    steps = tuple(
        step
        if step.state.is_final
        else replace(
            step,
            state=StepState.CANCELLED
            if is_cancelled or step.state is StepState.RUNNING
            else StepState.SKIPPED,
            reason=reason,
        )
        for step in run.steps
    )
    return replace(
        run, state=state, error=error, steps=steps, ended_at=max(ports.clock.now(), run.started_at)
    )
