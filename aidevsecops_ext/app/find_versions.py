"""Find where the files of a repository say its version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError, ErrorCode, RefusedError, UserError
from ..domain.release import VersionPlace
from ..domain.versions import parse_version
from ..formats.locked_version import lock_beside, with_locked_version
from ..formats.version_files import is_version_file, version_in, with_version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from semver import Version

    from .file_drafts import FileDrafts


def find_versions(paths: Sequence[str], drafts: FileDrafts) -> tuple[VersionPlace, ...]:
    """Where those of the files that may say a version do say one.

    Raises:
        RefusedError: they say different versions.
        UserError: what one says is no version.
    """
    places = []
    for path in paths:
        text = _text(path, drafts) if is_version_file(path) else None
        if text is not None and (found := version_in(path, text)) is not None:
            places.append(VersionPlace(path, found.line, found.value))
    _check_agreement(places)
    return tuple(places)


def change_versions(
    places: Sequence[VersionPlace], version: str, tracked: Sequence[str], drafts: FileDrafts
) -> None:
    """Have the files say another version, where they say one, and locks that repeat it."""
    for place in places:
        text = drafts.text(place.file) or ""
        drafts.change(place.file, with_version(place.file, text, version))
        lock = lock_beside(place.file)
        locked = _text(lock, drafts) if lock is not None and lock in tracked else None
        if lock is not None and locked is not None:
            drafts.change(lock, with_locked_version(lock, locked, version))


def _text(path: str, drafts: FileDrafts) -> str | None:
    """A file that nobody can read as text says no version."""
    try:
        return drafts.text(path)
    except AidevsecopsError:
        return None


def _parse(place: VersionPlace) -> Version:
    try:
        return parse_version(place.value)
    except UserError as error:
        raise UserError(
            error.code,
            f"{place.file}:{place.line} says '{place.value}', which is no version to release from.",
            hint="Write one with three numbers there, such as 1.4.0 or 1.5.0-rc.1, or name other "
            "files under 'version-files' of '[release]' in .aidevsecops.toml.",
            details={"file": place.file, "line": place.line, "version": place.value},
        ) from None


def _check_agreement(places: Sequence[VersionPlace]) -> None:
    if len({str(_parse(place)) for place in places}) <= 1:
        return
    listed = ", ".join(f"{place.file}:{place.line} says {place.value}" for place in places)
    raise RefusedError(
        ErrorCode.RELEASE_VERSIONS_DIFFER,
        f"The files of the repository say different versions: {listed}.",
        hint="Correct them, or name those that count under 'version-files' of '[release]' in "
        ".aidevsecops.toml.",
        details={"versions": [{"file": p.file, "line": p.line, "value": p.value} for p in places]},
    )
