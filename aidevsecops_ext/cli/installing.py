"""What the commands about kernels do."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, TypeVar

import click
from msgspec import Struct

from ..app.check_kernel import check_installed_kernel, check_kernel
from ..app.delete_kernel import delete_kernel
from ..app.list_kernels import list_kernels
from ..app.make_kernel import KernelRequest, make_kernel
from ..app.open_notebook import open_notebook
from ..app.refresh_kernel import RefreshRequest, refresh_kernel
from ..app.save_notebook import save_notebook
from ..formats import kernel_answers
from ..formats.answers import failure_json
from . import render, render_kernels
from .batch import run_each
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .workspace import NamedNotebook, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..app.ports import CancelToken, Progress
    from ..domain.json_value import Json
    from ..domain.kernels import KernelCheck, KernelPlan, KernelRemoval
    from .entries import Entry

Answer = TypeVar("Answer")


class KernelOptions(Struct, frozen=True):
    """What the user asked for; ``what`` is a notebook or the name of a kernel."""

    what: str
    name: str | None = None
    display_name: str | None = None
    trusted: tuple[str, ...] = ()
    is_forced: bool = False
    is_dry_run: bool = False
    is_verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(cls, what: str, options: Mapping[str, object]) -> KernelOptions:
        """The options as click gives them."""
        name, trusted = options.get("name"), options.get("trusted")
        shown = options.get("display_name")
        return cls(
            what=what,
            name=name if isinstance(name, str) else None,
            display_name=shown if isinstance(shown, str) else None,
            trusted=trusted if isinstance(trusted, tuple) else (),
            is_forced=options.get("force") is True,
            is_dry_run=options.get("dry_run") is True,
            is_verbose=options.get("verbose") is True,
            is_json=options.get("is_json") is True,
        )


class _Made(Struct, frozen=True):
    plan: KernelPlan
    seconds: float


def run_install(options: KernelOptions) -> None:
    """Make a kernel, switch the notebook to it, and answer what was done."""

    def work(notebook: NamedNotebook, progress: Progress, cancel: CancelToken) -> KernelPlan:
        opened = open_notebook(notebook.path, notebook.services.files)
        request = KernelRequest(
            path=notebook.path,
            notebook=opened.notebook,
            name=options.name,
            display_name=options.display_name,
            is_forced=options.is_forced,
            is_dry_run=options.is_dry_run,
            trusted_indexes=options.trusted,
        )
        plan = make_kernel(request, notebook.services.kernel_ports(), progress, cancel)
        if not options.is_dry_run:
            save_notebook(opened, plan.edit, notebook.services.files)
        return plan

    _make(Workspace.current().find_one(options.what), options, work)


def run_refresh(options: KernelOptions) -> None:
    """Make a kernel anew and answer what was done."""

    def work(named: NamedNotebook, progress: Progress, cancel: CancelToken) -> KernelPlan:
        request = RefreshRequest(options.what, options.is_dry_run, options.trusted)
        return refresh_kernel(request, named.services.kernel_ports(), progress, cancel)

    _make(_everywhere(options.what), options, work)


def run_list(*, is_json: bool) -> None:
    """Answer which kernels were made from locks."""
    services = Workspace.current().everywhere()
    records = list_kernels(services.kernel_ports())
    if is_json:
        render.print_json([_listed(kernel_answers.kernel_json(record)) for record in records])
    else:
        render_kernels.print_kernels(records, services.clock.now())


def run_check_kernel(what: str, *, is_json: bool) -> None:
    """Answer how a kernel compares with a lock; exit with 1 when it differs or is broken."""
    if what.endswith(".ipynb") or os.path.isfile(what):
        named = Workspace.current().find_one(what)
        opened = open_notebook(named.path, named.services.files)
        check = check_kernel(opened.notebook, named.services.kernel_ports())
    else:
        named = _everywhere(what)
        check = check_installed_kernel(what, named.services.kernel_ports())
    if is_json:
        render.print_json(kernel_answers.kernel_check_json(check))
    else:
        render_kernels.print_kernel_check(named.shown, check)
    click.get_current_context().exit(DONE if _is_fine(check) else FINDINGS)


def run_delete(options: KernelOptions) -> None:
    """Delete a kernel and answer what was removed."""

    def work(named: NamedNotebook, cancel: CancelToken) -> KernelRemoval:
        ports = named.services.kernel_ports()
        return delete_kernel(options.what, ports, cancel, is_dry_run=options.is_dry_run)

    def show(entry: Entry[KernelRemoval]) -> None:
        _show(
            entry,
            options,
            lambda removal: kernel_answers.kernel_removal_json(
                removal, is_dry_run=options.is_dry_run
            ),
            lambda removal: render_kernels.print_kernel_removal(
                removal, is_dry_run=options.is_dry_run
            ),
        )

    _exit(run_each([_everywhere(options.what)], work, show, workers=1))


def _make(
    named: NamedNotebook,
    options: KernelOptions,
    work: Callable[[NamedNotebook, Progress, CancelToken], KernelPlan],
) -> None:
    def timed(notebook: NamedNotebook, cancel: CancelToken) -> _Made:
        started = time.monotonic()
        plan = work(notebook, board.of(notebook.shown), cancel)
        return _Made(plan, time.monotonic() - started)

    def show(entry: Entry[_Made]) -> None:
        _show(
            entry,
            options,
            lambda made: _made_json(named.shown, made, options),
            lambda made: render_kernels.print_kernel_plan(
                named.shown, made.plan, made.seconds, is_dry_run=options.is_dry_run
            ),
        )

    with progress_board(is_quiet=options.is_json, is_verbose=options.is_verbose) as board:
        entries = run_each([named], timed, lambda _: None, workers=1)
    for entry in entries:
        show(entry)
    _exit(entries)


def _show(
    entry: Entry[Answer],
    options: KernelOptions,
    rendered: Callable[[Answer], Json],
    print_answer: Callable[[Answer], None],
) -> None:
    shown = entry.notebook.shown
    if options.is_json:
        render.print_json(
            failure_json(shown, entry.error) if entry.error is not None else rendered(entry.answer)
        )
    elif entry.error is not None:
        render.print_error(entry.error, shown)
    else:
        print_answer(entry.answer)


def _made_json(shown: str, made: _Made, options: KernelOptions) -> Json:
    answer: dict[str, Json] = {
        "notebook": shown,
        **kernel_answers.kernel_plan_json(made.plan, is_dry_run=options.is_dry_run),
        "seconds": round(made.seconds, 3),
    }
    if options.is_dry_run:
        answer["edit"] = {"metadata": dict(made.plan.edit.metadata)}
    return answer


def _everywhere(name: str) -> NamedNotebook:
    """A kernel by its name: whatever notebook it was made for may be read."""
    return NamedNotebook("", name, Workspace.current().everywhere())


def _listed(kernel: dict[str, Json]) -> Json:
    notebook = kernel["notebook"]
    # Below the root of everything, a path lacks only what leads there.
    shown = os.path.join(_anchor(), notebook) if isinstance(notebook, str) else None
    return {**kernel, "notebook": shown}


def _anchor() -> str:
    return os.path.abspath(os.sep)


def _is_fine(check: KernelCheck) -> bool:
    return check.matches is not False and check.state.value in ("ok", "foreign")


def _exit(entries: list[Entry[Answer]]) -> None:
    click.get_current_context().exit(max((DONE, *(entry.exit_code for entry in entries))))
