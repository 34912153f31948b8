"""Packages on indexes: names that match a query, and the versions of one package."""

from __future__ import annotations

import heapq
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .target import Target


class NameMatch(str, Enum):
    """How a name matches a query, the best first."""

    EXACT = "exact"
    PREFIX = "prefix"
    PART = "part"


class FoundName(Struct, frozen=True):
    """A normalised name and how it matches."""

    name: str
    match: NameMatch


class ListState(str, Enum):
    """``LISTED``: all names are searched; ``LOADING``: the first list is on its way.

    ``UNLISTED``: there is no list, and only an exact name is found on the index.
    """

    LISTED = "listed"
    LOADING = "loading"
    UNLISTED = "unlisted"


class IndexList(Struct, frozen=True):
    """What is known of the names on one index; ``reason`` says why there is no newer list."""

    url: str
    state: ListState
    projects: int = 0
    updated_at: float | None = None
    reason: str = ""


class PackageSearch(Struct, frozen=True):
    """The names that match; not complete when there may be more."""

    query: str
    packages: tuple[FoundName, ...]
    indexes: tuple[IndexList, ...]
    is_complete: bool


class IndexFile(Struct, frozen=True):
    """A file of a package as an index lists it; ``yanked`` is the reason, None when it is not.

    ``metadata_url`` is where the file's metadata can be read without the file (PEP 658).
    """

    name: str
    url: str
    requires_python: str | None = None
    yanked: str | None = None
    uploaded_at: str | None = None
    metadata_url: str | None = None


class IndexPage(Struct, frozen=True):
    """A package as an index lists it; ``index`` is the index's address without credentials."""

    name: str
    index: str
    files: tuple[IndexFile, ...]


class PackageVersion(Struct, frozen=True):
    """One version; ``has_wheel`` when a wheel fits the target."""

    version: str
    is_prerelease: bool = False
    yanked: str | None = None
    requires_python: str | None = None
    fits_python: bool = True
    uploaded_at: str | None = None
    has_wheel: bool = False
    has_sdist: bool = False


class PackageDetails(Struct, frozen=True):
    """A package and its versions for a target, the newest first."""

    name: str
    index: str
    target: Target
    versions: tuple[PackageVersion, ...]
    summary: str | None = None

    @property
    def latest(self) -> PackageVersion | None:
        """The newest that fits the Python, is no pre-release and was not taken back."""
        return latest_of(self.versions)


def latest_of(versions: Iterable[PackageVersion]) -> PackageVersion | None:
    """The first that fits the Python, is no pre-release and was not taken back."""
    return next(
        (v for v in versions if v.fits_python and not v.is_prerelease and v.yanked is None), None
    )


def rank_names(
    names: Iterable[str], query: str, well_known: frozenset[str], limit: int
) -> tuple[FoundName, ...]:
    """The best of the names that hold the query.

    First the exact name, then those that begin so, then the others; among equals the well-known
    ones and then the shorter ones: who types ``pand`` hardly means ``pandemic-prediction-tools``.
    """
    found = {name for name in names if query in name}

    def rank(name: str) -> tuple[int, bool, int, str]:
        match = _match(name, query)
        return _ORDER[match], name not in well_known, len(name), name

    return tuple(
        FoundName(name, _match(name, query)) for name in heapq.nsmallest(limit, found, rank)
    )


_ORDER = {match: place for place, match in enumerate(NameMatch)}


def _match(name: str, query: str) -> NameMatch:
    if name == query:
        return NameMatch.EXACT
    return NameMatch.PREFIX if name.startswith(query) else NameMatch.PART
