"""Hand a pipeline to an engine that runs it elsewhere, and keep a record of the run."""

from __future__ import annotations

from collections import Counter
from posixpath import basename
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, ErrorCode, NotFoundError, RefusedError
from ..domain.pipeline import NodeKind, RuntimeType, in_order
from ..domain.pipeline_run import (
    PipelineRun,
    RemoteRun,
    RunError,
    RunKind,
    RunState,
    StepRun,
    StepState,
)
from ..domain.remote_run import NO_STATUS
from ..domain.runtime import EngineKind, StorageAccess
from ..formats.elyra_parameters import with_values
from .engine_ports import EngineWork
from .open_pipeline import open_pipeline
from .plan_run import is_secret, parameter_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..domain.engine import Submitted
    from ..domain.pipeline import Pipeline
    from ..domain.runtime import RuntimeConfiguration
    from .engine_ports import PipelineEngine
    from .open_pipeline import OpenedPipeline
    from .ports import CancelToken, Clock, Files, Progress
    from .run_ports import RunFolder, RunFolders
    from .runtime_ports import DagRepository, Runtimes
    from .service_ports import EngineService, ObjectStorage

_KINDS = {EngineKind.KUBEFLOW: RunKind.KUBEFLOW, EngineKind.AIRFLOW: RunKind.AIRFLOW}
_TYPES = {EngineKind.KUBEFLOW: RuntimeType.KUBEFLOW, EngineKind.AIRFLOW: RuntimeType.AIRFLOW}
_UNSURE = "Elyra was stopped on the way: the engine may have got the pipeline all the same."


class SubmitRequest(Struct, frozen=True):
    """What to submit where: the document at ``path``, the name of a runtime configuration.

    With ``secret`` steps get the keys of object storage from that secret of Kubernetes.
    """

    path: str
    runtime: str
    parameters: dict[str, str] = {}
    secret: str = ""


class SubmitPorts(Struct, frozen=True):
    """What submitting and following need, ready for the use cases."""

    files: Files
    runtimes: Runtimes
    engine: PipelineEngine
    service_of: Callable[[RuntimeConfiguration], EngineService]
    storage_of: Callable[[RuntimeConfiguration], ObjectStorage]
    repository_of: Callable[[RuntimeConfiguration], DagRepository]
    folders: RunFolders
    clock: Clock


def submit_pipeline(
    request: SubmitRequest, ports: SubmitPorts, progress: Progress, cancel: CancelToken
) -> PipelineRun:
    """The run that the engine has begun, or has in its queue.

    Raises:
        NotFoundError: no such pipeline, or no such runtime configuration.
        UserError: it is no pipeline, or a parameter has no value of its kind.
        RefusedError: it cannot run there, or the engine or its storage does not let us in.
        OutsideFailedError: the engine or its storage cannot be reached, or fails.
        ToolMissingError: Elyra is not installed.
        TimedOutError: one of them does not answer in time.
        CancelledError: cancelled.
    """
    opened = open_pipeline(request.path, ports.files)
    runtime = ports.runtimes.find(request.runtime)
    work = work_of(opened, runtime, request)
    runtime.require_address("api_endpoint")
    progress.report(f"Asking {_asked(runtime)}")
    _check(runtime, ports, cancel)
    with ports.folders.begin(request.path, _KINDS[runtime.kind]) as folder:
        begun = _begun(opened, folder, runtime, ports.clock.now())
        run = _noted(begun, (*_notes(opened.pipeline, runtime, request),), request.parameters)
        try:
            progress.report("Submitting with Elyra")
            submitted = ports.engine.submit(work, progress, cancel)
        except AidevsecopsError as error:
            folder.save(_failed(run, error, ports.clock.now()))
            raise
        run = _submitted(run, runtime, submitted)
        folder.save(run)
    return run


def work_of(
    opened: OpenedPipeline, runtime: RuntimeConfiguration, request: SubmitRequest
) -> EngineWork:
    """What the engine is asked to hand on.

    Raises:
        RefusedError: the pipeline is for another engine, or its steps wait for each other.
        UserError: a parameter has no value of its kind.
    """
    pipeline = opened.pipeline
    if pipeline.runtime_type not in (RuntimeType.GENERIC, _TYPES[runtime.kind]):
        raise RefusedError(
            ErrorCode.PIPELINE_OTHER_ENGINE,
            f"{opened.path} is for {pipeline.runtime_type.value}, and '{runtime.name}' is for "
            f"{runtime.kind.label}.",
            hint="Choose another runtime configuration.",
            details={"runtime": runtime.name},
        )
    for node in in_order(pipeline):
        if node.kind is not NodeKind.OTHER:
            opened.path_of(node)
    parameter_values(pipeline.parameters, request.parameters)
    content = with_values(opened.document.content, request.parameters)
    return EngineWork(request.path, content, runtime, request.secret)


