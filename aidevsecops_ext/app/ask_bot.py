"""Ask a bot for something: open the issue that Kebechet or AICoE-CI act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.bot_issues import PlannedIssue
from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from ..formats.issue_template import (
    is_issue_template,
    read_issue_template,
    usual_issue,
    with_tag,
)
from .forge_ports import NewIssue
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.bot_issues import IssueText
    from ..domain.bot_requests import BotRequest
    from ..domain.forge import Issue
    from .bot_ports import AskPorts
    from .forge_ports import Forge
    from .ports import CancelToken


class AskRequest(Struct, frozen=True):
    """What to ask for; ``tag`` is that which is to be delivered."""

    request: BotRequest
    tag: str = ""


def plan_issue(asked: AskRequest, ports: AskPorts, cancel: CancelToken) -> PlannedIssue:
    """The issue that would be opened.

    Raises:
        UserError: a tag is missing, or is none.
        RefusedError: the remote is on no known forge.
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    request = asked.request
    if request.has_tag != bool(asked.tag):
        raise UserError(
            ErrorCode.BOT_TAG_INVALID,
            f"'{request.title}' needs a tag."
            if request.has_tag
            else f"'{request.title}' is about no tag.",
            hint="Name the tag with --tag v1.4.0." if request.has_tag else "Leave out --tag.",
        )
    forge = forge_of_repository(ports, cancel)
    template, text = _find_template(request, ports, cancel)
    if request.has_tag:
        body = with_tag(text.body, asked.tag) or with_tag(usual_issue(request).body, asked.tag)
        text = replace(text, body=body or "")
    earlier = next(
        (
            issue
            for issue in forge.open_issues(cancel)
            if issue.title.lower() == text.title.lower()
            and (not request.has_tag or issue.body.strip() == text.body)
        ),
        None,
    )
    return PlannedIssue(text, forge.place.web_url, template, earlier)


def ask_bot(planned: PlannedIssue, ports: AskPorts, cancel: CancelToken) -> Issue:
    """The issue that was opened; one that is open already is not opened again.

    Raises:
        RefusedError: the forge does not let us in.
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    if planned.earlier is not None:
        return planned.earlier
    text = planned.text
    new = NewIssue(text.title, text.body, text.labels, text.assignees)
    return forge_of_repository(ports, cancel).create_issue(new, cancel)


def forge_of_repository(ports: AskPorts, cancel: CancelToken) -> Forge:
    """The forge of the remote.

    Raises:
        RefusedError: there is no remote, or it is on no known forge.
        AidevsecopsError: git fails, or what is said of forges makes no sense.
        CancelledError: cancelled.
    """
    remote = remote_to_propose(ports.git.state(cancel))
    forge = ports.forges.find(remote.url)
    if forge is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_FORGE,
            f"{remote.url} is on no forge that is known, so nobody can be asked there.",
            hint="Say which program runs there: see 'Forges' in the documentation.",
        )
    return forge


def _find_template(
    request: BotRequest, ports: AskPorts, cancel: CancelToken
) -> tuple[str, IssueText]:
    """The repository's template of a request and its path; else what is usual."""
    for path in ports.git.tracked(cancel):
        if not is_issue_template(path):
            continue
        try:
            found = read_issue_template(ports.files.read(path).text)
        except AidevsecopsError:
            # It is the template of something, and nothing for us.
            continue
        if found is not None and found.title.lower() == request.title.lower():
            # The bots want it as it is.
            return path, replace(found, title=request.title)
    return "", usual_issue(request)
