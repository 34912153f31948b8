"""What the command does that is a bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..app.bot_ports import BotPorts
from ..app.discover_requirements import DiscoverPorts
from ..app.relock_repository import RelockPorts
from ..app.run_bot import BotAction, BotOutcome, run_bot
from . import render
from .exit_codes import DONE, FINDINGS
from .release_work import working
from .screen import echo

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..wiring import Services


def run_the_bot(*, is_dry_run: bool, is_json: bool) -> None:
    """Do what issues ask for, answer what was done, exit with 1 where something did not work."""
    with working(is_quiet=is_json) as work:
        ports = _ports(work.services)
        actions = run_bot(ports, work.progress, work.cancel, is_dry_run=is_dry_run)
    if is_json:
        render.print_json([_json(action) for action in actions])
    for action in () if is_json else actions:
        closed = ", closed" if action.is_closed else ""
        title = f"#{action.issue.number} {action.issue.title}"
        echo(f"{title}: {action.outcome.value}{closed}. {action.message}")
    if not actions and not is_json:
        echo("No open issue asks for something.")
    has_failed = any(action.outcome is BotOutcome.FAILED for action in actions)
    click.get_current_context().exit(FINDINGS if has_failed else DONE)


def _ports(services: Services) -> BotPorts:
    plan, cut = services.plan_ports(), services.cut_ports()
    discover = DiscoverPorts(services.files, services.installed, services.index, services.modules)
    relock = RelockPorts(services.files, plan.git, discover, services.lock_ports())
    return BotPorts(plan, cut, relock)


def _json(action: BotAction) -> dict[str, Json]:
    return {
        "issue": action.issue.number,
        "title": action.issue.title,
        "author": action.issue.author,
        "url": action.issue.url,
        "outcome": action.outcome.value,
        "message": action.message,
        "closed": action.is_closed,
    }
