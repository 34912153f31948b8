"""A release that is proposed: the pull request that brings it, and the branch that it is on."""

from __future__ import annotations

from enum import Enum
from urllib.parse import quote

from msgspec import Struct

from .forge import ForgeKind, ForgePlace


class ReleaseMode(str, Enum):
    """How a release is made: at once, by a pull request, or by a bot that is asked for it."""

    DIRECT = "direct"
    PULL_REQUEST = "pull-request"
    BOT = "bot"


class Proposal(Struct, frozen=True):
    """A pull request that brings a release from ``branch`` to ``target``.

    ``remote_url`` (without credentials) says which forge it is on. ``number`` and ``url`` are there
    once it is open; ``note`` says why it is not, where that was left to people.
    """

    branch: str
    target: str
    title: str
    body: str
    labels: tuple[str, ...] = ()
    remote_url: str = ""
    number: int | None = None
    url: str = ""
    note: str = ""


def page_to_propose(place: ForgePlace, branch: str, target: str) -> str:
    """Where people open a pull request between two branches."""
    source, into = quote(branch, safe=""), quote(target, safe="")
    if place.kind is ForgeKind.GITLAB:
        fields = f"merge_request%5Bsource_branch%5D={source}"
        fields += f"&merge_request%5Btarget_branch%5D={into}"
        return f"{place.web_url}/-/merge_requests/new?{fields}"
    return f"{place.web_url}/compare/{into}...{source}"
