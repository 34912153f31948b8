"""Verify a split: run the notebook, run its steps, and say how what they give compares."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.compare_runs import (
    CellPair,
    Runs,
    compare_cells,
    compare_files,
    compare_variables,
    summary_of,
    verdict_of,
)
from ..domain.dataflow import analyze
from ..domain.imports import UnreadableCodeError
from ..domain.notebook_run import NotebookRun, RunEnd
from ..domain.output_text import reads_clock
from ..domain.verification import CellLeftOut, Likeness, RunReport, Verification
from ..formats.cell_roles import code_cells, without_cells
from .build_environment import LockedEnvironment, build_environment
from .verification_ports import CopyRequest, KernelStart, RunRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..domain.lock import Lock
    from .ports import CancelToken, Progress
    from .verification_ports import ProjectCopy, VerificationPorts

_NOTEBOOK = ""
_HERE = "the notebook's kernel"


class StepToVerify(Struct, frozen=True):
    """A step notebook, saved or not; ``path`` is where it is or will be, below the root.

    ``names`` are the variables that it reads from other steps or binds. It runs in the environment
    of its ``lock``; without one, in the notebook's kernel.
    """

    name: str
    path: str
    text: str
    names: tuple[str, ...] = ()
    upstream: tuple[str, ...] = ()
    lock: Lock | None = None


class VerifyRequest(Struct, frozen=True):
    """A notebook and its steps in their order.

    The notebook runs in the environment of ``lock``; without one, in the kernel of that name.
    ``artifacts`` are folders that the steps hand things on in, ``modules`` the texts (by path) of
    those that were made of the notebook's definitions, saved or not. ``left_out`` are the positions
    of cells that no step runs or repeats: where one of them fails, the notebook is run without
    them. With ``has_control`` it is run again where something differs: what is another thing at
    each run is no fault of the split.
    """

    path: str
    text: str
    steps: tuple[StepToVerify, ...]
    lock: Lock | None = None
    kernel_name: str | None = None
    artifacts: tuple[str, ...] = ()
    modules: Mapping[str, str] = {}
    trusted_indexes: tuple[str, ...] = ()
    left_out: frozenset[int] = frozenset()
    has_control: bool = True


def verify_split(
    request: VerifyRequest, ports: VerificationPorts, progress: Progress, cancel: CancelToken
) -> Verification:
    """How running the steps compares with running the notebook; the user's files stay as they are.

    Raises:
        UserError: a lock is not valid.
        NotFoundError: there is no kernel of that name.
        RefusedError: the project is too large to copy, or a lock cannot be installed.
        OutsideFailedError: no kernel starts, or the index, the disk or uv failed.
        TimedOutError: making an environment took too long.
        ToolMissingError: there is no such Python, or no uv.
        CancelledError: cancelled; nothing is left running.
    """
    return _Work(request, ports, progress, cancel).verify()


class _Work:
    """One verification."""

    def __init__(
        self,
        request: VerifyRequest,
        ports: VerificationPorts,
        progress: Progress,
        cancel: CancelToken,
    ) -> None:
        self._request = request
        self._text = request.text
        self._notes: tuple[str, ...] = ()
        self._ports = ports
        self._progress = progress
        self._cancel = cancel
        self._began = ports.clock.now()
        self._modules = tuple(PurePosixPath(path).stem for path in request.modules)
        self._steps = {step.name: step for step in request.steps}
        self._holders = {name: step.name for step in request.steps for name in step.names}
        self._names = tuple(sorted(self._holders))
        self._kernels: dict[str, tuple[KernelStart, str]] = {}
        self._reports: list[RunReport] = []
        self._ahead = [self._length(request.text), *(self._length(s.text) for s in request.steps)]
        self._count = max(1, sum(self._ahead))
        self._done = 0

    def verify(self) -> Verification:
        request = self._request
        self._prepare()
        others = (*(step.path for step in request.steps), *request.modules)
        asked = CopyRequest(request.path, others, request.artifacts, request.modules)
        self._progress.report("Copying the project")
        with self._ports.runs.copy_of(asked, self._cancel) as copy:
            self._notes = copy.notes
            original = self._run_original(copy)
            steps: dict[str, NotebookRun] = {}
            files: Mapping[str, str | None] = {}
            if original.end is RunEnd.DONE:
                copy.reset(self._cancel)
                steps = self._run_steps(copy)
                files = self._files(copy)
            runs = Runs(
                original=original,
                steps=steps,
                pairs=self._pairs(),
                holders=self._holders,
                files=files,
            )
            found = self._compared(runs)
            if request.has_control and self._needs_control(found, steps):
                self._progress.report("Running the notebook again, because something differs")
                copy.reset(self._cancel)
                control = self._run_notebook(copy)
                if control.end is RunEnd.DONE:
                    found = self._compared(replace(runs, control=control))
        return found

    def _length(self, text: str) -> int:
        return len(code_cells(text))

    def _prepare(self) -> None:
        """Have every environment before anything runs."""
        here: KernelStart | None = None
        locks = {_NOTEBOOK: self._request.lock, **{s.name: s.lock for s in self._request.steps}}
        for name, lock in locks.items():
            if lock is None:
                here = here or self._ports.runs.kernel_of(self._request.kernel_name)
                self._kernels[name] = (here, _HERE)
                continue
            what = f"of the step {name}" if name else "of the notebook"
            self._progress.report(f"Preparing the environment {what}")
            path = self._steps[name].path if name else self._request.path
            wish = LockedEnvironment(path, lock, self._request.trusted_indexes)
            made = build_environment(wish, self._ports.kernels, self._progress, self._cancel)
            label = f"environment {made.key}, Python {made.machine.python_version}"
            self._kernels[name] = (KernelStart(made.python), label)

    def _run_original(self, copy: ProjectCopy) -> NotebookRun:
        """The notebook's run: without the cells that are left out, where one of those fails."""
        run = self._run_notebook(copy)
        left_out, failed = self._request.left_out, run.failure
        if failed is None or failed.cell is None or failed.cell not in left_out:
            return run
        self._progress.report("Running the notebook without the cells that no step runs")
        self._notes += (
            f"Cell {failed.cell + 1}, which is left out of the steps, fails in the notebook itself "
            f"({failed.sentence}): it was compared without the cells that are left out.",
        )
        self._text = without_cells(self._text, left_out)
        copy.reset(self._cancel)
        return self._run_notebook(copy)

    def _run_notebook(self, copy: ProjectCopy) -> NotebookRun:
        request, kernel = self._request, self._kernels[_NOTEBOOK][0]
        run = self._run(
            _NOTEBOOK,
            RunRequest(request.path, self._text, kernel, copy, self._names, self._modules),
        )
        return replace(run, files=self._files(copy))

    def _run_steps(self, copy: ProjectCopy) -> dict[str, NotebookRun]:
        """The runs of the steps until one fails, as many at a time as may be."""
        waiting = dict(self._steps)
        running: dict[Future[NotebookRun], str] = {}
        done: dict[str, NotebookRun] = {}
        with ThreadPoolExecutor(max(1, self._ports.parallel)) as pool:
            while waiting or running:
                for step in self._ready(waiting, done, len(running)):
                    del waiting[step.name]
                    kernel = self._kernels[step.name][0]
                    asked = RunRequest(
                        step.path,
                        step.text,
                        kernel,
                        copy,
                        self._names,
                        self._modules,
                    )
                    running[pool.submit(self._run, step.name, asked)] = step.name
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in ended:
                    name = running.pop(future)
                    done[name] = future.result()
                    if done[name].end is not RunEnd.DONE:
                        waiting.clear()
        return {name: done[name] for name in self._steps if name in done}

    def _ready(
        self,
        waiting: Mapping[str, StepToVerify],
        done: Mapping[str, NotebookRun],
        running_count: int,
    ) -> list[StepToVerify]:
        free = max(1, self._ports.parallel) - running_count
        ready = [
            step
            for step in waiting.values()
            if all(name in done or name not in self._steps for name in step.upstream)
        ]
        if not ready and not running_count:
            # Steps that wait for each other: the order of the notebook is as good as any.
            ready = [*waiting.values()]
            free = 1
        return ready[:free]

    def _run(self, name: str, asked: RunRequest) -> NotebookRun:
        run = self._ports.runs.run(asked, self._telling(name), self._cancel)
        self._reports.append(
            RunReport(name or None, self._kernels[name][1], run.end, run.seconds, run.failure)
        )
        return run

    def _telling(self, name: str) -> Callable[[int, int], None]:
        what = f"Running the step {name}" if name else "Running the notebook"

        def tell(number: int, count: int) -> None:
            self._done += 1
            within = min(1.0, self._done / self._count)
            self._progress.report(f"{what}: cell {number} of {count}", within)

        return tell

    def _files(self, copy: ProjectCopy) -> Mapping[str, str | None]:
        folders = tuple(f"{folder.rstrip('/')}/" for folder in self._request.artifacts)
        changed = copy.changed_files()
        return {path: digest for path, digest in changed.items() if not path.startswith(folders)}

    def _pairs(self) -> tuple[CellPair, ...]:
        cells = {cell.position: cell for cell in code_cells(self._request.text)}
        found = (
            (step.name, cell, cells[cell.origin])
            for step in self._request.steps
            for cell in code_cells(step.text)
            if cell.origin is not None and cell.origin in cells
        )
        return tuple(
            CellPair(
                cell.position,
                cell.name,
                step,
                copy.position,
                is_timed=reads_clock(cell.source),
                names=_names_in(cell.source),
            )
            for step, copy, cell in found
        )

    def _left_out(self, pairs: tuple[CellPair, ...]) -> tuple[CellLeftOut, ...]:
        compared = {pair.cell for pair in pairs}
        return tuple(
            CellLeftOut(
                cell.position,
                cell.name,
                "It is left out of the steps."
                if cell.position in self._request.left_out
                else "The steps that use what it imports, defines or sets repeat it.",
            )
            for cell in code_cells(self._request.text)
            if cell.position not in compared
        )

    def _compared(self, runs: Runs) -> Verification:
        cells = compare_cells(runs)
        variables = compare_variables(runs)
        is_whole = all(run.end is RunEnd.DONE for run in (runs.original, *runs.steps.values()))
        files = compare_files(runs) if is_whole else ()
        verdict = verdict_of(runs, cells, (*variables, *files))
        return Verification(
            notebook=self._request.path,
            verdict=verdict,
            summary=summary_of(verdict, runs, (*cells, *variables, *files)),
            runs=tuple(self._reports),
            cells=cells,
            variables=variables,
            files=files,
            left_out=self._left_out(runs.pairs),
            notes=self._notes,
            seconds=max(0.0, self._ports.clock.now() - self._began),
        )

    def _needs_control(self, found: Verification, steps: Mapping[str, NotebookRun]) -> bool:
        return len(steps) == len(self._steps) and any(
            one.outcome is Likeness.DIFFERENT
            or (one.outcome is Likeness.NOT_CHECKABLE and one in found.cells)
            for one in found.compared
        )


def _names_in(source: str) -> frozenset[str]:
    """The names that a cell reads, binds or changes."""
    try:
        flow = analyze(source)
    except UnreadableCodeError:
        return frozenset()
    return flow.reads | flow.writes | flow.mutates
