"""Which distribution each import comes from: ask the kernel, the mapping, then the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.discovery import DiscoveryProblem
from ..domain.errors import OutsideFailedError, TimedOutError
from ..domain.import_names import has_no_distribution, known_distribution, own_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.imports import ImportedModule
    from .ports import CancelToken, InstalledPackages, PackageIndex


# Each name that no index has is a question of its own: nobody imports more that nobody knows.
_MOST_ASKED = 100
_MOST_SHOWN = 5


class NamePorts(Struct, frozen=True):
    """Who is asked for names; without an index, an import's own name is not looked for."""

    installed: InstalledPackages
    index: PackageIndex | None


class ResolvedNames(Struct, frozen=True):
    """The normalised distributions of each module; a module that is not in it is unresolved."""

    distributions: dict[str, frozenset[str]]
    problems: tuple[DiscoveryProblem, ...] = ()


def resolve_imports(
    imports: Iterable[ImportedModule],
    kernel_name: str | None,
    declared: frozenset[str],
    ports: NamePorts,
    cancel: CancelToken,
) -> ResolvedNames:
    """The distributions that the imports come from; ``declared`` are normalised names.

    Raises:
        CancelledError: cancelled.
    """
    modules: dict[str, set[str]] = {}
    for imported in imports:
        modules.setdefault(imported.module, set()).update(imported.submodules)
    asked = frozenset(modules).union(*modules.values())
    installed = ports.installed.distributions(kernel_name, asked) if asked else {}
    found: dict[str, frozenset[str]] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for module, submodules in modules.items():
        names = {installed[name] for name in submodules if name in installed}
        if not names and module in installed:
            names = {installed[module]}
        if not names:
            names = _known_or_declared(module, declared)
        if names:
            found[module] = frozenset(names)
        elif not has_no_distribution(module) and own_names(module):
            wanted[module] = own_names(module)
    existing, problems = _ask_index(wanted, ports.index, cancel)
    for module, candidates in wanted.items():
        own_name = next((name for name in candidates if name in existing), None)
        if own_name is not None:
            found[module] = frozenset({own_name})
    return ResolvedNames(found, problems)


def _known_or_declared(module: str, declared: frozenset[str]) -> set[str]:
    known = known_distribution(module)
    if known is not None:
        return {known}
    return set(own_names(module)[:1]) & declared


def _ask_index(
    wanted: dict[str, tuple[str, ...]], index: PackageIndex | None, cancel: CancelToken
) -> tuple[frozenset[str], tuple[DiscoveryProblem, ...]]:
    if not wanted or index is None:
        return frozenset(), ()
    ordered = sorted({name for candidates in wanted.values() for name in candidates})
    names, left = ordered[:_MOST_ASKED], ordered[_MOST_ASKED:]
    problems: list[DiscoveryProblem] = []
    if left:
        shown = ", ".join([*left[:_MOST_SHOWN], *(["…"] if len(left) > _MOST_SHOWN else [])])
        message = f"The index was not asked for {len(left):,} of {len(ordered):,} names: {shown}"
        problems.append(DiscoveryProblem("discover.too-many-names", message))
    try:
        return index.existing(frozenset(names), cancel), tuple(problems)
    except (OutsideFailedError, TimedOutError) as error:
        message = f"The index could not be asked for {', '.join(names)}: {error.message}"
        problems.append(DiscoveryProblem("discover.index-unreachable", message))
        return frozenset(), tuple(problems)
