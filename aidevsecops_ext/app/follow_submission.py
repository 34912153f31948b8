"""Follow a run that another machine carries out: how it is, and to its end; stop and retry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, OutsideFailedError, RefusedError, TimedOutError
from ..domain.pipeline_run import RunState, StepState
from ..domain.remote_run import advanced

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..domain.pipeline_run import PipelineRun, RemoteRun
    from .ports import CancelToken, Progress
    from .service_ports import EngineService
    from .submit_pipeline import SubmitPorts

# How often in a row an engine that is being followed may fail to answer.
_SILENCES = 5


def refresh_submission(run: PipelineRun, ports: SubmitPorts, cancel: CancelToken) -> PipelineRun:
    """The run as its engine tells of it now; its record says the same.

    A run that has ended, or that runs here, is as its record says.

    Raises:
        NotFoundError: the runtime configuration, or the run at the engine, is gone.
        AidevsecopsError: as ``EngineService`` says.
    """
    if run.state.is_final or run.remote is None:
        return run
    service = _service_of(run.remote, ports)
    seen = advanced(run, service.read(run.remote.id, cancel), ports.clock.now())
    if seen != run:
        ports.folders.update(seen)
    return seen


def follow_submission(
    run: PipelineRun,
    ports: SubmitPorts,
    progress: Progress,
    cancel: CancelToken,
    pause: Callable[[], None],
) -> PipelineRun:
    """The run when it has ended, or nobody tells; ``pause`` waits before it is asked for again.

    Who cancels no longer follows it: it goes on. An engine may be silent for a while.

    Raises:
        AidevsecopsError: as ``refresh_submission``.
    """
    silences = 0
    while True:
        try:
            run = refresh_submission(run, ports, cancel)
            silences = 0
        except (OutsideFailedError, TimedOutError) as error:
            silences += 1
            if silences > _SILENCES:
                raise
            progress.report(error.message)
            pause()
            cancel.raise_if_cancelled()
            continue
        done = sum(step.state.is_final for step in run.steps)
        running = [step.name for step in run.steps if step.state is StepState.RUNNING]
        now = f": {', '.join(running)}" if running else ""
        progress.report(f"{done} of {len(run.steps)} steps ended{now}", done / len(run.steps))
        if run.state.is_final or run.state is RunState.UNKNOWN:
            return run
        pause()
        cancel.raise_if_cancelled()


def stop_submission(run: PipelineRun, ports: SubmitPorts, cancel: CancelToken) -> PipelineRun:
    """The run that its engine was asked to stop, or that had ended before.

    Raises:
        RefusedError: its engine cannot be asked.
        AidevsecopsError: as ``refresh_submission``.
    """
    run = refresh_submission(run, ports, cancel)
    if run.state.is_final:
        return run
    remote, service = _asked(run, ports)
    service.stop(remote.id, cancel)
    return refresh_submission(run, ports, cancel)


def retry_submission(run: PipelineRun, ports: SubmitPorts, cancel: CancelToken) -> PipelineRun:
    """The run whose engine runs again what failed in it.

    Raises:
        RefusedError: it has not failed, or its engine cannot be asked or does not do it.
        AidevsecopsError: as ``refresh_submission``.
    """
    remote, service = _asked(run, ports)
    service.retry(remote.id, cancel)
    begun = tuple(
        step
        if step.state.has_results
        else replace(step, state=StepState.WAITING, error=None, started_at=None, seconds=None)
        for step in run.steps
    )
    again = replace(run, state=RunState.RUNNING, steps=begun, ended_at=None, error=None)
    ports.folders.update(again)
    return refresh_submission(again, ports, cancel)


def _service_of(remote: RemoteRun, ports: SubmitPorts) -> EngineService:
    return ports.service_of(ports.runtimes.find(remote.runtime))


def _asked(run: PipelineRun, ports: SubmitPorts) -> tuple[RemoteRun, EngineService]:
    if run.remote is None:
        raise RefusedError(
            ErrorCode.RUN_NOT_REMOTE,
            f"Run {run.id} is not one that an engine can be asked about.",
            hint="Runs on this machine are run again with 'pipeline run --only-changed'.",
            details={"run": run.id},
        )
    return run.remote, _service_of(run.remote, ports)
