"""The command that records what cells install."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..app.convert_installs import convert_installs
from ..app.open_notebook import open_notebook
from ..app.save_notebook import save_notebook
from ..formats.answers import failure_json
from ..formats.exchange_answers import conversion_json
from . import render
from .batch import run_each
from .exit_codes import DONE
from .render_exchange import print_conversion
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..domain.exchange import Conversion
    from ..domain.json_value import Json
    from .entries import Entry


class ConvertOptions(Struct, frozen=True):
    """What the user asked to convert."""

    names: tuple[str, ...]
    is_dry_run: bool = False
    is_json: bool = False


def run_convert(options: ConvertOptions) -> None:
    """Convert each notebook, and answer what was recorded and what was left."""
    workspace = Workspace.current()
    notebooks = workspace.find(options.names)

    def on_entry(entry: Entry[Conversion]) -> None:
        if options.is_json:
            return
        if entry.error is not None:
            render.print_error(entry.error, entry.notebook.shown)
        else:
            print_conversion(entry.notebook.shown, entry.answer, is_dry_run=options.is_dry_run)

    entries = run_each(
        notebooks, lambda notebook, _: _convert(notebook, options), on_entry, workers=1
    )
    if options.is_json:
        answers = [_json(entry, options) for entry in entries]
        render.print_json(answers[0] if workspace.is_one(options.names) else [*answers])
    click.get_current_context().exit(max((DONE, *(entry.exit_code for entry in entries))))


def _convert(notebook: NamedNotebook, options: ConvertOptions) -> Conversion:
    files = notebook.services.files
    opened = open_notebook(notebook.path, files)
    conversion = convert_installs(opened.notebook)
    if not options.is_dry_run:
        save_notebook(opened, conversion.edit, files)
    return conversion


def _json(entry: Entry[Conversion], options: ConvertOptions) -> Json:
    if entry.error is not None:
        return failure_json(entry.notebook.shown, entry.error)
    answer = conversion_json(entry.notebook.shown, entry.answer)
    return {
        **{key: value for key, value in answer.items() if key != "edit"},
        "changed": not entry.answer.edit.is_empty,
        "dry_run": options.is_dry_run,
    }
