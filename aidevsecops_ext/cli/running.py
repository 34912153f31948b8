"""What the commands about runs of pipelines do."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..app.open_pipeline import open_pipeline
from ..app.plan_run import RunRequest
from ..app.run_pipeline import run_pipeline
from ..domain.errors import ErrorCode, NotFoundError
from ..domain.run_comparison import compare_runs
from ..formats.run_answers import comparison_json, run_json
from . import render
from .batch import cancelled_by_signals, run_each
from .exit_codes import DONE, FINDINGS, OUTSIDE_FAILED
from .found_runs import FoundRun, find_run, parameters_of, show_run, status_of
from .progress import progress_board
from .render_runs import print_comparison, print_runs
from .screen import echo_logged, echo_styled
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.pipeline_run import PipelineRun

_LOOK_SECONDS = 0.3
_CANCEL_SECONDS = 10.0


class RunOptions(Struct, frozen=True):
    """The options of ``run``."""

    file: str
    parameters: tuple[str, ...] = ()
    from_step: str | None = None
    only_changed: bool = False
    parallel: int | None = None
    timeout: float | None = None
    trusted: tuple[str, ...] = ()
    verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, file: str, options: dict[str, object]) -> RunOptions:
        """The options by their names."""
        return cls(file, **options)  # type: ignore[arg-type]


def run_run(options: RunOptions) -> None:
    """Run a pipeline."""
    place = Workspace.current().place_of(options.file)
    services = place.services
    request = RunRequest(
        path=place.path,
        pipeline=open_pipeline(place.path, services.as_written).pipeline,
        parameters=parameters_of(options.parameters),
        from_step=options.from_step,
        only_changed=options.only_changed,
        parallel=options.parallel,
        timeout=options.timeout,
        trusted_indexes=options.trusted,
    )
    named = NamedNotebook(place.path, place.shown(place.path), services)
    with progress_board(is_quiet=options.is_json, is_verbose=options.verbose) as board:

        def work(named: NamedNotebook, cancel: CancelToken) -> PipelineRun:
            try:
                ports = services.run_ports()
                return run_pipeline(request, ports, board.of(named.shown), cancel)
            finally:
                board.end(named.shown)

        [entry] = run_each([named], work, lambda _: None, 1)
    if entry.error is not None:
        raise entry.error
    show_run(entry.answer, place, is_json=options.is_json)
    click.get_current_context().exit(status_of(entry.answer))


def run_runs(file: str | None, *, is_json: bool) -> None:
    """List runs."""
    workspace = Workspace.current()
    place = workspace.place_of(file or ".")
    if file is not None and not place.services.as_written.is_file(place.path):
        raise NotFoundError(
            ErrorCode.NOTEBOOK_NOT_FOUND, f"{file} does not exist.", hint="Check the path."
        )
    found = place.services.run_folders.find_all(None if file is None else place.path)
    if is_json:
        listed: list[Json] = [run_json(run, place.shown) for run in found]
        render.print_json(listed)
    else:
        print_runs(found, place.shown)


def run_status(name: str, *, is_json: bool) -> None:
    """Show a run."""
    found = find_run(name)
    if found.run.remote is not None:
        from .submitting import refreshed

        found = refreshed(found)
    show_run(found.run, found.place, is_json=is_json)
    click.get_current_context().exit(status_of(found.run))


def run_logs(name: str, step: str | None, *, is_followed: bool) -> None:
    """Print logs."""
    found = find_run(name)
    if step is not None and found.run.step(step) is None:
        names = ", ".join(each.name for each in found.run.steps)
        raise NotFoundError(
            ErrorCode.RUN_STEP_UNKNOWN,
            f"Run {found.run.id} has no step '{step}'.",
            hint=f"It has: {names}.",
        )
    if found.run.remote is not None:
        from .submitting import print_logs

        print_logs(found, step, is_followed=is_followed)
        return
    reader = _LogReader(found, step)
    # Slow to import, and only those who follow need it.
    from ..jobs.cancel import CancelSource

    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        while not reader.read():
            if not is_followed or cancel.wait(_LOOK_SECONDS):
                break


def run_cancel(name: str, *, is_json: bool) -> None:
    """Stop a run, and wait until it has stopped."""
    found = find_run(name)
    run = found.run
    if run.remote is not None:
        from .submitting import stopped

        run = stopped(found).run
    elif not run.state.is_final:
        found.folders.ask_to_stop(run)
        run = _awaited(found)
    show_run(run, found.place, is_json=is_json)
    click.get_current_context().exit(DONE if run.state.is_final else OUTSIDE_FAILED)


def _awaited(found: FoundRun) -> PipelineRun:
    """The run when it has stopped, or as it is after a while."""
    deadline = time.monotonic() + _CANCEL_SECONDS
    while True:
        run = found.folders.find(found.run.id, found.run.pipeline)
        if run.state.is_final or time.monotonic() > deadline:
            return run
        time.sleep(_LOOK_SECONDS)


def run_compare(before: str, after: str, *, is_json: bool) -> None:
    """Compare two runs."""
    comparison = compare_runs(find_run(before).run, find_run(after).run)
    if is_json:
        render.print_json(comparison_json(comparison))
    else:
        print_comparison(comparison)
    click.get_current_context().exit(DONE if comparison.is_same else FINDINGS)


class _LogReader:
    """Prints what is new in the logs of a run."""

    def __init__(self, found: FoundRun, step: str | None) -> None:
        self._found = found
        self._step = step
        self._offsets: dict[str, int] = {}
        self._last: str | None = None

    def read(self) -> bool:
        """Print what is new; True when nothing more will come."""
        run = self._found.run
        run = self._found.folders.find(run.id, run.pipeline)
        for step in run.steps:
            if step.log is not None and self._step in (None, step.name):
                self._print(step.name, step.log)
        return run.state.is_final

    def _print(self, name: str, log: str) -> None:
        while True:
            part = self._found.folders.read_log(log, self._offsets.get(name, 0))
            self._offsets[name] = part.next_offset
            if part.lines and self._step is None and self._last != name:
                echo_styled(f"==> {name} <==", is_bold=True)
                self._last = name
            for line in part.lines:
                echo_logged(line)
            if part.is_last or not part.lines:
                return
