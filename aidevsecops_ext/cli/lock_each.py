"""Lock notebooks and overlays one by one, and tell how each ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from ..app.lock_notebook import (
    LockOutcome,
    LockPorts,
    LockRequest,
    lock_notebook,
)
from ..app.open_notebook import open_notebook
from ..app.save_notebook import save_notebook
from ..wiring import Services
from . import render
from .batch import run_each
from .entries import Entry
from .progress import progress_board
from .reading import discover
from .remembered_index import RememberedIndex

if TYPE_CHECKING:
    from ..app.lock_overlay import OverlayLock
    from ..app.ports import CancelToken, Progress
    from ..domain.lock import Lock, LockChange
    from .lock_options import LockOptions
    from .workspace import NamedNotebook

PortsOf: TypeAlias = Callable[[Services], LockPorts]
Tell: TypeAlias = Callable[[Entry["Locked"]], None]


class Locked(Struct, frozen=True):
    """The lock of a notebook or an overlay, how long it took, and if it changed anything."""

    outcome: LockOutcome | OverlayLock
    seconds: float
    is_changed: bool


def lock_each(
    notebooks: Sequence[NamedNotebook],
    options: LockOptions,
    ports_of: PortsOf,
    workers: int,
    tell: Tell,
) -> list[Entry[Locked]]:
    """How the lock of each ended, in their order; ``tell`` hears of each unless JSON is asked."""
    index = RememberedIndex()
    is_quiet = options.is_json or len(notebooks) > 1
    with progress_board(is_quiet=is_quiet, is_verbose=options.is_verbose) as board:

        def work(notebook: NamedNotebook, cancel: CancelToken) -> Locked:
            started = time.monotonic()
            progress = board.of(notebook.shown)
            tools = _Tools(index, ports_of(notebook.services), progress)
            try:
                if notebook.overlay is None:
                    outcome, is_changed = _lock(notebook, options, tools, cancel)
                    return Locked(outcome, time.monotonic() - started, is_changed)
                from .locking_overlays import lock_named_overlay

                locked, is_changed = lock_named_overlay(
                    notebook, options, tools.ports, progress, cancel
                )
                return Locked(locked, time.monotonic() - started, is_changed)
            finally:
                board.end(notebook.shown)

        def on_entry(entry: Entry[Locked]) -> None:
            if not options.is_json:
                tell(entry)

        return run_each(notebooks, work, on_entry, workers)


def tell_lock(
    options: LockOptions, shown: Callable[[LockChange, Lock], LockChange] | None = None
) -> Tell:
    """What prints how a lock ended, with all that changed in it, or what is ``shown`` of that."""

    def tell(entry: Entry[Locked]) -> None:
        if entry.error is not None:
            render.print_error(entry.error, entry.notebook.shown)
            return
        outcome = entry.answer.outcome
        summary = _summary(entry.answer, is_dry_run=options.is_dry_run, is_timed=shown is None)
        change = shown(outcome.change, outcome.lock) if shown else outcome.change
        render.print_lock(entry.notebook.shown, summary, change, outcome.notes)
        if outcome.advisories is not None:
            from .render_audits import print_advisory_change

            print_advisory_change(outcome.advisories)

    return tell


class _Tools(Struct, frozen=True):
    index: RememberedIndex
    ports: LockPorts
    progress: Progress


def _lock(
    notebook: NamedNotebook, options: LockOptions, tools: _Tools, cancel: CancelToken
) -> tuple[LockOutcome, bool]:
    tools.progress.report("Looking for what the notebook imports")
    opened = open_notebook(notebook.path, notebook.services.files)
    request = LockRequest(
        path=notebook.path,
        notebook=opened.notebook,
        discovery=discover(notebook, opened, tools.index, cancel),
        target=options.target,
        engine=options.engine,
        recommendation=options.recommendation,
        upgrade=options.is_upgrade,
        upgrade_packages=options.upgrade_packages,
        with_advisories=options.with_advisories,
        fallback=options.fallback,
        thoth=options.thoth,
        trusted_indexes=options.trusted,
    )
    outcome = lock_notebook(request, tools.ports, tools.progress, cancel)
    cancel.raise_if_cancelled()
    is_changed = not outcome.edit.is_empty
    if not options.is_dry_run:
        is_changed = save_notebook(opened, outcome.edit, notebook.services.files)
    return outcome, is_changed


def word_of(locked: Locked, *, is_dry_run: bool) -> str:
    """What came of a lock, in a word or two."""
    if not locked.is_changed:
        return "already locked"
    return "would lock" if is_dry_run else "locked"


def _summary(locked: Locked, *, is_dry_run: bool, is_timed: bool) -> str:
    count = locked.outcome.lock.count
    packages = f"{count} package{'' if count == 1 else 's'}"
    what = f"{packages} for {locked.outcome.target.describe()}"
    # Among many, most of the time was spent waiting for others.
    what += f", {locked.seconds:.1f} s" if is_timed else ""
    word = word_of(locked, is_dry_run=is_dry_run)
    return f"{word} {what}" if locked.is_changed else f"{word}: {what}"
