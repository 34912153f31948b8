"""One step of a run: run it and keep what it left, or take what an earlier run of it left."""

from __future__ import annotations

from posixpath import basename, dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.notebook_run import RunEnd
from ..domain.pipeline_run import KeptFile, StepError, StepState
from .folder_of import folder_of
from .open_pipeline import path_of_node
from .run_ports import StepPlace, StepWork
from .step_writes import WatchedGate
from .verification_ports import KernelStart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.pipeline_run import PipelineRun, StepRun
    from .plan_run import PlannedStep, RunRequest
    from .ports import CancelToken
    from .run_ports import Gate, RunFolder, RunPorts

_WILDCARDS = frozenset("*?[")
_TRACEBACK_LINES = 100


class StepResult(Struct, frozen=True):
    """What a step that ran left, and why it failed if it did."""

    seconds: float
    outputs: tuple[KeptFile, ...] = ()
    error: StepError | None = None
    notes: tuple[str, ...] = ()


class StepRunner:
    """Runs the steps of one run; ``pythons`` are those of the locks' environments."""

    def __init__(
        self,
        request: RunRequest,
        ports: RunPorts,
        folder: RunFolder,
        earlier: tuple[PipelineRun, ...],
    ) -> None:
        self._request = request
        self._ports = ports
        self._folder = folder
        self._earlier = earlier
        self.pythons: Mapping[str, str] = {}
        self._all_outputs: dict[str, tuple[str, ...]] = {}
        for node in request.pipeline.nodes:
            home = dirname(path_of_node(folder_of(request.path), node))
            self._all_outputs[home] = (*self._all_outputs.get(home, ()), *node.outputs)
        self._copies = {
            file.digest: file.kept
            for run in reversed(earlier)
            for step in run.steps
            for file in step.outputs
            if file.kept is not None
        }

    def place_of(self, step: PlannedStep) -> StepPlace:
        """Where the step leaves what shows how it ran."""
        return self._folder.place_of(step.name, is_notebook=step.notebook is not None)

    def perform(
        self,
        step: PlannedStep,
        gate: Gate,
        on_cell: Callable[[int, int], None],
        cancel: CancelToken,
    ) -> StepResult | None:
        """What came of running the step; None when it was sent away at the gate.

        Raises:
            AidevsecopsError: it could not be run, or what it left cannot be kept.
            CancelledError: cancelled; nothing is left running.
        """
        timeout = self._request.timeout
        work = StepWork(
            kind=step.node.kind,
            file=step.path,
            text=step.text,
            place=self.place_of(step),
            kernel=self._start_of(step),
            kernel_name=step.environment.kernel_name or "",
            environment={
                **step.variables,
                **step.parameters,
                "ELYRA_RUN_NAME": f"{self._request.pipeline.name}-{_stamp(self._folder.id)}",
                "ELYRA_RUNTIME_ENV": "local",
            },
            timeout=self._ports.timeout if timeout is None else timeout,
        )
        watched = WatchedGate(gate, step, self._ports.data)
        end = self._ports.steps.run(work, watched, on_cell, cancel)
        if end is None:
            return None
        notes = self._notes(step)
        if end.end is not RunEnd.DONE or end.error is not None:
            error = end.error or StepError("Unknown", "")
            short = replace(error, traceback=error.traceback[-_TRACEBACK_LINES:])
            return StepResult(end.seconds, error=short, notes=notes)
        missing = self.missing_outputs(step)
        if missing:
            error = StepError(
                "MissingOutput", f"The step was to leave {', '.join(missing)}, and did not."
            )
            return StepResult(end.seconds, error=error, notes=notes)
        notes = (*notes, *watched.notes(self._all_outputs))
        outputs = self._folder.keep(step.name, self._outputs(step), self._copies)
        large = [file.path for file in outputs if file.kept is None]
        if large:
            notes = (*notes, f"Too large to keep a copy of: {', '.join(map(basename, large))}.")
        return StepResult(end.seconds, outputs, notes=notes)

    def cached(
        self, step: PlannedStep, now: StepRun, earlier: StepRun
    ) -> tuple[StepRun | None, str]:
        """The step with its earlier results, or None and the reason why they do not hold.

        Raises:
            AidevsecopsError: the operating system refuses.
        """
        data, back = self._ports.data, []
        for file in earlier.outputs:
            if data.digest(file.path) != file.digest:
                if not self._folder.put_back(file):
                    return None, f"output {file.path} is gone"
                back.append(file.path)
        place = self.place_of(step)
        self._folder.take_over(StepPlace(earlier.notebook or "", earlier.log or ""), place)
        paths = [file.path for file in earlier.outputs]
        reason = f"unchanged since run {earlier.ran_in}"
        if back:
            reason += f"; put back: {', '.join(back)}"
        done = replace(
            now,
            state=StepState.CACHED,
            reason=reason,
            where=earlier.where,
            seconds=earlier.seconds,
            cell=earlier.cell,
            cell_count=earlier.cell_count,
            notebook=place.notebook or None,
            log=place.log,
            outputs=self._folder.keep(step.name, paths, self._copies),
            ran_in=earlier.ran_in,
        )
        return done, ""

    def left_out(self, step: PlannedStep, now: StepRun) -> StepRun:
        """A step that the run leaves out, with what it left earlier; what is gone is put back.

        Raises:
            AidevsecopsError: the operating system refuses.
        """
        earlier = next(
            (
                one
                for run in self._earlier
                for one in run.steps
                if one.id == now.id and one.state.has_results
            ),
            None,
        )
        for file in earlier.outputs if earlier else ():
            if self._ports.data.digest(file.path) is None:
                self._folder.put_back(file)
        digests = ((path, self._ports.data.digest(path)) for path in self._outputs(step))
        return replace(
            now,
            state=StepState.SKIPPED,
            reason=f"the run begins with {self._request.from_step}",
            outputs=tuple(KeptFile(path, digest, 0) for path, digest in digests if digest),
            ran_in=earlier.ran_in if earlier else "",
        )

    def missing_outputs(self, step: PlannedStep) -> tuple[str, ...]:
        """What a step is to leave, by name, and is not there."""
        folder = dirname(step.path)
        return tuple(
            name
            for name in step.node.outputs
            if _WILDCARDS.isdisjoint(name)
            and not self._ports.files.is_folder(normpath(join(folder, name)))
            and not self._ports.data.match(folder, [name], is_deep=False)
        )

    def _outputs(self, step: PlannedStep) -> tuple[str, ...]:
        return self._ports.data.match(dirname(step.path), step.node.outputs, is_deep=False)

    def _start_of(self, step: PlannedStep) -> KernelStart | None:
        python = self.pythons.get(step.environment.digest)
        if python is not None:
            return KernelStart(python)
        return self._ports.steps.start_of(step.environment.kernel_name)

    def _notes(self, step: PlannedStep) -> tuple[str, ...]:
        """What a person should know of the step's file."""
        path = step.path
        if not self._ports.files.is_file(path):
            return (f"{basename(path)} is gone by now.",)
        if self._ports.files.read(path).revision == step.revision:
            return ()
        if step.notebook is None:
            return (f"{basename(path)} changed while the pipeline ran.",)
        return (f"{basename(path)} changed since the run began; what ran is how it was then.",)


def _stamp(run_id: str) -> str:
    """The part of a run's name that Elyra gives it: ``mmddHHMMSS``."""
    return "".join(run_id.split("-")[:2])[4:]
