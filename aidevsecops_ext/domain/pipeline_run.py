"""A run of a pipeline: what became of each step, and what the run left behind."""

from __future__ import annotations

# Not for types only: what reads records looks at the annotations.
from collections.abc import Mapping  # noqa: TC003
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from .errors import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterable


class RunKind(str, Enum):
    """Where a pipeline runs."""

    LOCAL = "local"
    KUBEFLOW = "kubeflow"
    AIRFLOW = "airflow"


class RunState(str, Enum):
    """Where a run is in its life; ``UNKNOWN`` is one whose engine tells nobody here."""

    RUNNING = "running"
    UNKNOWN = "unknown"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True when the run will not change any more."""
        return self not in (RunState.RUNNING, RunState.UNKNOWN)


class StepState(str, Enum):
    """Where a step is in its life; ``CACHED`` is one whose earlier results hold still."""

    WAITING = "waiting"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SKIPPED = "skipped"
    CACHED = "cached"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """True when the step will not change any more."""
        return self not in (StepState.WAITING, StepState.RUNNING)

    @property
    def has_results(self) -> bool:
        """True when what the step leaves is there."""
        return self in (StepState.SUCCEEDED, StepState.CACHED)


class StepError(Struct, frozen=True):
    """Why a step failed; ``cell`` is the position (from 0) of the cell that it failed in."""

    name: str
    message: str
    cell: int | None = None
    traceback: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The error in one line, such as ``ValueError: no such column``."""
        first = self.message.strip().partition("\n")[0]
        return f"{self.name}: {first}" if first else self.name


class RunError(Struct, frozen=True):
    """Why a run as a whole failed, in the words of :class:`~.errors.AidevsecopsError`."""

    code: str
    message: str
    hint: str = ""


class KeptFile(Struct, frozen=True):
    """A file that a step left: its path, its SHA-256, and where the run keeps a copy of it.

    Both paths are below the root; ``kept`` is None where there is no copy, because it is large.
    """

    path: str
    digest: str
    size: int
    kept: str | None = None


class StepRun(Struct, frozen=True):
    """One step of a run.

    ``name`` is that of the node and unique in the run, ``upstream`` are the names of the steps
    before it. ``notebook`` (the executed copy) and ``log`` are below the root, None where there is
    none. ``reason`` says why it ran, or why it did not; ``where`` in which environment.
    ``cell`` counts the code cells that have begun, of ``cell_count``. ``key`` is all that its
    results depend on, ``ran_in`` the run in which it did run: an earlier one for a cached step.
    """

    id: str
    name: str
    file: str
    upstream: tuple[str, ...] = ()
    state: StepState = StepState.WAITING
    reason: str = ""
    where: str = ""
    started_at: float | None = None
    seconds: float | None = None
    cell: int = 0
    cell_count: int = 0
    notebook: str | None = None
    log: str | None = None
    outputs: tuple[KeptFile, ...] = ()
    error: StepError | None = None
    notes: tuple[str, ...] = ()
    key: Mapping[str, str] = field(default_factory=dict)
    ran_in: str = ""


class RemoteRun(Struct, frozen=True):
    """Where a run is that another machine carries out.

    ``runtime`` is the name of the configuration, ``id`` the engine's name of the run. ``tasks``
    are the names that the engine has for steps, with their ids. ``storage`` is the bucket, and the
    beginning of the names in it, where the run's files are.
    """

    runtime: str
    id: str
    tasks: Mapping[str, str] = field(default_factory=dict)
    storage: str = ""


class PipelineRun(Struct, frozen=True):
    """One run; ``pipeline`` is the path of the document and ``folder`` that of the run's files.

    ``parameters`` are those that were given, without values of secrets. ``links`` are addresses by
    what they lead to, such as ``run`` on a cluster. Times are seconds since the epoch (UTC).
    """

    id: str
    pipeline: str
    name: str
    folder: str
    kind: RunKind = RunKind.LOCAL
    state: RunState = RunState.RUNNING
    steps: tuple[StepRun, ...] = ()
    started_at: float = 0.0
    ended_at: float | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    only_changed: bool = False
    from_step: str | None = None
    error: RunError | None = None
    notes: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    remote: RemoteRun | None = None

    @property
    def seconds(self) -> float | None:
        """How long it took, None while it runs."""
        return None if self.ended_at is None else max(0.0, self.ended_at - self.started_at)

    def step(self, name: str) -> StepRun | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)

    def with_step(self, changed: StepRun) -> PipelineRun:
        """The run with that step in place of the one of the same id."""
        steps = tuple(changed if step.id == changed.id else step for step in self.steps)
        return replace(self, steps=steps)


LOST = RunError(
    ErrorCode.RUN_LOST.value,
    "The program that ran the pipeline ended before the run did.",
    "Run it again; with 'only changed' the steps that succeeded are not run again.",
)
"""Why a run failed whose owner is gone."""


def as_lost(run: PipelineRun) -> PipelineRun:
    """What a record says of a run that nobody carries on."""
    error = StepError("Lost", "It was running when the program that ran it ended.")
    steps = (
        replace(step, state=StepState.FAILED, error=error)
        if step.state is StepState.RUNNING
        else replace(step, state=StepState.SKIPPED, reason="the run ended before")
        if step.state is StepState.WAITING
        else step
        for step in run.steps
    )
    return replace(run, state=RunState.FAILED, error=LOST, steps=tuple(steps))


def state_of(steps: Iterable[StepRun]) -> RunState:
    """How a run ended whose steps ended so."""
    states = {step.state for step in steps}
    if StepState.CANCELLED in states:
        return RunState.CANCELLED
    return RunState.FAILED if StepState.FAILED in states else RunState.SUCCEEDED
