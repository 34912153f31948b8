"""The command that writes a notebook's environment in the files of other tools."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..app.exchange_ports import FileChange
from ..app.export_environment import ExportPorts, ExportRequest, export_environment
from ..app.open_notebook import OpenedNotebook, open_notebook
from ..domain.errors import ErrorCode, NotFoundError, RefusedError
from ..domain.exchange import ExportedFiles, FileFormat
from ..formats import horus_metadata
from ..formats.cyclonedx import is_same_bill
from ..formats.exchange_answers import export_json
from ..formats.thoth_file import says_the_same
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .render_exchange import PlannedFile, print_export, print_texts
from .screen import echo_exactly
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.json_value import Json
    from ..wiring import Services

STANDARD_OUTPUT = "-"


class ExportOptions(Struct, frozen=True):
    """What the user asked to write, and where; ``overlay`` is a name for it, empty for its own."""

    notebook: str
    format: FileFormat
    out: str | None = None
    overlay: str | None = None
    trusted: tuple[str, ...] = ()
    is_forced: bool = False
    is_dry_run: bool = False
    is_json: bool = False

    @property
    def is_printed(self) -> bool:
        """True when nothing is written but on standard output."""
        return self.out == STANDARD_OUTPUT


class _Place(Struct, frozen=True):
    """A folder to write into, and what to call it."""

    services: Services
    folder: str
    shown: str


def run_export(options: ExportOptions) -> None:
    """Write the files, or show what would be written, and answer what is not kept."""
    workspace = Workspace.current()
    notebook = workspace.find_one(options.notebook)
    opened = open_notebook(notebook.path, notebook.services.files)
    place = _place(workspace, notebook, opened, options)
    exported = _export(notebook, opened, place, options)
    planned = [_planned(file.name, file.text, options, place) for file in exported.files]
    if options.overlay is not None:
        more, notes = _thoth_yaml(notebook, opened, options)
        planned += more
        exported = ExportedFiles(exported.files, (*exported.lost, *notes))
    if not options.is_dry_run and not options.is_printed:
        _write(planned, place.services, options)
    if options.is_json:
        render.print_json(_json(notebook.shown, exported, planned, options))
    elif options.is_printed:
        print_texts(planned, exported.lost)
    else:
        print_export(planned, exported.lost, is_dry_run=options.is_dry_run)


def _place(
    workspace: Workspace, notebook: NamedNotebook, opened: OpenedNotebook, options: ExportOptions
) -> _Place:
    if options.overlay is not None:
        return _overlay(notebook, opened, options)
    if options.out is None and options.format is FileFormat.THOTH_YAML:
        return _root_of(notebook)
    out = "." if options.out is None or options.is_printed else options.out
    services, folder = workspace.place(out)
    return _Place(services, folder, out)


def _root_of(notebook: NamedNotebook) -> _Place:
    """The folder that the notebook's path is below, as seen from here."""
    root = Path(os.path.abspath(notebook.shown)).parents[notebook.path.count("/")]
    return _Place(notebook.services, ".", os.path.relpath(root))


def _overlay(notebook: NamedNotebook, opened: OpenedNotebook, options: ExportOptions) -> _Place:
    from ..app.choose_overlay import OverlayRequest, choose_overlay

    root = _root_of(notebook)
    store = None
    if options.out is not None:
        # An overlay belongs to its repository; a folder elsewhere is refused when it is written.
        store = os.path.relpath(options.out, root.shown).replace(os.sep, "/")
    request = OverlayRequest(
        path=notebook.path,
        notebook=opened.notebook,
        name=options.overlay or None,
        store=store,
        is_forced=options.is_forced,
    )
    try:
        folder = choose_overlay(request, notebook.services.files)
    except RefusedError as error:
        error.hint = f"{error.hint} Say it with --overlay-name NAME."
        raise
    return _Place(notebook.services, folder, posixpath.join(root.shown, folder))


def _export(
    notebook: NamedNotebook, opened: OpenedNotebook, place: _Place, options: ExportOptions
) -> ExportedFiles:
    stem = posixpath.basename(notebook.path).removesuffix(".ipynb")
    beside = {}
    for name in () if options.is_printed else ("pyproject.toml", f"{stem}.py"):
        path = posixpath.join(place.folder, name)
        if place.services.files.is_file(path):
            beside[name] = place.services.files.read(path).text
    services = notebook.services
    request = ExportRequest(
        path=notebook.path,
        notebook=opened.notebook,
        format=options.format,
        text=opened.file.text,
        beside=beside,
        trusted_indexes=(*services.settings.trusted_indexes, *options.trusted),
        default_python=services.default_python,
    )
    ports = ExportPorts(services.index, services.package_files, services.clock)
    cancel = CancelSource()
    with cancelled_by_signals(cancel):
        return export_environment(request, ports, cancel)


def _thoth_yaml(
    notebook: NamedNotebook, opened: OpenedNotebook, options: ExportOptions
) -> tuple[list[PlannedFile], tuple[str, ...]]:
    """The repository's ``.thoth.yaml``, made where there is none; one that is there stays."""
    config = horus_metadata.read(opened.notebook.metadata).thoth_config
    if config is None:
        return [], ()
    root = _root_of(notebook)
    wish = replace(options, format=FileFormat.THOTH_YAML)
    exported = _export(notebook, opened, root, wish)
    [planned] = [_planned(file.name, file.text, wish, root) for file in exported.files]
    if planned.old is None:
        return [planned], exported.lost
    if planned.is_same or says_the_same(planned.old, config):
        return [], ()
    return [], (
        f"{planned.shown} says something else than the notebook's thoth_config and stays as it is; "
        "'--format thoth-yaml' shows the difference.",
    )


def _planned(name: str, text: str, options: ExportOptions, place: _Place) -> PlannedFile:
    if options.is_printed:
        return PlannedFile(name, name, name, text, None, None, is_same=False)
    path = posixpath.normpath(posixpath.join(place.folder, name))
    shown = posixpath.normpath(posixpath.join(place.shown.replace("\\", "/"), name))
    try:
        old = place.services.files.read(path)
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
            echo_exactly("".join(file.diff() for file in differing))
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
