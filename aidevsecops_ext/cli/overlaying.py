"""What the commands about overlays do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

import click
from msgspec import Struct

from ..app.extract_overlay import (
    ExtractedOverlay,
    ExtractRequest,
    extract_overlay,
)
from ..app.open_notebook import open_notebook
from ..app.preview_files import changes_of
from ..domain.errors import ErrorCode, RefusedError
from ..domain.lock import LockStatus
from ..domain.overlay import Overlay
from ..domain.overlay_list import OverlayListing
from ..formats import overlay_answers
from ..jobs.cancel import CancelSource
from . import render, render_overlays
from .batch import cancelled_by_signals, run_each
from .exit_codes import DONE, FINDINGS
from .screen import echo, echo_exactly
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..app.check_overlays import OverlayCheck
    from ..app.ports import CancelToken
    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.overlay_list import OverlayRecord
    from .entries import Entry
    from .workspace import Place

_WORKERS = 4


class _WriteOptions(Protocol):
    @property
    def is_forced(self) -> bool: ...
    @property
    def is_json(self) -> bool: ...


class _Found(Protocol):
    @property
    def files(self) -> Sequence[FilePreview]: ...
    @property
    def foreign(self) -> Sequence[str]: ...


class ExtractOptions(Struct, frozen=True):
    """What the user asked to extract, and how."""

    notebook: str
    name: str | None = None
    trusted: tuple[str, ...] = ()
    is_forced: bool = False
    is_dry_run: bool = False
    is_json: bool = False


def run_extract(options: ExtractOptions) -> None:
    """Write the overlay, or show what would be written."""
    named = Workspace.current().find_one(options.notebook)
    services = named.services
    opened = open_notebook(named.path, services.files)
    request = ExtractRequest(
        path=named.path,
        notebook=opened.notebook,
        default_python=services.default_python,
        name=options.name,
        trusted_indexes=(*services.settings.trusted_indexes, *options.trusted),
        is_forced=options.is_forced,
    )
    ports = services.extract_ports()
    cancel = CancelSource()
    try:
        with cancelled_by_signals(cancel):
            found = extract_overlay(request, ports, cancel)
    except RefusedError as error:
        if error.code in (ErrorCode.FORMAT_OVERLAY_TAKEN, ErrorCode.FORMAT_OVERLAY_UNNAMED):
            error.hint = f"{error.hint} Say it with --name NAME."
        raise
    if not options.is_dry_run:
        refuse_foreign(found, options)
        services.changes.write(changes_of(found.files))
    if options.is_json:
        render.print_json(_extracted_json(named.shown, found, is_dry_run=options.is_dry_run))
    else:
        render_overlays.print_extracted(named.shown, found, is_dry_run=options.is_dry_run)


def refuse_foreign(found: _Found, options: _WriteOptions) -> None:
    """Return when no file is replaced that was not made here, or that is wanted.

    Raises:
        RefusedError: such a file would be replaced; its difference was printed.
    """
    foreign = found.foreign
    if not foreign or options.is_forced:
        return
    if not options.is_json:
        echo_exactly("".join(f.diff() for f in found.files if f.path in foreign))
    raise RefusedError(
        ErrorCode.FORMAT_FILE_DIFFERS,
        f"{', '.join(foreign)} would be replaced; nothing was written.",
        hint="Look at the difference; --force replaces.",
        details={"files": [*foreign]},
    )


def files_json(files: Sequence[FilePreview]) -> list[Json]:
    """The files as they are written, or would be."""
    return [
        overlay_answers.file_json(file.path, file.state, file.text, file.diff()) for file in files
    ]


def run_list(names: Sequence[str], *, is_json: bool) -> None:
    """Answer which overlays there are."""
    from ..app.find_overlays import OverlayChoice
    from ..app.list_overlays import list_overlays

    workspace = Workspace.current()
    records: dict[str, OverlayRecord] = {}
    problems: dict[str, None] = {}
    for place in [workspace.place_of(name) for name in names or (".",)]:
        choice = OverlayChoice(None, os.environ.get("THAMOS_REQUIREMENTS_FORMAT") or None)
        listing = list_overlays([place.path], place.services.files, choice)
        problems |= dict.fromkeys(listing.problems)
        for record in listing.overlays:
            records.setdefault(str(place.root / record.folder), _shown(record, place))
    if is_json:
        listing = OverlayListing(tuple(records.values()), tuple(problems))
        render.print_json(overlay_answers.listing_json(listing))
    else:
        render_overlays.print_overlays(list(records.values()), list(problems))


def _shown(record: OverlayRecord, place: Place) -> OverlayRecord:
    from msgspec.structs import replace

    return replace(record, folder=place.shown(record.folder).replace(os.sep, "/"))


def run_check_overlays(names: Sequence[str], *, is_offline: bool, is_json: bool) -> None:
    """Answer the status of overlays; exit with 1 when one is not fresh."""
    from ..app.check_overlays import check_overlay_and_notebook
    from ..app.discover_requirements import DiscoverPorts
    from .overlays import find_only_overlays
    from .remembered_index import RememberedIndex

    found = find_only_overlays(Workspace.current(), names or (".",))
    index = RememberedIndex(is_offline=is_offline)

    def work(named: NamedNotebook, cancel: CancelToken) -> OverlayCheck:
        if named.error is not None:
            raise named.error
        services = named.services
        ports = DiscoverPorts(
            services.files, services.installed, index.of(services.index), services.modules
        )
        return check_overlay_and_notebook(named.overlay or Overlay(""), ports, cancel)

    def show(entry: Entry[OverlayCheck]) -> None:
        if is_json:
            return
        if entry.error is not None:
            render.print_error(entry.error, entry.notebook.shown)
        else:
            render.print_check(entry.notebook.shown, entry.answer.result)

    entries = run_each(found, work, show, _WORKERS)
    if is_json:
        render.print_json([_checked_json(entry) for entry in entries])
    elif not entries:
        echo("no overlays")
    fine = all(e.error is None and e.answer.result.status is LockStatus.FRESH for e in entries)
    worst = max((DONE, *(entry.exit_code for entry in entries)))
    click.get_current_context().exit(max(worst, DONE if fine else FINDINGS))


def _checked_json(entry: Entry[OverlayCheck]) -> Json:
    shown = entry.notebook.shown
    if entry.error is not None:
        from ..formats.answers import error_json

        return {"overlay": shown, "error": error_json(entry.error)}
    checked = entry.answer
    return overlay_answers.overlay_check_json(shown, checked.result, checked.notebook)


def _extracted_json(shown: str, found: ExtractedOverlay, *, is_dry_run: bool) -> Json:
    return {
        "notebook": shown,
        **overlay_answers.overlay_json(found.name, found.folder, found.lock),
        "files": files_json(found.files),
        "foreign": [*found.foreign],
        "notes": [*found.notes],
        "dry_run": is_dry_run,
    }
