"""How the builds of the newest release stand, as the forge of the remote tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError, CancelledError, ToolMissingError
from ..domain.release import releases_among
from ..domain.release_builds import ReleaseBuilds
from ..domain.release_record import ReleaseStage
from ..domain.versions import parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.release_record import ReleaseRecord
    from ..domain.repository import RepositoryState, Tag
    from .git_ports import CutPorts
    from .ports import CancelToken


def find_builds(ports: CutPorts, cancel: CancelToken) -> ReleaseBuilds:
    """How they stand; a forge that would not let us in is not asked.

    Raises:
        UserError: what the user, or the repository, says of forges makes no sense.
        AidevsecopsError: git or the forge fails.
        CancelledError: cancelled.
    """
    state = ports.git.state(cancel)
    if state.remote is None:
        return ReleaseBuilds(note=_no_remote(state))
    tag, commit = _newest(ports.journal.read(), ports.git.tags(cancel))
    forge = ports.forges.find(state.remote.url)
    if forge is None:
        name = state.remote.name
        note = f"The remote {name} is on no forge that is known, so that nobody tells of builds."
        return ReleaseBuilds(tag=tag, commit=commit, note=note)
    found = ReleaseBuilds(forge.place, tag, commit)
    if not forge.has_credentials(cancel):
        note = f"There is no token for {forge.place.url}, so it is not asked."
        return replace(found, note=note, wants_token=True)
    if commit is None:
        return found
    try:
        return replace(found, builds=forge.builds(commit, cancel))
    except ToolMissingError as error:
        return replace(found, note=f"{error.message} {error.hint}")


def known_builds(ports: CutPorts, cancel: CancelToken) -> ReleaseBuilds:
    """The same; where something fails, a note says what.

    Raises:
        CancelledError: cancelled.
    """
    try:
        return find_builds(ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        return ReleaseBuilds(note=error.message)


def _newest(record: ReleaseRecord | None, tags: Iterable[Tag]) -> tuple[str | None, str | None]:
    """The tag and the commit of the newest release; one that is proposed has no tag yet."""
    newest = next(iter(releases_among(tags)), None)
    if record is not None and record.commit and record.stage is not ReleaseStage.UNDONE:
        version = parse_version(record.version)
        if newest is None or version > parse_version(newest.name):
            return record.tag, record.commit
    return (None, None) if newest is None else (newest.name, newest.commit)


def _no_remote(state: RepositoryState) -> str:
    if state.remotes:
        return f"None of the remotes {', '.join(state.remotes)} is the one that is pushed to."
    return "The repository has no remote, so that no forge knows of it."
