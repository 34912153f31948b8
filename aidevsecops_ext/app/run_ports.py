"""What running a pipeline needs of the outside, as protocols; paths are as seen from the root."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from ..domain.notebook_run import RunEnd
    from ..domain.pipeline import NodeKind
    from ..domain.pipeline_run import KeptFile, PipelineRun, RunKind, StepError
    from .kernel_ports import KernelPorts
    from .ports import CancelToken, Clock, Files, ProjectModules
    from .verification_ports import KernelStart


class StepPlace(Struct, frozen=True):
    """Where a step leaves its executed copy and its log."""

    notebook: str
    log: str


class StepWork(Struct, frozen=True):
    """A step to run in the folder of its ``file``, which is not written.

    ``text`` is the notebook, empty for a script. Without ``kernel`` it is a language of its own,
    whose kernel ``kernel_name`` is. ``timeout`` is for the whole step in seconds, 0 for any time.
    """

    kind: NodeKind
    file: str
    text: str
    place: StepPlace
    kernel: KernelStart | None = None
    kernel_name: str = ""
    environment: Mapping[str, str] = {}
    timeout: float = 0.0


class StepEnd(Struct, frozen=True):
    """How a step ended, and how long it took from the moment that it was let begin."""

    end: RunEnd
    seconds: float
    error: StepError | None = None


FileStamp: TypeAlias = tuple[int, int]
"""The time of the last writing and the size of a file, to be compared only."""


class Gate(Protocol):
    """What a step waits at when it is ready."""

    def wait(self) -> bool:
        """True as soon as the step may begin, False when it is not wanted any more."""
        ...


class StepRuns(Protocol):
    """Runs steps, each in a process of its own."""

    def start_of(self, kernel_name: str | None) -> KernelStart | None:
        """How the kernel of that name is started; None for another language's.

        None stands for Jupyter's own.

        Raises:
            NotFoundError: there is no such kernel on this machine.
        """
        ...

    def run(
        self, work: StepWork, gate: Gate, on_cell: Callable[[int, int], None], cancel: CancelToken
    ) -> StepEnd | None:
        """Get the step ready, have it wait at the gate, run it; None if it was not let in.

        ``on_cell`` gets the number of the cell that begins, and how many there are.

        Raises:
            OutsideFailedError: no kernel could be started.
            ToolMissingError: what runs it is not installed.
            CancelledError: cancelled; nothing is left running.
        """
        ...


class ProjectData(Protocol):
    """The files that steps read and leave, whatever is in them."""

    def match(self, folder: str, patterns: Sequence[str], *, is_deep: bool) -> tuple[str, ...]:
        """The files that patterns name as seen from a folder, sorted; a folder names all in it.

        With ``is_deep`` a name stands for the files of that name in the folders below, too.

        Raises:
            RefusedError: a pattern leads out of the root.
        """
        ...

    def digest(self, path: str) -> str | None:
        """The SHA-256 of a file, None where there is none that can be read."""
        ...

    def stamps(self, folder: str) -> Mapping[str, FileStamp] | None:
        """When each file in a folder, and below it, was last written; None where there are many.

        Left out is what is hidden, what Python compiles and installs, and what runs keep.
        """
        ...


class RunFolder(Protocol):
    """The files of one run that is going on; nobody else writes them."""

    @property
    def id(self) -> str:
        """The run's name, unique on this machine."""
        ...

    @property
    def path(self) -> str:
        """Where they are."""
        ...

    def save(self, run: PipelineRun) -> None:
        """Have the record say that.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def on_stop_asked(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call back when somebody asks the run to stop; returns what takes the callback away."""
        ...

    def place_of(self, step: str, *, is_notebook: bool) -> StepPlace:
        """Where a step leaves what shows how it ran."""
        ...

    def keep(
        self, step: str, paths: Sequence[str], known: Mapping[str, str]
    ) -> tuple[KeptFile, ...]:
        """Keep copies of what a step left; ``known`` are copies of earlier runs by their digests.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def put_back(self, file: KeptFile) -> bool:
        """Have the file be as it was kept; False where the copy is gone.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def take_over(self, earlier: StepPlace, place: StepPlace) -> None:
        """Have what an earlier run of a step left at the place of this one, as far as it is there.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...


class RunLog(Struct, frozen=True):
    """Some lines of a step's log; ``next_offset`` is where to read on."""

    lines: tuple[str, ...]
    next_offset: int
    is_last: bool


class RunFolders(Protocol):
    """The records of the runs of all pipelines below the root."""

    def begin(self, pipeline: str, kind: RunKind) -> AbstractContextManager[RunFolder]:
        """A new run of a pipeline; of those that run here there is one at a time.

        Raises:
            ConflictError: another run of it is going on.
            OutsideFailedError: the operating system refuses.
        """
        ...

    def find_all(self, pipeline: str | None = None) -> tuple[PipelineRun, ...]:
        """The runs of a pipeline, or of all of them, newest first."""
        ...

    def find(self, run_id: str, pipeline: str | None = None) -> PipelineRun:
        """The run of that name; to name the pipeline as well is faster.

        Raises:
            NotFoundError: there is none.
        """
        ...

    def update(self, run: PipelineRun) -> None:
        """Have the record of a run that another machine carries out say that.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def ask_to_stop(self, run: PipelineRun) -> None:
        """Have whoever runs it stop it.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def read_log(self, path: str, offset: int) -> RunLog:
        """Some lines of a log, from an offset that an earlier reading gave, or 0."""
        ...


class RunPorts(Struct, frozen=True):
    """What the use case is given, and the settings that it follows."""

    files: Files
    modules: ProjectModules
    data: ProjectData
    folders: RunFolders
    steps: StepRuns
    kernels: KernelPorts
    clock: Clock
    parallel: int = 1
    timeout: float = 0.0
