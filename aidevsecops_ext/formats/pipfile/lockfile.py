"""Pipfile.lock, specification 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.errors import ErrorCode, UserError
from ...domain.lock import Lock, LockedPackage
from .entries import indexes_of
from .secrets import safe_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...domain.json_value import Json

_SPECIFICATION = 6


def lock_of(lockfile: Mapping[str, Json]) -> Lock:
    """The lock that a Pipfile.lock records; what is missing in it is empty.

    A package that is not pinned to a version (a Git URL) has an empty version.

    Raises:
        UserError: a section or an entry is not a table.
    """
    meta = _table(lockfile, "_meta")
    digest = _table(meta, "hash").get("sha256")
    python = _table(meta, "requires").get("python_version")
    return Lock(
        packages=(
            *_packages(_table(lockfile, "default"), is_dev=False),
            *_packages(_table(lockfile, "develop"), is_dev=True),
        ),
        requirements_hash=digest if isinstance(digest, str) else "",
        indexes=indexes_of(meta.get("sources")),
        python_version=python if isinstance(python, str) else None,
    )


def lockfile_of(lock: Lock, pipfile: Mapping[str, Json]) -> dict[str, Json]:
    """The Pipfile.lock of a lock that was made for that Pipfile."""
    requires = pipfile.get("requires")
    sources = pipfile.get("source")
    if not sources:
        sources = [
            {"name": index.name, "url": index.url, "verify_ssl": index.verify_ssl}
            for index in lock.indexes
        ]
    return {
        "_meta": {
            "hash": {"sha256": lock.requirements_hash},
            "pipfile-spec": _SPECIFICATION,
            "requires": requires if isinstance(requires, dict) else {},
            "sources": safe_sources(sources if isinstance(sources, list) else [sources]),
        },
        "default": _section(lock, is_dev=False),
        "develop": _section(lock, is_dev=True),
    }


def _section(lock: Lock, *, is_dev: bool) -> dict[str, Json]:
    packages = sorted((p for p in lock.packages if p.is_dev is is_dev), key=lambda p: p.key)
    return {package.key: _entry(package) for package in packages}


def _entry(package: LockedPackage) -> dict[str, Json]:
    entry: dict[str, Json] = {}
    if package.extras:
        entry["extras"] = [*sorted(package.extras)]
    entry["hashes"] = [*sorted(package.hashes)]
    if package.index:
        entry["index"] = package.index
    if package.markers:
        entry["markers"] = package.markers
    entry["version"] = f"=={package.version}"
    return entry


def _packages(section: Mapping[str, Json], *, is_dev: bool) -> Iterator[LockedPackage]:
    for name in section:
        entry = _table(section, name)
        version, markers, index = (_text(entry, key) for key in ("version", "markers", "index"))
        yield LockedPackage(
            name=name,
            version=version.lstrip("=").strip(),
            hashes=tuple(sorted(_texts(entry, "hashes"))),
            markers=markers,
            extras=tuple(_texts(entry, "extras")),
            index=index or None,
            is_dev=is_dev,
        )


def _text(entry: Mapping[str, Json], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _texts(entry: Mapping[str, Json], key: str) -> list[str]:
    value = entry.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _table(parent: Mapping[str, Json], key: str) -> dict[str, Json]:
    value = parent.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"The notebook's lock is not valid: '{key}' is not a table.",
            hint="Lock the notebook again.",
            details={"key": key},
        )
    return value
