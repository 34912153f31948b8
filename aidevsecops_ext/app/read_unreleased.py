"""What changed since the last release: what the next one would tell, with nothing else planned."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.changelog import entries_for, kind_by
from ..domain.errors import ErrorCode, RefusedError
from ..domain.release import releases_among
from ..domain.versions import next_version
from ..formats.changelog_file import ChangelogRelease
from .current_version import current_version, read_release_settings
from .file_drafts import FileDrafts
from .read_changelog import read_changelog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.changelog import ChangelogEntry
    from .ports import CancelToken
    from .release_ports import PlanPorts


class UnreleasedChanges(Struct, frozen=True):
    """What is not released: how many changes since the tag of the last release, and their notes.

    ``since`` is None where nothing was released; ``following`` is the version that the changes ask
    for, None where it is not known which one is now.
    """

    since: str | None
    count: int
    notes: str
    following: str | None


def read_unreleased(ports: PlanPorts, cancel: CancelToken) -> UnreleasedChanges:
    """What changed since the last release behind the head.

    Raises:
        UserError: the settings make no sense.
        RefusedError: the repository has no commit.
        AidevsecopsError: git or git-cliff fails, or a file cannot be read.
        CancelledError: cancelled.
    """
    settings = read_release_settings(ports.files)
    head = ports.git.state(cancel).head
    if head is None:
        raise RefusedError(
            ErrorCode.RELEASE_NO_COMMITS,
            "There is no commit yet to make a release of.",
            hint="Commit your files first: git add FILES; git commit.",
        )
    newest = next(iter(releases_among(ports.git.tags(cancel, ancestors_of=head))), None)
    since = newest.name if newest else None
    changes = ports.changes.since(since, cancel)
    now = datetime.fromtimestamp(ports.clock.now(), timezone.utc)
    following = _following(current_version(ports, cancel).value, changes, now)
    told = entries_for(changes, settings.changelog)
    section = ChangelogRelease(following or "", f"v{following}", now, told)
    notes = read_changelog(FileDrafts(ports.files)).notes(section)
    return UnreleasedChanges(since, len(told), notes, following)


def _following(current: str | None, changes: Sequence[ChangelogEntry], now: datetime) -> str | None:
    if current is None:
        return None
    return next_version(current, kind_by(changes, current), now.date())
