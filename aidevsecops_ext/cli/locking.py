"""The command that locks notebooks and overlays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..app.lock_notebook import LockOutcome
from ..domain.recommendation import RecommendationType
from ..formats.answers import change_json
from . import render
from .exit_codes import DONE, FINDINGS
from .finding import find_all
from .lock_each import lock_each, tell_lock
from .reading import entry_json
from .workspace import Workspace

if TYPE_CHECKING:
    from ..app.lock_notebook import LockPorts
    from ..domain.json_value import Json
    from ..wiring import Services
    from .lock_each import Locked
    from .lock_options import LockOptions


def run_lock(options: LockOptions) -> None:
    """Lock notebooks and overlays, answer what changed, exit with the worst of their statuses."""
    workspace = Workspace.current()
    notebooks = find_all(workspace, options.names, options.target.environment, options.excluded)
    workers = options.jobs or workspace.settings.heavy_jobs
    if len(notebooks) == 1:
        entries = lock_each(notebooks, options, _own_ports, workers, tell_lock(options))
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


def _own_ports(services: Services) -> LockPorts:
    return services.lock_ports()


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
