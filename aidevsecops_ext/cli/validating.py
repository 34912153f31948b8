"""What the command that validates pipelines does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from ..app.open_pipeline import open_pipeline
from ..app.validate_pipeline import validate_pipeline, with_engine
from ..formats.pipeline_answers import report_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import DONE, FINDINGS
from .render_pipelines import print_report
from .workspace import Workspace

if TYPE_CHECKING:
    from .workspace import Place


def run_validate(file: str, *, is_with_elyra: bool, is_json: bool) -> None:
    """Answer what is wrong with a pipeline; exit with 1 where it is an error."""
    place = Workspace.current().place_of(file)
    services = place.services
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        opened = open_pipeline(place.path, services.as_written)
        report = validate_pipeline(opened, services.validate_ports(), cancel)
        if is_with_elyra:
            report = with_engine(report, services.engine, cancel)
    if is_json:
        render.print_json(
            report_json(opened.document, shown_from(place, place.path), report.findings)
        )
    else:
        print_report(report, shown_from(place, place.path))
    click.get_current_context().exit(DONE if report.is_valid else FINDINGS)


def shown_from(place: Place, path: str) -> str:
    """What to call a path, with slashes."""
    return place.shown(path).replace(os.sep, "/")
