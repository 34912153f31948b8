"""What the commands about pipelines that run elsewhere do."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from ..app.export_pipeline import PipelineExport, PipelineExportRequest, export_pipeline
from ..app.follow_submission import (
    follow_submission,
    refresh_submission,
    retry_submission,
    stop_submission,
)
from ..app.preview_files import changes_of
from ..app.submission_files import list_stored, read_step_log
from ..app.submit_pipeline import SubmitRequest, submit_pipeline
from ..domain.engine import ExportFormat
from ..domain.errors import ErrorCode, RefusedError
from ..domain.pipeline_run import RunState
from ..formats.submission_answers import export_json, outputs_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import DONE, OUTSIDE_FAILED
from .found_runs import FoundRun, find_run, parameters_of, show_run, status_of
from .progress import progress_board
from .screen import echo, echo_exactly, echo_logged, echo_styled
from .workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..app.ports import Progress
    from ..app.submit_pipeline import SubmitPorts

_LOOK_SECONDS = 5.0
_STOP_SECONDS = 10.0


class SubmitOptions(Struct, frozen=True):
    """The options of ``submit``."""

    file: str
    runtime: str
    parameters: tuple[str, ...] = ()
    secret: str = ""
    is_awaited: bool = False
    verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, file: str, options: Mapping[str, object]) -> SubmitOptions:
        """The options by their names."""
        return cls(file, **options)  # type: ignore[arg-type]


class ExportOptions(Struct, frozen=True):
    """The options of ``export``."""

    file: str
    runtime: str
    file_format: str | None = None
    out: str | None = None
    parameters: tuple[str, ...] = ()
    secret: str = ""
    has_credentials: bool = False
    is_dry_run: bool = False
    is_forced: bool = False
    verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, file: str, options: Mapping[str, object]) -> ExportOptions:
        """The options by their names."""
        return cls(file, **options)  # type: ignore[arg-type]


def run_submit(options: SubmitOptions) -> None:
    """Submit a pipeline, and follow its run if that is wanted."""
    place = Workspace.current().place_of(options.file)
    ports = place.services.submit_ports()
    request = SubmitRequest(
        place.path, options.runtime, parameters_of(options.parameters), options.secret
    )
    shown = place.shown(place.path)
    with _progress(shown, options.is_json, options.verbose) as (progress, cancel):
        run = submit_pipeline(request, ports, progress, cancel)
        if options.is_awaited:
            run = follow_submission(
                run, ports, progress, cancel, lambda: _pause(cancel, _LOOK_SECONDS)
            )
    show_run(run, place, is_json=options.is_json)
    is_unknown = options.is_awaited and run.state is RunState.UNKNOWN
    click.get_current_context().exit(OUTSIDE_FAILED if is_unknown else status_of(run))


def run_export(options: ExportOptions) -> None:
    """Write the exported file, or show it."""
    workspace = Workspace.current()
    place = workspace.place_of(options.file)
    services, out = place.services, None
    if options.out is not None:
        out = workspace.place_of(options.out).path
    request = PipelineExportRequest(
        path=place.path,
        runtime=options.runtime,
        format=ExportFormat(options.file_format) if options.file_format else None,
        out=out,
        parameters=parameters_of(options.parameters),
        secret=options.secret,
        has_credentials=options.has_credentials,
    )
    shown = place.shown(place.path)
    with _progress(shown, options.is_json, options.verbose) as (progress, cancel):
        found = export_pipeline(request, services.submit_ports(), progress, cancel)
    if not options.is_dry_run:
        _refuse_to_replace(found, options)
        services.changes.write(changes_of([found.file]))
    name = place.shown(found.file.path)
    if options.is_json:
        answer = export_json(found.file, name, found.issues, has_keys=found.has_keys)
        render.print_json({**answer, "dry_run": options.is_dry_run})
        return
    if options.is_dry_run:
        echo_exactly(found.file.text)
        return
    echo(f"{name}: {found.file.state}")
    if found.has_keys:
        echo_styled("  It holds the keys of object storage: share it with nobody.", fg="yellow")
    for issue in found.issues:
        echo_styled(f"  {issue.level.value}: {issue.sentence}", fg="yellow")


def run_retry(name: str, *, is_json: bool) -> None:
    """Have an engine try a run again."""
    found = find_run(name)
    run = retry_submission(found.run, _ports(found), CancelSource())
    show_run(run, found.place, is_json=is_json)
    click.get_current_context().exit(DONE)


def run_outputs(name: str, *, is_json: bool) -> None:
    """List what a run has stored."""
    found = find_run(name)
    stored = list_stored(found.run, _ports(found), CancelSource())
    if is_json:
        render.print_json(outputs_json(found.run, stored))
        return
    where = found.run.links.get("storage", "")
    echo(f"{where}: {len(stored)} files")
    for one in stored:
        echo(f"  {one.size:>12}  {one.key}")


def refreshed(found: FoundRun) -> FoundRun:
    """A run elsewhere as its engine tells of it now."""
    return replace(found, run=refresh_submission(found.run, _ports(found), CancelSource()))


def print_logs(found: FoundRun, step: str | None, *, is_followed: bool) -> None:
    """Print what the steps of a run elsewhere have stored of what they printed, each once."""
    ports, cancel = _ports(found), CancelSource()
    waiting = [step] if step is not None else [one.name for one in found.run.steps]
    with cancelled_by_signals(cancel):
        while True:
            run = refresh_submission(found.run, ports, cancel)
            for name in [*waiting]:
                lines = read_step_log(run, name, ports, cancel)
                if lines:
                    waiting.remove(name)
                    if step is None:
                        echo_styled(f"==> {name} <==", is_bold=True)
                    for line in lines:
                        echo_logged(line)
            if not is_followed or run.state.is_final or cancel.wait(_LOOK_SECONDS):
                return


def stopped(found: FoundRun) -> FoundRun:
    """A run elsewhere that its engine was asked to stop, when it has, or after a while."""
    ports, cancel = _ports(found), CancelSource()
    run = stop_submission(found.run, ports, cancel)
    deadline = time.monotonic() + _STOP_SECONDS
    while not run.state.is_final and time.monotonic() < deadline:
        _pause(cancel, 1.0)
        run = refresh_submission(run, ports, cancel)
    return replace(found, run=run)


def _ports(found: FoundRun) -> SubmitPorts:
    return found.place.services.submit_ports()


def _pause(cancel: CancelSource, seconds: float) -> None:
    cancel.wait(seconds)


@contextmanager
def _progress(
    shown: str, is_quiet: bool, is_verbose: bool
) -> Iterator[tuple[Progress, CancelSource]]:
    cancel = CancelSource()
    with (
        progress_board(is_quiet=is_quiet, is_verbose=is_verbose) as board,
        cancelled_by_signals(cancel),
    ):
        try:
            yield board.of(shown), cancel
        finally:
            board.end(shown)


def _refuse_to_replace(found: PipelineExport, options: ExportOptions) -> None:
    if found.file.state == "replaced" and not options.is_forced:
        raise RefusedError(
            ErrorCode.FORMAT_FILE_DIFFERS,
            f"{found.file.path} would be replaced; nothing was written.",
            hint="--force replaces it, --out writes elsewhere, --dry-run shows what.",
            details={"files": [found.file.path]},
        )
