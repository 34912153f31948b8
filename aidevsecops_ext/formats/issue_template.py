"""Issues as bots want them: from the repository's own templates, else as they usually are.

A template is Markdown below a front matter of YAML that says title, labels and assignees. The line
``Tag:`` is read by a program that takes all that comes after a colon on any line, so there must be
no other such line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.bot_issues import IssueText
from ..domain.bot_requests import Wish
from ..domain.errors import ErrorCode, UserError
from ..domain.versions import ReleaseKind
from .yaml_values import yaml_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.bot_requests import BotRequest
    from ..domain.json_value import Json

_FOLDERS = re.compile(r"\.(?:github|gitea|forgejo)/ISSUE_TEMPLATE/[^/]+\.md", re.I)
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<front>.*?)\r?\n---[ \t]*(?:\r?\n|\Z)(?P<body>.*)", re.S)
_TAG_LINE = re.compile(r"^[ \t]*Tag:[^\n]*$", re.M)
# What a container registry takes for one.
_TAG = re.compile(r"\w[\w.-]{0,127}", re.ASCII)
_ASSIGNEE = "sesheta"


def is_issue_template(path: str) -> bool:
    """True for the path of a template."""
    return _FOLDERS.fullmatch(path) is not None


def read_issue_template(text: str) -> IssueText | None:
    """What a template says; None where it is none."""
    found = _FRONT.match(text)
    if found is None:
        return None
    try:
        front = yaml_table(found["front"])
    except ValueError:
        return None
    title = front.get("title")
    if not isinstance(title, str) or not title.strip():
        return None
    body = found["body"].replace("\r\n", "\n").strip()
    return IssueText(title.strip(), body, _names(front, "labels"), _names(front, "assignees"))


def usual_issue(request: BotRequest) -> IssueText:
    """What the templates of the tutorials say."""
    assignees = () if request.wish in {Wish.UPDATE, Wish.ADVISE} else (_ASSIGNEE,)
    return IssueText(request.title, _usual_body(request), ("bot",), assignees)


def with_tag(body: str, tag: str) -> str | None:
    """The body of a template that asks for that tag; None where it cannot ask for one alone.

    Raises:
        UserError: it is no tag.
    """
    if not _TAG.fullmatch(tag):
        raise UserError(
            ErrorCode.BOT_TAG_INVALID,
            f"'{tag}' is no tag of an image.",
            hint="A tag has letters, digits, '.', '_' and '-', such as v1.4.0.",
            details={"tag": tag},
        )
    lines = _TAG_LINE.findall(body)
    filled = _TAG_LINE.sub(f"Tag: {tag}", body)
    told = [line.partition(":")[2].partition(":")[0].strip() for line in filled.splitlines()]
    return filled if len(lines) == 1 and [one for one in told if one] == [tag] else None


def _usual_body(request: BotRequest) -> str:
    if request.has_tag:
        return "Hey, AICoE-CI!\n\nPlease build and deliver the following git tag:\n\nTag: x.y.z"
    return f"Hey, Kebechet!\n\n{_wish(request)}, please."


def _wish(request: BotRequest) -> str:
    if request.wish is Wish.INFO:
        return "Give me information about my dependencies"
    if request.wish is not Wish.RELEASE:
        return "Update my dependencies"
    if request.kind is ReleaseKind.EXPLICIT:
        return f"Release version {request.version}"
    if request.kind is ReleaseKind.FINALIZE:
        return "Finalize the version"
    return f"Create a {request.title.replace('New', 'new', 1)}"


def _names(front: Mapping[str, Json], key: str) -> tuple[str, ...]:
    """A list, or names between commas."""
    value = front.get(key)
    names = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(name.strip() for name in names if isinstance(name, str) and name.strip())
