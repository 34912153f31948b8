"""What a notebook was found to need, and how each thing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .requirements import Requirement, RequirementSource


class DiscoveredRequirement(Struct, frozen=True):
    """A requirement with the imports and cells it comes from.

    ``imports`` are dotted module names as written; ``cells`` are cell indexes; ``is_optional``
    is true when every use is guarded (``try``/``except ImportError``) or local to a function.
    """

    requirement: Requirement
    source: RequirementSource
    imports: tuple[str, ...] = ()
    cells: tuple[int, ...] = ()
    is_optional: bool = False


class UnresolvedImport(Struct, frozen=True):
    """An import whose distribution is not known; never guessed."""

    module: str
    cells: tuple[int, ...]
    is_optional: bool = False


class LocalModule(Struct, frozen=True):
    """A module of the repository itself: followed, not required."""

    module: str
    path: str
    cells: tuple[int, ...]


class DiscoveryProblem(Struct, frozen=True):
    """Something that kept a part of the notebook from being read; the rest was read."""

    code: str
    message: str
    cell: int | None = None
    line: int | None = None


class Discovery(Struct, frozen=True):
    """All that one notebook needs, as far as it can be read from it."""

    requirements: tuple[DiscoveredRequirement, ...] = ()
    unresolved: tuple[UnresolvedImport, ...] = ()
    local: tuple[LocalModule, ...] = ()
    problems: tuple[DiscoveryProblem, ...] = ()
