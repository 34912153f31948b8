"""Search the user's indexes for packages, as their names are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import OutsideFailedError, TimedOutError
from ..domain.known_imports import DIFFERING, OWN_NAME
from ..domain.names import canonicalize_name, is_valid_name
from ..domain.packages import FoundName, ListState, NameMatch, PackageSearch, rank_names

if TYPE_CHECKING:
    from .package_ports import PackageCatalogue
    from .ports import CancelToken, PackageIndex

MOST = 100
"""How many names are answered at most."""

_LONGEST = 200


class SearchPorts(Struct, frozen=True):
    """What searching needs of the outside."""

    catalogue: PackageCatalogue
    index: PackageIndex


def search_packages(
    query: str, limit: int, ports: SearchPorts, cancel: CancelToken
) -> PackageSearch:
    """The names that match what was typed so far.

    On an index without a list of names only the exact name is looked for.

    Raises:
        OutsideFailedError: an index without a list cannot be reached.
        TimedOutError: it does not answer.
        ToolMissingError: uv, which knows the indexes, is not installed.
        CancelledError: cancelled.
    """
    wanted = canonicalize_name(query.strip())
    # Half a name may end with a separator, but what holds anything else is none.
    if not wanted or len(wanted) > _LONGEST or not is_valid_name(f"a{wanted}a"):
        return PackageSearch(wanted, (), ports.catalogue.lists(cancel), is_complete=True)
    names, is_all = ports.catalogue.names(wanted, _WELL_KNOWN, cancel)
    lists = ports.catalogue.lists(cancel)
    found = rank_names(names, wanted, _WELL_KNOWN, min(limit, MOST))
    is_listed = all(entry.state is ListState.LISTED for entry in lists)
    has_unlisted = any(entry.state is ListState.UNLISTED for entry in lists)
    if has_unlisted and is_valid_name(wanted) and (not found or found[0].name != wanted):
        found = (*_exact(wanted, ports.index, cancel, is_all_there_is=not found), *found)[:limit]
    return PackageSearch(
        wanted, found, lists, is_complete=is_listed and is_all and len(found) < limit
    )


def _exact(
    name: str, index: PackageIndex, cancel: CancelToken, *, is_all_there_is: bool
) -> tuple[FoundName, ...]:
    try:
        exists = index.existing(frozenset({name}), cancel)
    except (OutsideFailedError, TimedOutError):
        if is_all_there_is:
            raise
        # What other indexes list is worth more than an error; its list says why this one has none.
        return ()
    return tuple(FoundName(one, NameMatch.EXACT) for one in exists)


_WELL_KNOWN = frozenset(canonicalize_name(name) for name in (*OWN_NAME, *DIFFERING.values()))
