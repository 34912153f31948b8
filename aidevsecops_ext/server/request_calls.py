"""What the routes of requests to bots do, in a worker thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..app.ask_bot import AskRequest, ask_bot, plan_issue
from ..app.follow_request import follow_request, open_requests
from ..app.name_request import name_request
from ..formats import bot_answers
from .repository_calls import Body, find_repository

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .backstage import Backstage


def list_requests(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The open issues that ask a bot for something."""
    repository = find_repository(backstage, body, cancel)
    found = open_requests(repository.services.ask_ports(), cancel)
    return {
        "repository": repository.path,
        "requests": [bot_answers.issue_json(issue) for issue in found],
    }


def show_request(backstage: Backstage, body: Body, number: int, cancel: CancelToken) -> Body:
    """What became of one."""
    repository = find_repository(backstage, body, cancel)
    found = follow_request(number, repository.services.ask_ports(), cancel)
    return {"repository": repository.path, **bot_answers.followed_json(found)}


def make_request(backstage: Backstage, body: Body, cancel: CancelToken) -> Body:
    """The issue as it was opened, or would be."""
    repository = find_repository(backstage, body, cancel)
    ports = repository.services.ask_ports()
    wanted = name_request(cast("str", body["request"]), repository.services.plan_ports(), cancel)
    asked = AskRequest(wanted, cast("str", body.get("tag", "")))
    planned = plan_issue(asked, ports, cancel)
    is_dry_run = bool(body.get("dry_run", False))
    issue = planned.earlier if is_dry_run else ask_bot(planned, ports, cancel)
    return {
        "repository": repository.path,
        "dry_run": is_dry_run,
        **bot_answers.planned_json(planned, issue),
    }