def _check(runtime: RuntimeConfiguration, ports: SubmitPorts, cancel: CancelToken) -> None:
    """Ask first, since Elyra needs seconds to find out and says less."""
    if runtime.kind is EngineKind.AIRFLOW:
        # Airflow itself is given nothing: it may be where only a browser gets to.
        ports.repository_of(runtime).check(cancel)
    else:
        ports.service_of(runtime).check(cancel)
    if runtime.storage_access is not StorageAccess.ROLE:
        try:
            ports.storage_of(runtime).check(cancel)
        except NotFoundError:
            # Elyra makes a bucket that is not there.
            return


def _asked(runtime: RuntimeConfiguration) -> str:
    if runtime.kind is EngineKind.AIRFLOW:
        return f"the repository {runtime.text('github_repo')}"
    return f"{runtime.kind.label} at {urlsplit(runtime.api_endpoint).netloc.rpartition('@')[2]}"


def _begun(
    opened: OpenedPipeline, folder: RunFolder, runtime: RuntimeConfiguration, now: float
) -> PipelineRun:
    names = {node.id: node.name for node in opened.pipeline.nodes}
    steps = [
        StepRun(
            id=node.id,
            name=node.name,
            file=opened.path_of(node) if node.kind is not NodeKind.OTHER else "",
            upstream=tuple(names[id_] for id_ in node.upstream if id_ in names),
            where=opened.pipeline.image_of(node),
        )
        for node in in_order(opened.pipeline)
    ]
    return PipelineRun(
        id=folder.id,
        pipeline=opened.path,
        name=opened.pipeline.name,
        folder=folder.path,
        kind=_KINDS[runtime.kind],
        steps=tuple(steps),
        started_at=now,
    )


def _noted(run: PipelineRun, notes: tuple[str, ...], parameters: dict[str, str]) -> PipelineRun:
    shown = {name: "***" if is_secret(name) else text for name, text in parameters.items()}
    return replace(run, notes=notes, parameters=shown)


def _failed(run: PipelineRun, error: AidevsecopsError, now: float) -> PipelineRun:
    is_cancelled = error.code is ErrorCode.JOB_CANCELLED
    is_unsure = is_cancelled or error.code is ErrorCode.ELYRA_TIMED_OUT
    ended = StepState.CANCELLED if is_cancelled else StepState.SKIPPED
    return replace(
        run,
        state=RunState.CANCELLED if is_cancelled else RunState.FAILED,
        steps=tuple(replace(step, state=ended) for step in run.steps),
        ended_at=now,
        notes=(*run.notes, _UNSURE) if is_unsure else run.notes,
        error=None if is_cancelled else RunError(error.code.value, error.message, error.hint),
    )


def _submitted(
    run: PipelineRun, runtime: RuntimeConfiguration, submitted: Submitted
) -> PipelineRun:
    storage = f"{submitted.storage_url}{submitted.storage_path}" if submitted.storage_path else ""
    # Airflow knows a DAG by the name that its files have in object storage.
    run_id = submitted.run_id or basename(submitted.storage_path)
    page = submitted.run_url
    if runtime.kind is EngineKind.AIRFLOW:
        page = f"{runtime.public_endpoint}/dags/{quote(run_id, safe='')}"
    links = {"run": page, "dag": submitted.git_url, "storage": storage}
    notes = (*run.notes, *(issue.sentence for issue in submitted.issues))
    return replace(
        run,
        state=RunState.RUNNING if runtime.tells_status else RunState.UNKNOWN,
        links={name: url for name, url in links.items() if url},
        notes=notes if runtime.tells_status else (*notes, NO_STATUS),
        remote=RemoteRun(
            runtime=runtime.name,
            id=run_id,
            tasks=submitted.tasks,
            storage=submitted.storage_path.lstrip("/"),
        ),
    )


def _notes(
    pipeline: Pipeline, runtime: RuntimeConfiguration, request: SubmitRequest
) -> Iterator[str]:
    if runtime.puts_keys_in_clear and not request.secret:
        yield (
            f"{runtime.kind.label} gets the keys of object storage to read, for whoever may see "
            "the run there: let steps take them from a secret of Kubernetes (--secret NAME)."
        )
    names = Counter(basename(node.file) for node in pipeline.nodes if node.file)
    for name in sorted(name for name, count in names.items() if count > 1):
        yield (
            f"Several steps run a file called {name}: of what they store under its name, the last "
            "stays."
        )
