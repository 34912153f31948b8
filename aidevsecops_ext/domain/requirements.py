"""What a notebook asks for: requirements, the indexes they come from, the Python they need."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from .names import canonicalize_name

DEFAULT_INDEX_NAME = "pypi"
"""The name by which Pipfiles call the default index; resolved to the user's own default index."""


class RequirementSource(str, Enum):
    """How a requirement was found, strongest first."""

    METADATA = "metadata"
    PEP723 = "pep723"
    PIP = "pip"
    IMPORT = "import"


class Requirement(Struct, frozen=True):
    """One distribution that is asked for.

    ``specifier`` is a PEP 440 version specifier, empty for any version; ``markers`` a PEP 508
    marker; ``index`` the name of an :class:`Index`. ``name`` is as the user wrote it.
    """

    name: str
    specifier: str = ""
    extras: tuple[str, ...] = ()
    markers: str = ""
    index: str | None = None
    is_dev: bool = False

    @property
    def key(self) -> str:
        """The normalised name (PEP 503), by which two requirements are the same one."""
        return canonicalize_name(self.name)

    def to_pep508(self) -> str:
        """The requirement as a PEP 508 string, without its index."""
        extras = f"[{','.join(self.extras)}]" if self.extras else ""
        markers = f" ; {self.markers}" if self.markers else ""
        return f"{self.name}{extras}{self.specifier}{markers}"


class Index(Struct, frozen=True):
    """A package index (PEP 503) that a notebook names; ``url`` carries no credentials."""

    name: str
    url: str
    verify_ssl: bool = True

    @property
    def is_default(self) -> bool:
        """True for the index that stands for the user's own default index."""
        return self.name == DEFAULT_INDEX_NAME


class UnsupportedRequirement(Struct, frozen=True):
    """An entry that a hashed lock cannot hold (a Git URL, a local path), and why."""

    name: str
    reason: str


class RequirementSet(Struct, frozen=True):
    """All that a notebook asks for; names are unique by :attr:`Requirement.key` within a group."""

    requirements: tuple[Requirement, ...] = ()
    indexes: tuple[Index, ...] = ()
    python_version: str | None = None
    allow_prereleases: bool = False
    unsupported: tuple[UnsupportedRequirement, ...] = ()

    def find(self, key: str) -> Requirement | None:
        """The requirement of that normalised name, or None."""
        return next((r for r in self.requirements if r.key == key), None)

    def with_added(self, added: tuple[Requirement, ...]) -> RequirementSet:
        """This set and those of ``added`` whose name it does not have: what is declared wins."""
        known = {requirement.key for requirement in self.requirements}
        new = tuple(r for r in added if r.key not in known)
        return replace(self, requirements=self.requirements + new)
