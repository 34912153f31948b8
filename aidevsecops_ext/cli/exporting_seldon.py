"""What the command that writes a model for Seldon does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..app.export_seldon import SeldonExport, SeldonRequest, export_seldon
from ..app.open_notebook import open_notebook
from ..app.preview_files import changes_of
from ..domain.errors import ErrorCode, RefusedError
from . import render
from .exit_codes import DONE, FINDINGS
from .overlaying import files_json, refuse_foreign
from .render_overlays import print_files, print_notes
from .screen import echo, echo_styled
from .workspace import Workspace

if TYPE_CHECKING:
    from ..domain.json_value import Json


class SeldonOptions(Struct, frozen=True):
    """What the user asked to export, and how."""

    notebook: str
    out: str | None = None
    is_forced: bool = False
    is_dry_run: bool = False
    is_json: bool = False


def run_seldon(options: SeldonOptions) -> None:
    """Write the files, or show what would be written; exit with 1 when something is missing."""
    workspace = Workspace.current()
    named = workspace.find_one(options.notebook)
    services, folder = named.services, None
    if options.out is not None:
        place = workspace.place_of(options.out)
        if place.services is not services:
            raise RefusedError(
                ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
                f"{options.out} is outside the repository of {named.shown}.",
                hint="Name a folder inside it.",
                details={"path": options.out},
            )
        folder = place.path
    opened = open_notebook(named.path, services.files)
    found = export_seldon(SeldonRequest(named.path, opened.notebook, folder), services.files)
    if not options.is_dry_run:
        refuse_foreign(found, options)
        services.changes.write(changes_of(found.files))
    if options.is_json:
        render.print_json(_json(named.shown, found, is_dry_run=options.is_dry_run))
    else:
        _print(named.shown, found, is_dry_run=options.is_dry_run)
    click.get_current_context().exit(FINDINGS if found.gaps else DONE)


def _print(shown: str, found: SeldonExport, *, is_dry_run: bool) -> None:
    would = "would export" if is_dry_run else "exported"
    echo(f"{shown}: {would} {found.model}, which train.py trains ({', '.join(found.models)})")
    print_files(found.files, is_dry_run=is_dry_run)
    print_notes(found.notes)
    for gap in found.gaps:
        echo_styled(f"  missing: {gap}", fg="yellow")


def _json(shown: str, found: SeldonExport, *, is_dry_run: bool) -> Json:
    return {
        "notebook": shown,
        "model": found.model,
        "models": [*found.models],
        "files": files_json(found.files),
        "foreign": [*found.foreign],
        "missing": [*found.gaps],
        "notes": [*found.notes],
        "dry_run": is_dry_run,
    }
