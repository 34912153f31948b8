"""The commands that only read: discover, check, show."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct

from ..app.discover_requirements import DiscoverPorts, discover_requirements
from ..app.open_notebook import OpenedNotebook, open_notebook
from ..domain.discovery import Discovery
from ..domain.lock import CheckResult, LockStatus
from ..formats import answers
from . import render
from .batch import run_each
from .exit_codes import DONE, FINDINGS
from .finding import find_all
from .remembered_index import RememberedIndex
from .workspace import DEFAULT_ENVIRONMENT, NamedNotebook, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..app.ports import CancelToken
    from ..domain.dependencies import Dependencies
    from ..domain.json_value import Json
    from ..domain.overlay import Overlay
    from .entries import Entry

# Reading takes the processor; only asking the index waits, and that for a few notebooks.
_WORKERS = 4

Answer = TypeVar("Answer")


class ReadOptions(Struct, frozen=True):
    """What the user asked to read, and how to answer."""

    names: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    is_json: bool = False
    is_offline: bool = False


def run_discover(options: ReadOptions) -> None:
    """Answer what notebooks need; exit with the worst of their statuses."""

    def work(notebook: NamedNotebook, cancel: CancelToken, index: RememberedIndex) -> Discovery:
        opened = open_notebook(notebook.path, notebook.services.files)
        return discover(notebook, opened, index, cancel)

    entries = _read(options, work, render.print_discovery, answers.discovery_json)
    _exit(entries)


def run_check(options: ReadOptions) -> None:
    """Answer the status of notebooks; exit with 1 when one is not fresh."""
    from ..app.check_notebook import check_notebook

    def work(notebook: NamedNotebook, cancel: CancelToken, index: RememberedIndex) -> CheckResult:
        if notebook.overlay is not None:
            return _check_overlay(notebook, notebook.overlay)
        opened = open_notebook(notebook.path, notebook.services.files)
        return check_notebook(opened.notebook, _discovered(notebook, opened, index, cancel))

    notebooks = find_all(
        Workspace.current(), options.names, _chosen_environment(), options.excluded
    )
    entries = _read(options, work, render.print_check, answers.check_json, notebooks=notebooks)
    if len(entries) > 1 and not options.is_json:
        from .render_batch import print_counts

        print_counts([entry.notebook for entry in entries], [_word(entry) for entry in entries])
    statuses = {entry.answer.status for entry in entries if entry.error is None}
    _exit(entries, DONE if statuses <= {LockStatus.FRESH} else FINDINGS)


def _chosen_environment() -> str | None:
    return os.environ.get(DEFAULT_ENVIRONMENT) or None


def _check_overlay(named: NamedNotebook, overlay: Overlay) -> CheckResult:
    # Slow to import, and most repositories have notebooks only.
    from ..app.check_overlay import check_overlay
    from .overlays import open_named

    return check_overlay(open_named(named, overlay))


def _word(entry: Entry[CheckResult]) -> str:
    return "failed" if entry.error is not None else entry.answer.status.value


def run_show(options: ReadOptions) -> None:
    """Answer everything about the dependencies of notebooks."""
    from ..app.inspect_dependencies import inspect_dependencies

    def work(notebook: NamedNotebook, cancel: CancelToken, index: RememberedIndex) -> Dependencies:
        opened = open_notebook(notebook.path, notebook.services.files)
        return inspect_dependencies(opened.notebook, _discovered(notebook, opened, index, cancel))

    entries = _read(options, work, render.print_dependencies, answers.dependencies_json)
    _exit(entries)


def discover(
    notebook: NamedNotebook, opened: OpenedNotebook, index: RememberedIndex, cancel: CancelToken
) -> Discovery:
    """What one notebook needs.

    Raises:
        RefusedError: the notebook is not Python.
        CancelledError: cancelled.
    """
    services = notebook.services
    ports = DiscoverPorts(
        services.files, services.installed, index.of(services.index), services.modules
    )
    return discover_requirements(opened.path, opened.notebook, ports, cancel)


def entry_json(entry: Entry[Answer], rendered: Callable[[str, Answer], Json]) -> Json:
    """An entry as JSON: its answer, or its error."""
    shown = entry.notebook.shown
    if entry.error is not None:
        answer: Json = answers.failure_json(shown, entry.error)
    else:
        answer = rendered(shown, entry.answer)
    if entry.notebook.overlay is None or not isinstance(answer, dict):
        return answer
    return {"overlay" if key == "notebook" else key: value for key, value in answer.items()}


def _discovered(
    notebook: NamedNotebook, opened: OpenedNotebook, index: RememberedIndex, cancel: CancelToken
) -> Discovery:
    # In another language there is nothing to discover, and the status says so.
    if not opened.notebook.is_python:
        return Discovery()
    return discover(notebook, opened, index, cancel)


def _read(
    options: ReadOptions,
    work: Callable[[NamedNotebook, CancelToken, RememberedIndex], Answer],
    print_answer: Callable[[str, Answer], None],
    rendered: Callable[[str, Answer], Json],
    *,
    notebooks: Sequence[NamedNotebook] | None = None,
) -> list[Entry[Answer]]:
    workspace = Workspace.current()
    is_always_list = notebooks is not None
    notebooks = workspace.find(options.names) if notebooks is None else notebooks
    index = RememberedIndex(is_offline=options.is_offline)

    def on_entry(entry: Entry[Answer]) -> None:
        if options.is_json:
            return
        if entry.error is not None:
            render.print_error(entry.error, entry.notebook.shown)
        else:
            print_answer(entry.notebook.shown, entry.answer)

    entries = run_each(
        notebooks,
        lambda notebook, cancel: work(notebook, cancel, index),
        on_entry,
        _WORKERS,
        is_processor_bound=True,
    )
    if options.is_json:
        values = [entry_json(entry, rendered) for entry in entries]
        is_single = workspace.is_one(options.names) and not is_always_list
        render.print_json(values[0] if is_single else values)
    return entries


def _exit(entries: list[Entry[Answer]], least: int = DONE) -> None:
    status = max((least, *(entry.exit_code for entry in entries)))
    click.get_current_context().exit(status)
