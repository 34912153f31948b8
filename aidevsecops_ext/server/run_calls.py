"""What the routes of runs do, in a worker thread: from a request's JSON to an answer's."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from ..app.open_pipeline import open_pipeline
from ..app.plan_run import RunRequest
from ..app.run_pipeline import run_pipeline
from ..domain.errors import CancelledError, ErrorCode, NotFoundError, OutsideFailedError
from ..domain.jobs import JobState
from ..domain.json_value import Json
from ..domain.pipeline_run import RunState, StepState
from ..domain.run_comparison import compare_runs
from ..formats.run_answers import comparison_json, run_json
from ..jobs.engine import JobRequest

if TYPE_CHECKING:
    from ..app.ports import CancelToken, Progress
    from ..domain.jobs import Job
    from ..domain.pipeline_run import PipelineRun
    from ..wiring import Services
    from .backstage import Backstage

RUN_KIND = "run-pipeline"

Body = dict[str, Json]


def submit_run(backstage: Backstage, body: Body) -> Job:
    """The job that runs a pipeline as it is saved now."""
    path = backstage.paths.check(cast("str", body["path"]))
    asked = RunRequest(
        path=path,
        pipeline=open_pipeline(path, backstage.services.as_written).pipeline,
        parameters=cast("dict[str, str]", body.get("parameters", {})),
        from_step=cast("str | None", body.get("from_step")),
        only_changed=bool(body.get("only_changed", False)),
        parallel=cast("int | None", body.get("parallel")),
        timeout=cast("float | None", body.get("timeout")),
        trusted_indexes=tuple(cast("list[str]", body.get("trust_indexes", []))),
    )
    return backstage.engine.submit(
        JobRequest(
            kind=RUN_KIND,
            key=path,
            title=f"Run {PurePosixPath(path).name}",
            idempotency_key=cast("str | None", body.get("idempotency_key")),
        ),
        RunWork(backstage.services, asked),
    )


def list_runs(backstage: Backstage, path: str | None) -> Body:
    """The runs of a pipeline, or of all."""
    folders = backstage.services.run_folders
    runs = folders.find_all(None if path is None else backstage.paths.check(path))
    return {"runs": [run_json(run) for run in runs]}


def read_run(backstage: Backstage, run_id: str, path: str | None, cancel: CancelToken) -> Body:
    """One run; of one elsewhere its engine is asked."""
    run = _find(backstage, run_id, path)
    if run.remote is not None:
        from .submission_calls import refreshed

        run = refreshed(backstage.services, run, cancel)
    return run_json(run)


def cancel_run(backstage: Backstage, run_id: str, path: str | None, cancel: CancelToken) -> Body:
    """A run that is asked to stop, or had ended before."""
    run = _find(backstage, run_id, path)
    if run.remote is not None:
        from .submission_calls import stopped

        return run_json(stopped(backstage.services, run, cancel))
    if not run.state.is_final:
        # Also where another server runs it, or a terminal.
        backstage.services.run_folders.ask_to_stop(run)
        for job in backstage.engine.find_all(run.pipeline, RUN_KIND):
            if job.state is JobState.RUNNING:
                backstage.engine.cancel(job.id)
    return run_json(run)


def compare(backstage: Backstage, ids: tuple[str, str], path: str | None) -> Body:
    """What differs from the first run to the second."""
    before, after = (_find(backstage, run_id, path) for run_id in ids)
    return comparison_json(compare_runs(before, after))


def read_log(
    backstage: Backstage,
    place: tuple[str, str | None],
    wanted: tuple[str, int],
    cancel: CancelToken,
) -> Body:
    """Some lines of the log of a step, from an offset on."""
    run, (name, offset) = _find(backstage, *place), wanted
    if run.remote is not None:
        from .submission_calls import log_of

        return log_of(backstage.services, run, name, offset, cancel)
    step = run.step(name)
    if step is None:
        raise NotFoundError(
            ErrorCode.RUN_STEP_UNKNOWN,
            f"Run {run.id} has no step '{name}'.",
            details={"run": run.id, "step": name},
        )
    if step.log is None:
        return {"lines": [], "next_offset": offset, "complete": step.state.is_final}
    part = backstage.services.run_folders.read_log(step.log, offset)
    return {
        "lines": [*part.lines],
        "next_offset": part.next_offset,
        # As it was before the lines were read: what ended meanwhile may have added some.
        "complete": part.is_last and step.state.is_final,
    }


class RunWork(Struct, frozen=True):
    """Runs a pipeline: the work of a job."""

    services: Services
    asked: RunRequest

    def __call__(self, progress: Progress, cancel: CancelToken) -> Body:
        """A PipelineRun that succeeded.

        Raises:
            OutsideFailedError: a step failed.
            CancelledError: cancelled.
        """
        ports = self.services.run_ports()
        run = run_pipeline(self.asked, ports, progress, cancel)
        if run.state is RunState.CANCELLED:
            raise CancelledError
        if run.state is RunState.FAILED:
            raise _failure(run)
        progress.report("The pipeline succeeded", 1.0)
        return run_json(run)


def _failure(run: PipelineRun) -> OutsideFailedError:
    failed = [step for step in run.steps if step.state is StepState.FAILED and step.error]
    said = " ".join(
        f"{step.name} failed{_where(step.error.cell)}: {step.error.sentence}"
        for step in failed
        if step.error
    )
    message, hint = said or "The run failed.", "The log and the executed notebook say more."
    if run.error is not None:
        message, hint = run.error.message, run.error.hint
    return OutsideFailedError(
        ErrorCode.RUN_STEP_FAILED,
        message,
        hint=hint,
        details={"run": run.id, "steps": [step.name for step in failed]},
    )


def _where(cell: int | None) -> str:
    return "" if cell is None else f" in cell {cell + 1}"


def _find(backstage: Backstage, run_id: str, path: str | None) -> PipelineRun:
    pipeline = None if path is None else backstage.paths.check(path)
    return backstage.services.run_folders.find(run_id, pipeline)
