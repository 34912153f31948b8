"""Packages on indexes as the JSON that both faces answer with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import target_json

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.packages import PackageDetails, PackageSearch


def search_json(found: PackageSearch) -> dict[str, Json]:
    """The names that match a query."""
    return {
        "query": found.query,
        "packages": [{"name": one.name, "match": one.match.value} for one in found.packages],
        "complete": found.is_complete,
        "indexes": [
            {
                "url": entry.url,
                "state": entry.state.value,
                "projects": entry.projects,
                "updated_at": entry.updated_at,
                "reason": entry.reason,
            }
            for entry in found.indexes
        ],
    }


def package_json(package: PackageDetails) -> dict[str, Json]:
    """A package and its versions."""
    latest = package.latest
    return {
        "name": package.name,
        "index": package.index,
        "summary": package.summary,
        "target": target_json(package.target),
        "latest": None if latest is None else latest.version,
        "versions": [
            {
                "version": version.version,
                "prerelease": version.is_prerelease,
                "yanked": version.yanked is not None,
                "yanked_reason": version.yanked or None,
                "requires_python": version.requires_python,
                "fits_python": version.fits_python,
                "uploaded_at": version.uploaded_at,
                "has_wheel": version.has_wheel,
                "has_sdist": version.has_sdist,
            }
            for version in package.versions
        ],
    }
