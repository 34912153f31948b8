"""The command that locks notebooks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import click

from ..app.folder_of import folder_of
from ..app.lock_notebook import (
    LockOutcome,
    LockPorts,
    LockRequest,
    choose_resolver,
    lock_notebook,
)
from ..app.open_notebook import open_notebook
from ..app.recommend import RecommendPorts
from ..app.save_notebook import save_notebook
from ..domain.recommendation import RecommendationType
from ..domain.target import TargetChoice
from ..domain.thoth import ThothOptions
from ..formats.answers import change_json
from ..wiring import Services
from . import render
from .batch import run_each
from .entries import Entry
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .reading import discover, entry_json
from .remembered_index import RememberedIndex
from .workspace import DEFAULT_ENVIRONMENT, NamedNotebook, Workspace

if TYPE_CHECKING:
    from ..app.lock_overlay import OverlayLock
    from ..app.ports import CancelToken, Progress
    from ..domain.json_value import Json
    from ..domain.lock import Lock, LockChange

PortsOf: TypeAlias = Callable[[Services], LockPorts]
Tell: TypeAlias = Callable[[Entry["Locked"]], None]


@dataclass(frozen=True, slots=True)
class LockOptions:
    """What the user asked to lock, and how."""

    names: tuple[str, ...]
    target: TargetChoice = TargetChoice()
    engine: str | None = None
    recommendation: RecommendationType | None = None
    trusted: tuple[str, ...] = ()
    jobs: int | None = None
    is_upgrade: bool = False
    upgrade_packages: tuple[str, ...] = ()
    with_advisories: bool = False
    fallback: str | None = None
    thoth: ThothOptions = ThothOptions()
    is_dry_run: bool = False
    is_change_finding: bool = False
    is_verbose: bool = False
    is_json: bool = False

    @classmethod
    def of(
        cls, names: tuple[str, ...], *, is_json: bool, options: Mapping[str, object]
    ) -> LockOptions:
        """The options as click gives them.

        Raises:
            click.UsageError: two of them exclude each other.
        """

        def text(name: str) -> str | None:
            value = options.get(name)
            return value if isinstance(value, str) else None

        target = TargetChoice(
            environment=text("runtime_environment"),
            python_version=text("python_version"),
            platform=text("python_platform"),
            is_universal=options.get("universal") is True,
        )
        if target.environment and target != TargetChoice(environment=target.environment):
            raise click.UsageError(
                "--runtime-environment says what to lock for, so it excludes "
                "--python-version, --python-platform and --universal."
            )
        if target == TargetChoice():
            # What thamos and horus took for the default; an option says otherwise.
            target = TargetChoice(environment=os.environ.get(DEFAULT_ENVIRONMENT) or None)
        kind = text("recommendation_type")
        trusted, jobs = options.get("trusted"), options.get("jobs")
        upgraded = options.get("upgrade_packages")
        return cls(
            names=names,
            target=target,
            engine=text("engine"),
            recommendation=RecommendationType(kind) if kind else None,
            trusted=trusted if isinstance(trusted, tuple) else (),
            jobs=jobs if isinstance(jobs, int) else None,
            is_upgrade=options.get("upgrade") is True,
            upgrade_packages=upgraded if isinstance(upgraded, tuple) else (),
            with_advisories=options.get("advisories") is True,
            fallback=text("fallback"),
            thoth=_thoth_options(options),
            is_dry_run=options.get("dry_run") is True,
            is_change_finding=options.get("fail_on_change") is True,
            is_verbose=options.get("verbose") is True,
            is_json=is_json,
        )


def _thoth_options(options: Mapping[str, object]) -> ThothOptions:
    given = options.get("labels")
    words = [
        word for text in (given if isinstance(given, tuple) else ()) for word in text.split(",")
    ]
    labels = [word.partition("=") for word in words]
    for key, sign, value in labels:
        if not (key.strip() and sign and value.strip()):
            raise click.UsageError(f"A label is written like team=research, not '{key}{sign}'.")
    timeout, is_dev = options.get("timeout"), options.get("dev")
    return ThothOptions(
        labels=tuple((key.strip(), value.strip()) for key, _, value in labels),
        timeout=timeout if isinstance(timeout, float) else None,
        is_forced=options.get("force") is True,
        is_dev=is_dev if isinstance(is_dev, bool) else None,
    )


@dataclass(frozen=True, slots=True)
class Locked:
    """The lock of a notebook or an overlay, how long it took, and if it changed anything."""

    outcome: LockOutcome | OverlayLock
    seconds: float
    is_changed: bool


def run_lock(options: LockOptions) -> None:
    """Lock notebooks and overlays, answer what changed, exit with the worst of their statuses."""
    workspace = Workspace.current()
    notebooks = workspace.find_all(options.names, options.target.environment)
    workers = options.jobs or workspace.settings.heavy_jobs
    if len(notebooks) == 1:
        entries = lock_each(notebooks, options, lock_ports, workers, tell_lock(options))
    else:
        # Not needed for one notebook, whose lock should start quickly.
        from .locking_many import lock_many

        entries = lock_many(notebooks, options, workers)
    if options.is_json:
        values = [
            entry_json(entry, lambda shown, answer: _json(shown, answer, options))
            for entry in entries
        ]
        render.print_json(values[0] if workspace.is_one(options.names) else values)
    status = max((DONE, *(entry.exit_code for entry in entries)))
    is_any_changed = any(e.error is None and e.answer.is_changed for e in entries)
    if options.is_change_finding and is_any_changed:
        status = max(status, FINDINGS)
    click.get_current_context().exit(status)


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


@dataclass(frozen=True, slots=True)
class _Tools:
    index: RememberedIndex
    ports: LockPorts
    progress: Progress


def _lock(
    notebook: NamedNotebook, options: LockOptions, tools: _Tools, cancel: CancelToken
) -> tuple[LockOutcome, bool]:
    tools.progress.report("Looking for what the notebook imports")
    choose_resolver(options.engine, tools.ports).prepare(folder_of(notebook.path), cancel)
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


def lock_ports(services: Services) -> LockPorts:
    """What locking needs, as the services have it."""
    return LockPorts(
        files=services.files,
        index=services.index,
        resolvers=services.resolvers,
        recommend=RecommendPorts(
            services.clock,
            services.audit_ports,
            services.settings.stable_days,
        ),
        default_engine=services.settings.default_engine,
        default_python=f"{sys.version_info.major}.{sys.version_info.minor}",
        trusted_indexes=services.settings.trusted_indexes,
        here=services.platform,
        thoth=services.thoth,
    )


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


def _json(shown: str, locked: Locked, options: LockOptions) -> Json:
    outcome = locked.outcome
    answer: dict[str, Json] = {
        "notebook": shown,
        "engine": outcome.engine,
        "packages": outcome.lock.count,
        "hash": outcome.lock.requirements_hash,
        "changed": change_json(outcome.change),
        "seconds": round(locked.seconds, 3),
    }
    if outcome.recommendation is not RecommendationType.LATEST:
        answer["recommendation_type"] = outcome.recommendation.value
    if outcome.notes:
        answer["notes"] = [*outcome.notes]
    if outcome.advisories is not None:
        from ..formats.audit_answers import advisory_change_json

        answer["advisories"] = advisory_change_json(outcome.advisories)
    if not options.is_dry_run:
        return answer
    if isinstance(outcome, LockOutcome):
        answer["edit"] = {"metadata": dict(outcome.edit.metadata)}
    else:
        from .locking_overlays import files_json

        answer["files"] = files_json(outcome)
    return answer
