"""The command that takes the environment in a file of another tool over into a notebook."""

from __future__ import annotations

import posixpath

from msgspec import Struct

from ..app.import_environment import companion_of, import_environment
from ..app.open_notebook import open_notebook
from ..app.save_notebook import save_notebook
from ..domain.exchange import NamedText
from ..formats.exchange_answers import import_json
from . import render
from .render_exchange import print_import
from .workspace import Workspace


class ImportOptions(Struct, frozen=True):
    """What the user asked to take over."""

    notebook: str
    source: str
    is_dry_run: bool = False
    is_json: bool = False


def run_import(options: ImportOptions) -> None:
    """Record what the file says, and answer what of it is not kept."""
    workspace = Workspace.current()
    notebook = workspace.find_one(options.notebook)
    services, path = workspace.place(options.source)
    files = [NamedText(path, services.files.read(path).text)]
    companion = companion_of(posixpath.basename(path))
    if companion is not None:
        beside = posixpath.join(posixpath.dirname(path), companion)
        if services.files.is_file(beside):
            files.append(NamedText(beside, services.files.read(beside).text))
    opened = open_notebook(notebook.path, notebook.services.files)
    imported = import_environment(opened.notebook, tuple(files))
    if not options.is_dry_run:
        save_notebook(opened, imported.edit, notebook.services.files)
    if options.is_json:
        answer = import_json(notebook.shown, imported)
        del answer["edit"]
        answer |= {"changed": not imported.edit.is_empty, "dry_run": options.is_dry_run}
        render.print_json(answer)
    else:
        print_import(notebook.shown, imported, is_dry_run=options.is_dry_run)
