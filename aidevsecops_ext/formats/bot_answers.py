"""What was asked of bots, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .release_answers import builds_json, pull_request_json, utc_text

if TYPE_CHECKING:
    from ..domain.bot_issues import FollowedRequest, PlannedIssue
    from ..domain.forge import Issue
    from ..domain.json_value import Json


def planned_json(planned: PlannedIssue, issue: Issue | None) -> dict[str, Json]:
    """An issue that would be opened, and the one that is open."""
    text = planned.text
    return {
        "title": text.title,
        "body": text.body,
        "labels": [*text.labels],
        "assignees": [*text.assignees],
        "template": planned.template,
        "forge": planned.place,
        "is_open_already": planned.earlier is not None,
        "issue": None if issue is None else issue_json(issue),
    }


def issue_json(issue: Issue) -> dict[str, Json]:
    """An issue as the forge has it."""
    return {
        "number": issue.number,
        "title": issue.title,
        "author": issue.author,
        "url": issue.url,
        "is_open": issue.is_open,
        "created_at": utc_text(issue.created_at),
    }


def followed_json(found: FollowedRequest) -> dict[str, Json]:
    """What became of an issue."""
    return {
        **issue_json(found.issue),
        "comments": [
            {"author": one.author, "body": one.body, "created_at": utc_text(one.created_at)}
            for one in found.comments
        ],
        "pull_request": pull_request_json(found.pull_request),
        "tag": found.tag,
        "builds": builds_json(found.builds),
    }
