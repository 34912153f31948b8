"""Where people read of releases: the page of each tag on the forge of the remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import UserError
from ..domain.release import releases_among
from .release_facts import Publication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.repository import Remote
    from .forge_ports import Forges
    from .release_status import ReleaseStatus

_NOT_OUT = {Publication.NOTHING, Publication.COMMIT}


def tag_pages(status: ReleaseStatus, remote: Remote | None, forges: Forges) -> Mapping[str, str]:
    """The page of each tag; none of what never left this machine. The forge is not asked."""
    try:
        forge = None if remote is None else forges.find(remote.url)
    except UserError:
        # Whoever is about to release something is told.
        return {}
    if forge is None:
        return {}
    hidden = _kept_here(status)
    tags = (tag.name for tag in releases_among(status.tags))
    return {name: forge.place.tag_url(name) for name in tags if name != hidden}


def _kept_here(status: ReleaseStatus) -> str | None:
    """The tag of a release that was not pushed; that of a proposal came from the remote."""
    record = status.record
    if record is None or record.proposal is not None or status.published not in _NOT_OUT:
        return None
    return record.tag
