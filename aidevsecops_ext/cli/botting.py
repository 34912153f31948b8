"""What the commands about bots do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..app.ask_bot import AskRequest, ask_bot, plan_issue
from ..app.follow_request import follow_request, open_requests
from ..formats import bot_answers
from ..formats.git_cliff import plain_line
from . import render, render_releases
from .release_work import agree, working
from .screen import echo, echo_styled

if TYPE_CHECKING:
    from ..domain.bot_issues import FollowedRequest, PlannedIssue
    from ..domain.bot_requests import BotRequest


class AskOptions(Struct, frozen=True):
    """What the user wants to ask for, and how."""

    request: BotRequest
    tag: str = ""
    is_dry_run: bool = False
    is_agreed: bool = False
    is_json: bool = False


def run_ask(options: AskOptions) -> None:
    """Show the issue, and open it."""
    asked = AskRequest(options.request, options.tag)
    with working(is_quiet=True) as work:
        ports = work.services.ask_ports()
        planned = plan_issue(asked, ports, work.cancel)
        if not options.is_json:
            _print_planned(planned)
        issue = planned.earlier
        if not options.is_dry_run and issue is None:
            agree(f"Open the issue at {planned.place}?", options.is_agreed)
            issue = ask_bot(planned, ports, work.cancel)
    if options.is_json:
        render.print_json(bot_answers.planned_json(planned, issue))
    elif issue is not None:
        done = "is open already" if planned.earlier is not None else "is open"
        echo_styled(f"Issue #{issue.number} {done}: {issue.url}", fg="green")
        echo(f"Follow it with: aidevsecops bot status {issue.number}")


def run_status(number: int, *, is_json: bool) -> None:
    """Answer what became of an issue."""
    with working(is_quiet=True) as work:
        found = follow_request(number, work.services.ask_ports(), work.cancel)
    if is_json:
        render.print_json(bot_answers.followed_json(found))
    else:
        _print_followed(found)


def run_requests(*, is_json: bool) -> None:
    """Answer which issues ask a bot for something."""
    with working(is_quiet=True) as work:
        found = open_requests(work.services.ask_ports(), work.cancel)
    if is_json:
        render.print_json([bot_answers.issue_json(issue) for issue in found])
        return
    for issue in found:
        echo(f"#{issue.number} {issue.title}, asked by {plain_line(issue.author)}: {issue.url}")
    if not found:
        echo("No open issue asks a bot for something.")


def _print_planned(planned: PlannedIssue) -> None:
    text = planned.text
    echo_styled(f"{text.title}", is_bold=True)
    echo(f"At {planned.place}, {f'from {planned.template}' if planned.template else 'usual'}")
    echo(f"Labels: {', '.join(text.labels) or 'none'}")
    echo(f"Assigned to: {', '.join(text.assignees) or 'nobody'}")
    for line in text.body.splitlines():
        echo(f"  {line}".rstrip())


def _print_followed(found: FollowedRequest) -> None:
    issue, linked = found.issue, found.pull_request
    echo(f"#{issue.number} {plain_line(issue.title)}: {'open' if issue.is_open else 'closed'}")
    for comment in found.comments:
        first = next(iter(comment.body.strip().splitlines()), "")
        echo(f"  {plain_line(comment.author)}: {plain_line(first)}")
    if linked is not None:
        echo(f"  Pull request #{linked.number} is {linked.state.value}: {linked.url}")
    if found.tag:
        echo(f"  Tagged {found.tag}")
    for build in found.builds:
        echo(f"  {render_releases.build_line(build)}")
