"""Describe a package: its versions, and which of them fit what is locked for."""

from __future__ import annotations

from email.parser import HeaderParser
from typing import TYPE_CHECKING

from msgspec import Struct
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import InvalidVersion, Version

from ..domain.errors import ErrorCode, NotFoundError, UserError
from ..domain.names import canonicalize_name, is_valid_name
from ..domain.package_versions import package_specifier
from ..domain.packages import IndexFile, PackageDetails, PackageVersion, latest_of
from ..domain.wheel_tags import fitting_tags, platform_tags_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from packaging.tags import Tag

    from ..domain.target import Target
    from .package_ports import PackageCatalogue
    from .ports import CancelToken


class DescribePorts(Struct, frozen=True):
    """What describing needs of the outside; ``platform_tags`` are those of this machine."""

    catalogue: PackageCatalogue
    platform_tags: Callable[[], tuple[str, ...]]


class _File(Struct, frozen=True):
    version: Version
    file: IndexFile
    is_fitting_wheel: bool
    is_sdist: bool


def describe_package(
    name: str, target: Target, ports: DescribePorts, cancel: CancelToken
) -> PackageDetails:
    """The package of that name, with its versions, the newest first.

    Raises:
        UserError: it is no name of a package.
        NotFoundError: no index has it.
        OutsideFailedError: an index cannot be reached, or refuses.
        TimedOutError: it does not answer.
        ToolMissingError: uv, which knows the indexes, is not installed.
        CancelledError: cancelled.
    """
    if not is_valid_name(name):
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            "The request is not valid: the name is no name of a package.",
            hint="A name has letters, digits, '-', '_' and '.', and begins and ends with no sign.",
        )
    key = canonicalize_name(name)
    page = ports.catalogue.page(key, cancel)
    if page is None:
        raise NotFoundError(
            ErrorCode.LOCK_PACKAGE_NOT_FOUND,
            f"No package index has a package '{key}'.",
            hint="Check its name.",
            details={"name": key},
        )
    platforms = ports.platform_tags() if target.platform is None else _tags_of(target.platform)
    tags = fitting_tags(target.python_version, platforms)
    by_version: dict[Version, list[_File]] = {}
    for file in page.files:
        read = _read(file, tags)
        if read is not None:
            by_version.setdefault(read.version, []).append(read)
    versions = tuple(
        _version(version, by_version[version], target)
        for version in sorted(by_version, reverse=True)
    )
    latest = latest_of(versions)
    files = by_version[Version(latest.version)] if latest is not None else []
    return PackageDetails(
        page.name, page.index, target, versions, _summary(files, ports.catalogue, cancel)
    )


def _tags_of(platform: str) -> tuple[str, ...]:
    tags = platform_tags_of(platform)
    if not tags:
        raise UserError(
            ErrorCode.TARGET_INVALID,
            f"'{platform}' is not a platform whose wheels are known here.",
            hint="Give a platform such as linux, windows, macos or x86_64-manylinux_2_28.",
        )
    return tags


def _read(file: IndexFile, tags: frozenset[Tag]) -> _File | None:
    """The version that a file is of, None for what is neither wheel nor source distribution."""
    try:
        if file.name.endswith(".whl"):
            _, version, _, fits = parse_wheel_filename(file.name)
            return _File(version, file, not tags.isdisjoint(fits), is_sdist=False)
        _, version = parse_sdist_filename(file.name)
    except (InvalidWheelFilename, InvalidSdistFilename, InvalidVersion):
        return None
    return _File(version, file, is_fitting_wheel=False, is_sdist=True)


def _version(version: Version, files: list[_File], target: Target) -> PackageVersion:
    asked = next((f.file.requires_python for f in files if f.file.requires_python), None)
    yanked = [f.file.yanked for f in files]
    left = [f for f in files if f.file.yanked is None] or files
    times = sorted(f.file.uploaded_at for f in files if f.file.uploaded_at)
    return PackageVersion(
        version=str(version),
        is_prerelease=version.is_prerelease,
        # Taken back as a whole: of some files only, the others can still be had.
        yanked=None if None in yanked else next(filter(None, yanked), ""),
        requires_python=asked,
        fits_python=_fits(asked, target.python_version),
        uploaded_at=times[0] if times else None,
        has_wheel=any(f.is_fitting_wheel for f in left),
        has_sdist=any(f.is_sdist for f in left),
    )


def _fits(asked: str | None, python_version: str) -> bool:
    if asked is None:
        return True
    allowed = package_specifier(asked)
    if allowed is None:
        return True
    # Any X.Y.Z of the target will do: what is asked for may be the newest of them.
    return any(allowed.contains(f"{python_version}.{patch}", prereleases=True) for patch in (99, 0))


def _summary(files: list[_File], catalogue: PackageCatalogue, cancel: CancelToken) -> str | None:
    described = next((f.file for f in files if f.file.metadata_url), None)
    text = catalogue.metadata(described, cancel) if described is not None else None
    if text is None:
        return None
    summary = HeaderParser().parsestr(text).get("Summary", "").strip()
    return None if summary in ("", "UNKNOWN") else summary
