"""Splits in a terminal: a preview, or the files themselves."""

from __future__ import annotations

import gc
import json
import os
import posixpath
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from ..app.discover_requirements import DiscoverPorts
from ..app.open_notebook import open_notebook
from ..app.split_notebook import SplitRequest, split_notebook
from ..domain.cut import CutRequest
from ..formats.answers import failure_json
from ..formats.split_answers import split_json
from . import render
from .batch import run_each
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .remembered_index import RememberedIndex
from .render_splits import print_split
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..app.apply_split import AppliedSplit
    from ..app.open_notebook import OpenedNotebook
    from ..app.ports import CancelToken
    from ..domain.json_value import Json
    from ..domain.split_preview import Split
    from .split_options import SplitOptions
    from .workspace import Place


class _Done(Struct, frozen=True):
    """What came of it: the split, and what was written unless it was a preview."""

    opened: OpenedNotebook
    split: Split
    applied: AppliedSplit | None = None


def run_split(options: SplitOptions) -> None:
    """Split, or show what would be done; exit with 1 where a verification does not hold."""
    workspace = Workspace.current()
    named = workspace.find_one(options.notebook)
    place = workspace.place_of(named.shown)

    def work(notebook: NamedNotebook, cancel: CancelToken) -> _Done:
        opened = open_notebook(notebook.path, notebook.services.files)
        request = _request(options, opened, workspace, notebook)
        services = notebook.services
        index = None if options.is_offline else RememberedIndex().of(services.index)
        ports = DiscoverPorts(services.files, services.installed, index, services.modules)
        if options.is_dry_run:
            with _no_collection():
                return _Done(opened, split_notebook(request, ports, cancel))
        # Slow to import, and a preview does without.
        from .applying import ApplyTools, apply, write_report

        tools = ApplyTools(services, board.of(notebook.shown), cancel)
        applied = apply(options, opened, request, ports, tools)
        if options.report is not None and applied.verification is not None:
            write_report(applied.verification, services, workspace.place_of(options.report))
        return _Done(opened, applied.split, applied)

    with progress_board(is_quiet=options.is_json, is_verbose=options.is_verbose) as board:
        [entry] = run_each([named], work, lambda _: None, 1)
    context = click.get_current_context()
    if entry.error is not None:
        if not options.is_json:
            raise entry.error
        render.print_json(failure_json(named.shown, entry.error))
        context.exit(entry.exit_code)
    done = entry.answer
    if options.is_json:
        render.print_json(_json(done, place))
    else:
        print_split(done.split, done.applied, place.shown, is_diff=options.is_diff)
    context.exit(DONE if done.applied is None or _holds(done.applied) else FINDINGS)


def _holds(applied: AppliedSplit) -> bool:
    """False where a verification finds differences, or has nothing to compare."""
    found = applied.verification
    return applied.verified is not False and (found is None or found.has_compared)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing looks for garbage meanwhile: syntax trees are many, and all in use."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _request(
    options: SplitOptions, opened: OpenedNotebook, workspace: Workspace, named: NamedNotebook
) -> SplitRequest:
    source: Json = json.loads(opened.file.text.removeprefix("\ufeff"))
    overlays_dir = None
    if options.overlays_dir is not None:
        overlays_dir = _beside_settings(workspace.place_of(options.overlays_dir), named)
    return SplitRequest(
        path=opened.path,
        notebook=opened.notebook,
        source=source if isinstance(source, dict) else {},
        cut=CutRequest(options.by, options.level),
        out=None if options.out is None else _inside(workspace.place_of(options.out), named),
        has_overlays=options.has_overlays,
        has_module=options.has_module,
        overlays_dir=overlays_dir,
        is_pruned=options.is_pruned,
    )


def _inside(place: Place, named: NamedNotebook) -> str:
    """A folder as seen from the root that the notebook is below."""
    root = Path(os.path.abspath(named.shown)).parents[named.path.count("/")]
    return os.path.relpath(place.root / place.path, root).replace(os.sep, "/")


def _beside_settings(place: Place, named: NamedNotebook) -> str:
    """A folder as seen from the project of the notebook, where its ``.thoth.yaml`` is."""
    from ..app.project_folder import project_folder

    project = project_folder(named.path, named.services.files)
    return posixpath.relpath(_inside(place, named), project or ".")


def _json(done: _Done, place: Place) -> Json:
    answer = split_json(done.split, done.opened.notebook, place.shown)
    if done.applied is None:
        return answer
    from .applying import applied_json

    return {**answer, **applied_json(done.applied, place.shown)}
