"""The forge that a remote is on, and what would keep us from working there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
    NotFoundError,
    RefusedError,
    ToolMissingError,
)

if TYPE_CHECKING:
    from ..domain.forge import ForgePlace
    from ..domain.repository import Remote
    from .forge_ports import Forge, Forges
    from .ports import CancelToken


class FoundForge(Struct, frozen=True):
    """What is known of a remote's forge: ``place`` None where it is on none.

    ``problem`` is why nothing can be made there; where the forge did not answer (``is_silent``)
    that may be another time.
    """

    place: ForgePlace | None = None
    problem: AidevsecopsError | None = None
    is_silent: bool = False

    @property
    def is_usable(self) -> bool:
        """True where it is worth trying."""
        return self.place is not None and (self.problem is None or self.is_silent)


def look_for_forge(
    remote: Remote | None, forges: Forges, cancel: CancelToken, *, is_offline: bool
) -> FoundForge:
    """What is known of a remote's forge, which is not asked when offline.

    Raises:
        UserError: what the settings or the repository say of forges makes no sense.
        CancelledError: cancelled.
    """
    forge = None if remote is None else forges.find(remote.url)
    if forge is None:
        return FoundForge()
    try:
        _knock(forge, cancel, is_offline=is_offline)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        return FoundForge(forge.place, error, is_silent=not is_for_people(error))
    return FoundForge(forge.place)


def forge_of(remote_url: str, forges: Forges) -> Forge:
    """The forge that a remote is on.

    Raises:
        UserError: what the settings or the repository say of forges makes no sense.
        RefusedError: it is on none that is known.
    """
    forge = forges.find(remote_url)
    if forge is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_FORGE,
            f"{remote_url} is on no forge that is known.",
            hint="Say which one runs there: see 'Forges' in the documentation.",
        )
    return forge


def is_for_people(error: AidevsecopsError) -> bool:
    """True for what keeps us, and not people, from doing something on a forge."""
    return isinstance(error, ToolMissingError | RefusedError | NotFoundError)


def _knock(forge: Forge, cancel: CancelToken, *, is_offline: bool) -> None:
    if not forge.has_credentials(cancel):
        raise RefusedError(
            ErrorCode.FORGE_NO_CREDENTIALS,
            f"There are no credentials for {forge.place.url}.",
            hint="Give git a token for it (git credential), or set the environment variable of "
            "that forge.",
        )
    if not is_offline and not forge.can_push(cancel):
        raise RefusedError(
            ErrorCode.FORGE_REFUSED,
            f"Your account may not write to {forge.place.web_url}.",
            hint="Have somebody give it the right, or use another token.",
        )
