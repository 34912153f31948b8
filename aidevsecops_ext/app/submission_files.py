"""What a run elsewhere has stored: its outputs, and what its steps have printed."""

from __future__ import annotations

from posixpath import basename, splitext
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError, RefusedError
from ..domain.stored_object import StoredObject
from ..formats.printed_text import printed_by

if TYPE_CHECKING:
    from ..domain.pipeline_run import PipelineRun, StepRun
    from .ports import CancelToken
    from .submit_pipeline import SubmitPorts


def list_stored(
    run: PipelineRun, ports: SubmitPorts, cancel: CancelToken
) -> tuple[StoredObject, ...]:
    """What the run has stored, by names below its folder in object storage.

    Raises:
        RefusedError: it stores nothing; storage does not let us in.
        AidevsecopsError: as ``ObjectStorage`` says.
    """
    runtime, prefix = _place(run)
    storage = ports.storage_of(ports.runtimes.find(runtime))
    return tuple(
        StoredObject(found.key.removeprefix(prefix), found.size, found.modified)
        for found in storage.list(prefix, cancel)
    )


def read_step_log(
    run: PipelineRun, name: str, ports: SubmitPorts, cancel: CancelToken
) -> tuple[str, ...]:
    """The lines that a step has printed; none as long as it has stored nothing.

    Raises:
        NotFoundError: the run has no such step.
        RefusedError: the run stores nothing; storage does not let us in.
        AidevsecopsError: as ``ObjectStorage`` says.
    """
    step = run.step(name)
    if step is None:
        names = ", ".join(each.name for each in run.steps)
        raise NotFoundError(
            ErrorCode.RUN_STEP_UNKNOWN,
            f"Run {run.id} has no step '{name}'.",
            hint=f"It has: {names}.",
            details={"run": run.id, "step": name},
        )
    runtime, prefix = _place(run)
    storage = ports.storage_of(ports.runtimes.find(runtime))
    try:
        content = storage.read(prefix + _log_name(step), cancel)
    except NotFoundError:
        return ()
    text = content.decode("utf-8", "replace")
    return printed_by(text) if step.file.endswith(".ipynb") else tuple(text.splitlines())


def _log_name(step: StepRun) -> str:
    """Where Elyra stores how a step ran: the executed notebook, or what a script printed."""
    name = basename(step.file)
    return name if name.endswith(".ipynb") else f"{splitext(name)[0]}.log"


def _place(run: PipelineRun) -> tuple[str, str]:
    """The runtime configuration of a run, and how the names of what it stored begin."""
    if run.remote is None or not run.remote.storage:
        raise RefusedError(
            ErrorCode.RUN_NOT_REMOTE,
            f"Run {run.id} has nothing in object storage.",
            hint="What runs on this machine leave is in their folder.",
            details={"run": run.id, "folder": run.folder},
        )
    return run.remote.runtime, f"{run.remote.storage.partition('/')[2]}/"
