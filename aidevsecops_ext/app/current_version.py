"""Which version a repository says that it is, and which ones could come next."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.errors import RefusedError, UserError
from ..domain.release import releases_among
from ..domain.versions import ReleaseKind, next_version
from ..formats.release_settings import RELEASE_SETTINGS, release_settings_of
from .file_drafts import FileDrafts
from .find_versions import find_versions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..domain.release import VersionPlace
    from ..domain.release_settings import ReleaseSettings
    from .ports import CancelToken, Files
    from .release_ports import PlanPorts

# What comes next by these is known from the version alone.
_KINDS = tuple(kind for kind in ReleaseKind if kind not in {ReleaseKind.AUTO, ReleaseKind.EXPLICIT})


class CurrentVersion(Struct, frozen=True):
    """The version, where it is said, and the next one of each kind that there can be.

    ``value`` is None where no file and no tag says one, or where ``problem`` says why it cannot be
    told.
    """

    value: str | None = None
    places: tuple[VersionPlace, ...] = ()
    following: dict[ReleaseKind, str] = field(default_factory=dict)
    problem: str = ""


def current_version(ports: PlanPorts, cancel: CancelToken) -> CurrentVersion:
    """The version as the files say it, else as the newest tag behind the head does.

    Raises:
        AidevsecopsError: git fails, or the settings cannot be read.
        CancelledError: cancelled.
    """
    head = ports.git.state(cancel).head
    behind = ports.git.tags(cancel, ancestors_of=head) if head else ()
    newest = next(iter(releases_among(behind)), None)
    try:
        settings = read_release_settings(ports.files)
        named = settings.version_files or ports.git.tracked(cancel)
        places = find_versions(named, FileDrafts(ports.files))
    except (RefusedError, UserError) as error:
        return CurrentVersion(problem=error.message)
    value = said_version(places, newest.name if newest else None)
    following = dict(_following(value, ports.clock.now())) if value else {}
    return CurrentVersion(value, places, following)


def read_release_settings(files: Files) -> ReleaseSettings:
    """What the repository says of its releases.

    Raises:
        UserError: it makes no sense.
    """
    is_said = files.is_file(RELEASE_SETTINGS)
    return release_settings_of(files.read(RELEASE_SETTINGS).text if is_said else "")


def said_version(places: Sequence[VersionPlace], previous: str | None) -> str | None:
    """The version that those places say, else that of the previous release's tag."""
    if places:
        return places[0].value
    return previous.removeprefix("v") if previous else None


def _following(current: str, now: float) -> Iterator[tuple[ReleaseKind, str]]:
    today = datetime.fromtimestamp(now, timezone.utc).date()
    for kind in _KINDS:
        following = _next(current, kind, today)
        if following is not None:
            yield kind, following


def _next(current: str, kind: ReleaseKind, today: date) -> str | None:
    """None where there is nothing to finalize, or today's version is out already."""
    try:
        return next_version(current, kind, today)
    except RefusedError:
        return None
