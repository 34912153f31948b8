"""What changed since the last release: entries, and what they say of the next version."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from .versions import ReleaseKind, parse_version

if TYPE_CHECKING:
    from collections.abc import Iterable


class ChangeType(str, Enum):
    """The headings of https://keepachangelog.com, in its order."""

    ADDED = "Added"
    CHANGED = "Changed"
    DEPRECATED = "Deprecated"
    REMOVED = "Removed"
    FIXED = "Fixed"
    SECURITY = "Security"


class ChangelogSource(str, Enum):
    """What makes an entry: each commit, or each pull request that was merged."""

    COMMITS = "commits"
    PULL_REQUESTS = "pull-requests"


class ChangelogEntry(Struct, frozen=True):
    """One change: ``summary`` is a line for people, ``commit`` its hash, ``subject`` its own words.

    ``commit_type`` is that of https://www.conventionalcommits.org (``feat``), empty where the
    commit has none; ``pull_request`` is the number of the one that brought it.
    """

    summary: str
    commit: str
    subject: str
    commit_type: str = ""
    is_breaking: bool = False
    is_merge: bool = False
    pull_request: int | None = None

    @property
    def change_type(self) -> ChangeType:
        """The heading that it belongs under: by its type, else by its first word."""
        word = self.commit_type or self.summary.partition(" ")[0].lower()
        return _HEADINGS.get(word, ChangeType.CHANGED)


def kind_by(entries: Iterable[ChangelogEntry], current: str) -> ReleaseKind:
    """The kind of release that these changes ask for, by https://www.conventionalcommits.org.

    Below 1.0.0 what breaks raises the minor version: anything may change there (semver.org, 4),
    and the step to 1.0.0 is a decision of people.

    Raises:
        UserError: the current version is none.
    """
    known = tuple(entries)
    if any(entry.is_breaking for entry in known):
        return ReleaseKind.MAJOR if parse_version(current).major else ReleaseKind.MINOR
    is_feature = any(entry.commit_type == "feat" for entry in known)
    return ReleaseKind.MINOR if is_feature else ReleaseKind.PATCH


def entries_for(
    entries: Iterable[ChangelogEntry], source: ChangelogSource
) -> tuple[ChangelogEntry, ...]:
    """Those that a changelog of that source tells: no merges, or nothing but pull requests.

    The commits of releases themselves are left out.
    """
    told = (entry for entry in entries if not _is_of_release(entry))
    if source is ChangelogSource.PULL_REQUESTS:
        return tuple(entry for entry in told if entry.pull_request is not None)
    return tuple(entry for entry in told if not entry.is_merge)


def _is_of_release(entry: ChangelogEntry) -> bool:
    # The summary of what a pull request brought is its title.
    return any(_OF_RELEASE.match(words) for words in (entry.subject, entry.summary))


_OF_RELEASE = re.compile(
    r"(?:Revert \")?'?Release of version \S+$|chore\(release\)|(?:bump|release) v?\d", re.I
)
_HEADINGS = {
    **dict.fromkeys(("feat", "add", "added", "adds"), ChangeType.ADDED),
    **dict.fromkeys(("deprecate", "deprecated", "deprecates"), ChangeType.DEPRECATED),
    **dict.fromkeys(("remove", "removed", "removes", "delete", "drop"), ChangeType.REMOVED),
    **dict.fromkeys(("fix", "fixed", "fixes", "mend"), ChangeType.FIXED),
    **dict.fromkeys(("security", "sec"), ChangeType.SECURITY),
}
