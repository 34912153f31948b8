"""The runs that commands name, and how they are shown."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..domain.pipeline_run import PipelineRun, RunState
from ..formats.run_answers import run_json
from . import render
from .exit_codes import CANCELLED, DONE, FINDINGS, OUTSIDE_FAILED, REFUSED
from .render_runs import print_run
from .workspace import Workspace

if TYPE_CHECKING:
    from ..app.run_ports import RunFolders
    from .workspace import Place

LATEST = "latest"


class FoundRun(Struct, frozen=True):
    """A run, and where it was found."""

    run: PipelineRun
    folders: RunFolders
    place: Place


def find_run(name: str) -> FoundRun:
    """The run that a name stands for: its id or the beginning of it, its folder, or ``latest``.

    Raises:
        NotFoundError: there is none.
        UserError: there are several.
    """
    workspace = Workspace.current()
    place = workspace.place_of(name if os.path.isdir(name) else ".")
    folders = place.services.run_folders
    if os.path.isdir(name):
        return FoundRun(folders.find(os.path.basename(place.path)), folders, place)
    runs = folders.find_all()
    found = [*runs[:1]] if name == LATEST else [run for run in runs if run.id.startswith(name)]
    if len(found) > 1:
        raise UserError(
            ErrorCode.RUN_NOT_FOUND,
            f"Several runs begin with {name}: {', '.join(run.id for run in found)}.",
            hint="Say more of its name.",
        )
    if not found:
        raise NotFoundError(
            ErrorCode.RUN_NOT_FOUND,
            "There is no run here." if name == LATEST else f"There is no run {name} here.",
            hint="'aidevsecops pipeline runs' lists them.",
        )
    return FoundRun(found[0], folders, place)


def parameters_of(given: tuple[str, ...]) -> dict[str, str]:
    """The values that ``--param NAME=VALUE`` gives.

    Raises:
        click.UsageError: one says no name.
    """
    values = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--param {each}: say NAME=VALUE.")
        values[name] = value
    return values


def show_run(run: PipelineRun, place: Place, *, is_json: bool) -> None:
    """Show a run as text or JSON."""
    if is_json:
        render.print_json(run_json(run, place.shown))
    else:
        print_run(run, place.shown)


def status_of(run: PipelineRun) -> int:
    """The exit status that tells how a run ended."""
    match run.state:
        case RunState.CANCELLED:
            return CANCELLED
        case RunState.FAILED:
            if run.error is None:
                return FINDINGS
            is_refused = run.error.code == ErrorCode.RUN_FILE_MISSING.value
            return REFUSED if is_refused else OUTSIDE_FAILED
        case _:
            return DONE
