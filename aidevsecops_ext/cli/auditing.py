"""The command that asks what is known against locked packages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from .._version import __version__
from ..app.audit_notebook import audit_notebook
from ..app.audit_overlay import audit_overlay
from ..app.open_notebook import open_notebook
from ..formats.audit_answers import audit_json
from ..formats.sarif import sarif_of
from . import render
from .batch import run_each
from .exit_codes import DONE, FINDINGS, OUTSIDE_FAILED
from .finding import find_all
from .overlays import open_named
from .progress import progress_board
from .reading import entry_json
from .render_audits import print_audit
from .render_batch import print_counts
from .sharing import Sharing
from .workspace import DEFAULT_ENVIRONMENT, NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from ..domain.advisories import Audit
    from .entries import Entry


class AuditOptions(Struct, frozen=True):
    """What the user asked to audit; ``style`` is table, json or sarif."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    style: str = "table"
    service: str | None = None
    is_unchecked_allowed: bool = False


def run_audit(options: AuditOptions) -> None:
    """Audit each notebook; exit with 1 on an advisory, 4 when something was not checked."""
    workspace = Workspace.current()
    if options.service:
        workspace.settings = replace(workspace.settings, advisory_service=_service(options.service))
    notebooks = find_all(
        workspace,
        options.names,
        os.environ.get(DEFAULT_ENVIRONMENT) or None,
        options.excluded,
    )
    sharing = Sharing(workspace.settings.heavy_jobs)
    is_table = options.style == "table"

    def on_entry(entry: Entry[Audit]) -> None:
        if entry.error is not None and options.style != "json":
            render.print_error(entry.error, entry.notebook.shown)
        elif entry.error is None and is_table:
            print_audit(entry.notebook.shown, entry.answer)

    is_quiet = not is_table or len(notebooks) > 1
    with progress_board(is_quiet=is_quiet, is_verbose=False) as board:

        def work(notebook: NamedNotebook, cancel: CancelToken) -> Audit:
            services = notebook.services
            ports = sharing.audit_ports(services)
            progress = board.of(notebook.shown)
            try:
                if notebook.overlay is None:
                    opened = open_notebook(notebook.path, services.files)
                    return audit_notebook(notebook.path, opened.notebook, ports, progress, cancel)
                overlay = open_named(notebook, notebook.overlay)
                return audit_overlay(overlay, ports, progress, cancel)
            finally:
                board.end(notebook.shown)

        entries = run_each(notebooks, work, on_entry, workspace.settings.heavy_jobs)
    if is_table and len(entries) > 1:
        print_counts(notebooks, [_word(entry) for entry in entries])
    if options.style == "json":
        render.print_json([entry_json(entry, audit_json) for entry in entries])
    elif options.style == "sarif":
        render.print_json(
            sarif_of(
                {e.notebook.shown: e.answer for e in entries if e.error is None},
                {e.notebook.shown: e.error.message for e in entries if e.error is not None},
                __version__,
            )
        )
    least = _status([e.answer for e in entries if e.error is None], options)
    failed = [entry.exit_code for entry in entries if entry.error is not None]
    click.get_current_context().exit(max((least, *failed)))


def _word(entry: Entry[Audit]) -> str:
    if entry.error is not None:
        return "failed"
    if entry.answer.vulnerable:
        return "with advisories"
    return "not wholly checked" if entry.answer.unchecked else "without known advisory"


def _status(audits: list[Audit], options: AuditOptions) -> int:
    if any(audit.vulnerable for audit in audits):
        return FINDINGS
    if not options.is_unchecked_allowed and any(audit.unchecked for audit in audits):
        return OUTSIDE_FAILED
    return DONE


def _service(text: str) -> str:
    # A folder is meant from where the user is, not from the repository's root.
    return text if "://" in text else str(Path(text).expanduser().absolute())
