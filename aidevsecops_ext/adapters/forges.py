"""The forges that this machine can reach."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, UserError
from ..domain.forge import ForgeKind
from ..formats.forge_address import PUBLIC_FORGES, known_forge, read_place
from ..formats.forge_settings import forge_kind_of
from ..formats.release_settings import RELEASE_SETTINGS
from .forge_client import ForgeAccess, ForgeToken
from .forge_credentials import ForgeCredentials, refuse_unusable
from .forge_variables import named_forges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..app.forge_ports import Forge
    from ..app.ports import CancelToken, Files
    from ..domain.forge import ForgePlace
    from ..formats.forge_address import KnownForge


class OgrForges:
    """The port ``Forges`` for one repository, whose folder and files are given.

    ``named`` are the user's settings. They come first, then what the environment names, then the
    public forges; of any other host the repository may say what runs there.
    """

    def __init__(self, folder: Path, files: Files, named: Iterable[str], *, timeout: float) -> None:
        self._files = files
        self._named = tuple(named)
        self._timeout = max(1, round(timeout))
        self._credentials = ForgeCredentials(folder, os.environ)

    def find(self, remote_url: str) -> Forge | None:
        """The repository behind the address of a remote; None where it is on no known forge.

        Raises:
            UserError: what the user, or the repository, says of forges makes no sense.
        """
        known = (*self._settings(), *named_forges(os.environ), *PUBLIC_FORGES)
        place = read_place(remote_url, known, self._said_kind())
        if place is None:
            return None
        return _client(
            place, ForgeAccess(lambda cancel: self._credentials.find(place, cancel), self._timeout)
        )

    def remember(self, place: ForgePlace, user: str, token: str, cancel: CancelToken) -> None:
        """Have git's credential helper keep a token that the forge accepts.

        Raises:
            UserError: it is none.
            RefusedError: the forge does not accept it, or git has no helper that keeps it.
            AidevsecopsError: the forge or git cannot be asked.
            CancelledError: cancelled.
        """
        held = ForgeToken(token, user)
        refuse_unusable(held)
        _client(place, ForgeAccess(lambda _cancel: held, self._timeout)).can_push(cancel)
        self._credentials.keep(place, held, cancel)

    def _settings(self) -> tuple[KnownForge, ...]:
        try:
            return tuple(known_forge(text) for text in self._named)
        except ValueError as error:
            raise UserError(
                ErrorCode.FORGE_SETTINGS_INVALID,
                f"The setting 'forges' cannot be read: {error}.",
                hint="It lists forges as git.example.org=gitea; the kinds are github, gitlab and "
                "gitea.",
            ) from error

    def _said_kind(self) -> ForgeKind | None:
        if not self._files.is_file(RELEASE_SETTINGS):
            return None
        return forge_kind_of(self._files.read(RELEASE_SETTINGS).text, RELEASE_SETTINGS)


def _client(place: ForgePlace, access: ForgeAccess) -> Forge:
    from .forge_gitea import GiteaForge
    from .forge_github import GithubForge
    from .forge_gitlab import GitlabForge

    kinds: dict[ForgeKind, Callable[[ForgePlace, ForgeAccess], Forge]] = {
        ForgeKind.GITHUB: GithubForge,
        ForgeKind.GITLAB: GitlabForge,
        ForgeKind.GITEA: GiteaForge,
    }
    return kinds[place.kind](place, access)
