"""Have git keep a token for the forge of a repository's remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .find_forge import forge_of
from .plan_proposal import remote_to_propose

if TYPE_CHECKING:
    from ..domain.forge import ForgePlace
    from .forge_ports import Forges
    from .git_ports import GitReading
    from .ports import CancelToken


def remember_token(
    user: str, token: str, git: GitReading, forges: Forges, cancel: CancelToken
) -> ForgePlace:
    """Where on the forge the repository is; it accepted the token, and git's helper keeps it.

    Raises:
        UserError: it is no token, or what is said of forges makes no sense.
        RefusedError: there is no remote, or none on a known forge; the forge does not accept the
            token, or git has no helper that keeps it.
        AidevsecopsError: git or the forge cannot be asked.
        CancelledError: cancelled.
    """
    remote = remote_to_propose(git.state(cancel))
    place = forge_of(remote.url, forges).place
    forges.remember(place, user, token, cancel)
    return place
