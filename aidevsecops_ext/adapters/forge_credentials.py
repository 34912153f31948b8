"""What forges let somebody in with: from the environment, else from git."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..domain.errors import ErrorCode, RefusedError, UserError
from ..formats.forge_address import KnownForge, read_place
from ..formats.remote_address import address_login
from .forge_client import ForgeToken
from .forge_variables import token_in
from .git_program import GitCall, GitProgram

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ..app.ports import CancelToken
    from ..domain.forge import ForgePlace

# A helper may have to unlock something, but there is nobody to type a password in.
_SECONDS = 30.0
_SILENT = (("credential.interactive", "false"), ("credential.guiPrompt", "false"))
# For those who know a token and no name: forges look at the token alone.
_ANY_USER = "oauth2"
# Who checks out in a job of GitLab has a token that opens no merge request and answers no issue.
_OF_GITLAB_JOBS = "gitlab-ci-token"


class ForgeCredentials:
    """Tokens by the host of a forge; nothing is kept here."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._git = GitProgram(folder)
        self._environment = environment

    def find(self, place: ForgePlace, cancel: CancelToken) -> ForgeToken | None:
        """The token for the host of a forge; None where there is none.

        Raises:
            AidevsecopsError: git is missing or does not end.
            CancelledError: cancelled.
        """
        token = token_in(self._environment, place)
        if token is not None:
            return ForgeToken(token)
        return self._written(place, cancel) or self._ask_helper(place, cancel)

    def keep(self, place: ForgePlace, token: ForgeToken, cancel: CancelToken) -> None:
        """Have the credential helper keep a token for the host of a forge.

        Raises:
            RefusedError: git has no helper that keeps it.
            AidevsecopsError: git is missing or does not end.
            CancelledError: cancelled.
        """
        user = token.user or _ANY_USER
        lines = (*_description(place), f"username={user}", f"password={token.value}", "", "")
        secrets = frozenset({token.value})
        call = GitCall(
            ("credential", "approve"),
            _SECONDS,
            stdin="\n".join(lines),
            secrets=secrets,
            is_guarded=True,
        )
        self._git.run(call, cancel)
        kept = self._ask_helper(place, cancel)
        if kept is None or kept.value != token.value:
            raise RefusedError(
                ErrorCode.FORGE_NO_HELPER,
                "git has no credential helper that keeps the token, so it was not kept.",
                hint="Choose one: git config --global credential.helper 'cache --timeout=86400'",
            )

    def _written(self, place: ForgePlace, cancel: CancelToken) -> ForgeToken | None:
        """What somebody wrote into the address of a remote at that host, as git takes it too."""
        words = ("config", "--null", "--get-regexp", r"^remote\..*\.(url|pushurl)$")
        call = GitCall(words, _SECONDS, is_reading=True, is_raw=True)
        for entry in self._git.run(call, cancel).stdout.split("\0"):
            url = entry.partition("\n")[2]
            user, secret = address_login(url)
            known = KnownForge(place.url, place.kind)
            if user != _OF_GITLAB_JOBS and secret and read_place(url, (known,)) == place:
                return ForgeToken(secret, user)
        return None

    def _ask_helper(self, place: ForgePlace, cancel: CancelToken) -> ForgeToken | None:
        call = GitCall(
            ("credential", "fill"),
            _SECONDS,
            stdin="\n".join((*_description(place), "", "")),
            is_raw=True,
            is_asking_nobody=True,
            settings=_SILENT,
            is_guarded=True,
        )
        outcome = self._git.run(call, cancel)
        said = dict(line.partition("=")[::2] for line in outcome.stdout.splitlines())
        if outcome.returncode != 0 or not said.get("password"):
            return None
        return ForgeToken(said["password"], said.get("username", ""))


def refuse_unusable(token: ForgeToken) -> None:
    """Return when a token is one line, and so is its user.

    Raises:
        UserError: it is none.
    """
    if not token.value or not f"{token.value}{token.user}".isprintable():
        raise UserError(ErrorCode.REQUEST_INVALID, "A token and a user are one line each.")


def _description(place: ForgePlace) -> tuple[str, ...]:
    parts = urlsplit(place.web_url)
    path = parts.path.lstrip("/")
    return (f"protocol={parts.scheme}", f"host={parts.netloc}", f"path={path}.git")
