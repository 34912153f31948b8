"""Versions of a project: which comes next, by semantic versioning (semver.org) or the calendar."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from semver import Version

from .errors import ErrorCode, RefusedError, UserError
from .package_versions import package_version

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from packaging.version import Version as PythonVersion

_TWO_NUMBERS = re.compile(r"[vV]?\d+\.\d")
_THREE_NUMBERS = re.compile(r"[vV]?\d+\.\d+\.\d")
_LETTERS = {"a": "alpha", "b": "beta", "rc": "rc"}


class ReleaseKind(str, Enum):
    """How the next version is found; ``explicit`` is one that somebody names."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    PRERELEASE = "prerelease"
    BUILD = "build"
    FINALIZE = "finalize"
    CALVER = "calver"
    AUTO = "auto"
    EXPLICIT = "explicit"


def parse_version(text: str) -> Version:
    """A semantic version; ``v1.2.3`` and what Python writes (``1.2``, ``1.2.3rc1``) are read too.

    Raises:
        UserError: it is neither.
    """
    bare = text.strip().removeprefix("v").removeprefix("V")
    if Version.is_valid(bare):
        return Version.parse(bare)
    version = package_version(bare)
    read = None if version is None else _of_python(version)
    if read is None:
        raise UserError(
            ErrorCode.RELEASE_VERSION_INVALID,
            f"'{text}' is no version.",
            hint="A version has three numbers, such as 1.4.0, 1.5.0-rc.1 or 2026.11.21.",
            details={"version": text},
        )
    return read


def is_version(text: str) -> bool:
    """True for a version with three numbers, with or without a ``v``: ``2026.01.05`` too."""
    return _THREE_NUMBERS.match(text) is not None and _is_read(text)


def is_release_tag(name: str) -> bool:
    """True for what tags of releases are called: with two numbers or three.

    A lone number is no release: such tags are moved to the newest one.
    """
    return _TWO_NUMBERS.match(name) is not None and _is_read(name)


def next_version(current: str, kind: ReleaseKind, today: date) -> str:
    """The version after ``current``, for every kind that follows from it alone.

    ``today`` is the day in UTC, for a version by the calendar.

    Raises:
        UserError: the current version is none.
        RefusedError: there is nothing to finalize, or today's version is not newer.
    """
    version = parse_version(current)
    if kind is ReleaseKind.FINALIZE and version == version.finalize_version():
        raise RefusedError(
            ErrorCode.RELEASE_NOT_NEWER,
            f"{version} is final already.",
            hint="Choose patch, minor or major.",
            details={"current": current},
        )
    steps: dict[ReleaseKind, Callable[[], Version]] = {
        # After 2.0.0-rc.1 the next major version is 2.0.0.
        ReleaseKind.MAJOR: lambda: version.next_version("major"),
        ReleaseKind.MINOR: lambda: version.next_version("minor"),
        ReleaseKind.PATCH: lambda: version.next_version("patch"),
        # The one after 1.4.0 leads to 1.4.1: 1.4.0-rc.1 would come before what is out already.
        ReleaseKind.PRERELEASE: lambda: version.next_version("prerelease"),
        ReleaseKind.BUILD: version.bump_build,
        ReleaseKind.FINALIZE: version.finalize_version,
        ReleaseKind.CALVER: lambda: Version(today.year, today.month, today.day),
    }
    return newer(current, str(steps[kind]()))


def newer(current: str, wanted: str) -> str:
    """``wanted``, written as a semantic version, where it comes after ``current``.

    Two that differ in their build alone are equal to semver.org; the later build counts as newer.

    Raises:
        UserError: one of them is no version.
        RefusedError: it is not newer.
    """
    before, after = parse_version(current), parse_version(wanted)
    is_rebuilt = before == after and after.build is not None and before.build != after.build
    if after > before or is_rebuilt:
        return str(after)
    raise RefusedError(
        ErrorCode.RELEASE_NOT_NEWER,
        f"{after} does not come after {before}, which is the version now.",
        hint="Name a newer version, or choose patch, minor or major.",
        details={"current": str(before), "next": str(after)},
    )


def _is_read(text: str) -> bool:
    try:
        parse_version(text)
    except UserError:
        return False
    return True


def _of_python(version: PythonVersion) -> Version | None:
    if version.epoch or version.is_devrelease or version.is_postrelease or len(version.release) > 3:
        return None
    letter, number = version.pre or ("", 0)
    return Version(
        version.major,
        version.minor,
        version.micro,
        f"{_LETTERS[letter]}.{number}" if letter else None,
        version.local,
    )
