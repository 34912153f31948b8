"""Follow what a bot was asked for: what it answered, and what came of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.bot_issues import FollowedRequest
from ..domain.bot_requests import request_titled
from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.forge import PullRequestState
from ..domain.merged_release import version_released
from .ask_bot import forge_of_repository
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.forge import Build, Issue, PullRequest
    from .bot_ports import AskPorts
    from .forge_ports import Forge
    from .ports import CancelToken


def follow_request(number: int, ports: AskPorts, cancel: CancelToken) -> FollowedRequest:
    """How an issue stands.

    Raises:
        NotFoundError: there is no such issue.
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    forge = forge_of_repository(ports, cancel)
    issue = forge.issue(number, cancel)
    linked = _linked(number, forge, cancel)
    builds: tuple[Build, ...] = ()
    tag = ""
    if linked is not None and linked.state is PullRequestState.MERGED:
        version = version_released(linked.title)
        tag = _tag_of(version, ports, cancel) if version else ""
        builds = forge.builds(linked.merge_commit, cancel) if linked.merge_commit else ()
    return FollowedRequest(issue, forge.comments(number, cancel), linked, tag, builds)


def open_requests(ports: AskPorts, cancel: CancelToken) -> tuple[Issue, ...]:
    """The issues that ask a bot for something.

    Raises:
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    found = forge_of_repository(ports, cancel).open_issues(cancel)
    return tuple(issue for issue in found if request_titled(issue.title) is not None)


def known_requests(ports: AskPorts, cancel: CancelToken) -> tuple[Issue, ...]:
    """The same; none where nobody lets us in, or the forge does not answer.

    Raises:
        CancelledError: cancelled.
    """
    try:
        if not forge_of_repository(ports, cancel).has_credentials(cancel):
            return ()
        return open_requests(ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError:
        return ()


def _linked(number: int, forge: Forge, cancel: CancelToken) -> PullRequest | None:
    """The newest pull request that says that it is about the issue."""
    words = r"\b(?:clos(?:e[sd]?|ing)|fix(?:e[sd]|ing)?|resolv(?:e[sd]?|ing)|related|from)"
    named = re.compile(rf"{words}:?\s+#{number}(?!\d)", re.I)
    return next((one for one in forge.pull_requests(cancel) if named.search(one.body)), None)


def _tag_of(version: str, ports: AskPorts, cancel: CancelToken) -> str:
    remote, tag = remote_to_propose(ports.git.state(cancel)), f"v{version}"
    refs = ports.git.remote_refs(remote.name, remote.branch, tag, cancel)
    return tag if refs.tag is not None else ""
