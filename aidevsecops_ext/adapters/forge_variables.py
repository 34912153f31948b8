"""What the environment says of forges: which ones there are, and tokens for them.

A token in a variable is sent to one host alone: the one that a variable of the same forge names,
else the public one. Gitea's is in no variable by custom, so that its host has to be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.forge import ForgeKind
from ..formats.forge_address import KnownForge, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.forge import ForgePlace


class _Variables(Struct, frozen=True):
    hosts: tuple[str, ...]
    tokens: tuple[str, ...]
    public: str | None = None


_OF = {
    ForgeKind.GITHUB: _Variables(
        ("GH_HOST", "GITHUB_SERVER_URL"), ("GH_TOKEN", "GITHUB_TOKEN"), "https://github.com"
    ),
    ForgeKind.GITLAB: _Variables(
        ("GITLAB_HOST", "CI_SERVER_URL"), ("GITLAB_TOKEN",), "https://gitlab.com"
    ),
    ForgeKind.GITEA: _Variables(
        ("GITEA_SERVER_URL", "FORGEJO_URL"), ("GITEA_TOKEN", "FORGEJO_TOKEN")
    ),
}
# The jobs of these have the variables of GitHub's as well, with their own address and token.
_GITEA_JOBS = ("GITEA_ACTIONS", "FORGEJO_ACTIONS")


def named_forges(environment: Mapping[str, str]) -> tuple[KnownForge, ...]:
    """The forges whose addresses are in variables."""
    found = ((kind, web_address(_said_host(kind, environment) or "")) for kind in _OF)
    return tuple(KnownForge(url, kind) for kind, url in found if url is not None)


def token_in(environment: Mapping[str, str], place: ForgePlace) -> str | None:
    """The token for the forge of that place; None where there is none for exactly that host."""
    said = _said_host(place.kind, environment)
    host = _OF[place.kind].public if said is None else web_address(said)
    if host != place.url:
        return None
    tokens = _variables(place.kind, environment).tokens
    return next((value for name in tokens if (value := environment.get(name, "").strip())), None)


def _said_host(kind: ForgeKind, environment: Mapping[str, str]) -> str | None:
    names = _variables(kind, environment).hosts
    return next((value for name in names if (value := environment.get(name, "").strip())), None)


def _variables(kind: ForgeKind, environment: Mapping[str, str]) -> _Variables:
    if not any(environment.get(name) for name in _GITEA_JOBS):
        return _OF[kind]
    known, github = _OF[kind], _OF[ForgeKind.GITHUB]
    if kind is ForgeKind.GITEA:
        return _Variables((*known.hosts, *github.hosts[1:]), (*known.tokens, *github.tokens[1:]))
    if kind is ForgeKind.GITHUB:
        return _Variables(github.hosts[:1], github.tokens[:1], github.public)
    return known
