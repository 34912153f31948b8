"""The command that writes a notebook's environment in the files of other tools."""

from __future__ import annotations

import posixpath
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from ..app.exchange_ports import FileChange
from ..app.export_environment import ExportPorts, ExportRequest, export_environment
from ..app.open_notebook import open_notebook
from ..app.ports import Files
from ..domain.errors import ErrorCode, NotFoundError, RefusedError
from ..domain.exchange import ExportedFiles, FileFormat
from ..domain.json_value import Json
from ..formats.cyclonedx import is_same_bill
from ..formats.exchange_answers import export_json
from ..jobs.cancel import CancelSource
from ..wiring import Services
from . import render
from .batch import cancelled_by_signals
from .render_exchange import PlannedFile, print_export, print_texts
from .workspace import NamedNotebook, Workspace

STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the user asked to write, and where."""

    notebook: str
    format: FileFormat
    out: str = "."
    trusted: tuple[str, ...] = ()
    is_forced: bool = False
    is_dry_run: bool = False
    is_json: bool = False


def run_export(options: ExportOptions) -> None:
    """Write the files, or show what would be written, and answer what is not kept."""
    workspace = Workspace.current()
    notebook = workspace.find_one(options.notebook)
    is_printed = options.out == STANDARD_OUTPUT
    services, folder = workspace.place("." if is_printed else options.out)
    exported = _export(notebook, (services.files, folder, is_printed), options)
    planned = [
        _planned(file.name, file.text, options, None if is_printed else (services.files, folder))
        for file in exported.files
    ]
    is_written = not options.is_dry_run and not is_printed
    if is_written:
        _write(planned, services, options)
    if options.is_json:
        render.print_json(_json(notebook.shown, exported, planned, options))
    elif is_printed:
        print_texts(planned, exported.lost)
    else:
        print_export(planned, exported.lost, is_dry_run=options.is_dry_run)


def _export(
    notebook: NamedNotebook, place: tuple[Files, str, bool], options: ExportOptions
) -> ExportedFiles:
    files, folder, is_printed = place
    opened = open_notebook(notebook.path, notebook.services.files)
    stem = posixpath.basename(notebook.path).removesuffix(".ipynb")
    beside = {}
    for name in () if is_printed else ("pyproject.toml", f"{stem}.py"):
        if files.is_file(posixpath.join(folder, name)):
            beside[name] = files.read(posixpath.join(folder, name)).text
    services = notebook.services
    request = ExportRequest(
        path=notebook.path,
        notebook=opened.notebook,
        format=options.format,
        text=opened.file.text,
        beside=beside,
        trusted_indexes=(*services.settings.trusted_indexes, *options.trusted),
        default_python=f"{sys.version_info.major}.{sys.version_info.minor}",
    )
    ports = ExportPorts(services.index, services.package_files, services.clock)
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        return export_environment(request, ports, cancel)


def _planned(
    name: str, text: str, options: ExportOptions, place: tuple[Files, str] | None
) -> PlannedFile:
    if place is None:
        return PlannedFile(name, name, name, text, None, None, is_same=False)
    files, folder = place
    path = posixpath.normpath(posixpath.join(folder, name))
    shown = posixpath.normpath(posixpath.join(options.out.replace("\\", "/"), name))
    try:
        old = files.read(path)
    except NotFoundError:
        return PlannedFile(name, path, shown, text, None, None, is_same=False)
    is_same = old.text == text
    if options.format is FileFormat.SBOM:
        is_same = is_same_bill(old.text, text)
    return PlannedFile(name, path, shown, text, old.text, old.revision, is_same)


def _write(planned: Sequence[PlannedFile], services: Services, options: ExportOptions) -> None:
    differing = [file for file in planned if file.state == "replaced"]
    if differing and not options.is_forced:
        if not options.is_json:
            click.echo("".join(file.diff() for file in differing), nl=False)
        raise RefusedError(
            ErrorCode.FORMAT_FILE_DIFFERS,
            f"{', '.join(file.shown for file in differing)} would be replaced; "
            "nothing was written.",
            hint="Look at the difference; --force replaces, --out writes elsewhere.",
            details={"files": [file.shown for file in differing]},
        )
    changed = [file for file in planned if file.state != "unchanged"]
    services.changes.write(tuple(FileChange(f.path, f.text, f.revision) for f in changed))


def _json(
    shown: str, exported: ExportedFiles, planned: Sequence[PlannedFile], options: ExportOptions
) -> Json:
    answer = export_json(shown, options.format.value, exported)
    files: list[Json] = [
        {"name": file.name, "path": file.shown, "state": file.state, "text": file.text}
        for file in planned
    ]
    return {**answer, "files": files, "dry_run": options.is_dry_run}
