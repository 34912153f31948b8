"""The dependencies of one notebook: what it declares, what was found in it, what is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .discovery import DiscoveryProblem, LocalModule, UnresolvedImport
    from .lock import CheckResult
    from .requirements import Index, Requirement, RequirementSource


class DependencyRow(Struct, frozen=True):
    """One requirement; ``is_declared`` is false for what was only discovered."""

    requirement: Requirement
    source: RequirementSource
    imports: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    is_optional: bool = False
    is_declared: bool = False
    locked_version: str | None = None


class LockSummary(Struct, frozen=True):
    """The size and hash of a notebook's lock, and the Python it was made for."""

    package_count: int
    requirements_hash: str
    python_version: str | None = None


class Dependencies(Struct, frozen=True):
    """All that is to be shown of one notebook's dependencies."""

    check: CheckResult
    engine: str | None = None
    python_version: str | None = None
    indexes: tuple[Index, ...] = ()
    rows: tuple[DependencyRow, ...] = ()
    unresolved: tuple[UnresolvedImport, ...] = ()
    local: tuple[LocalModule, ...] = ()
    problems: tuple[DiscoveryProblem, ...] = ()
    lock: LockSummary | None = None
