"""What a notebook needs, and how each thing was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.discovery import (
    DiscoveredRequirement,
    Discovery,
    DiscoveryProblem,
    UnresolvedImport,
)
from ..domain.errors import UserError
from ..domain.import_names import alternatives, current_name, report_name
from ..domain.imports import is_former_standard_library
from ..domain.names import canonicalize_name
from ..domain.requirements import Requirement, RequirementSource
from ..formats import horus_metadata
from ..formats.pipfile import requirements_of
from .read_cells import CellReading, ImportUse, read_cells
from .resolve_imports import NamePorts, resolve_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.notebook import Notebook
    from .ports import CancelToken, Files, InstalledPackages, PackageIndex, ProjectModules


class DiscoverPorts(Struct, frozen=True):
    """What discovery needs of the outside; without an index no import's own name is looked for."""

    files: Files
    installed: InstalledPackages
    index: PackageIndex | None
    modules: ProjectModules


class _Found(Struct):
    """A requirement while its uses are being collected."""

    requirement: Requirement
    source: RequirementSource
    imports: dict[str, None] = field(default_factory=dict)
    cells: set[int] = field(default_factory=set)
    is_optional: bool = False

    def add(self, use: ImportUse) -> None:
        self.imports[use.imported.module] = None
        self.cells.add(use.cell)
        self.is_optional = self.is_optional and use.imported.is_optional

    def freeze(self) -> DiscoveredRequirement:
        return DiscoveredRequirement(
            self.requirement,
            self.source,
            tuple(self.imports),
            tuple(sorted(self.cells)),
            self.is_optional,
        )


def discover_requirements(
    path: str, notebook: Notebook, ports: DiscoverPorts, cancel: CancelToken
) -> Discovery:
    """All that the notebook at ``path`` needs, as far as it can be read from it.

    Raises:
        RefusedError: the notebook is not Python.
        CancelledError: cancelled.
    """
    notebook.require_python()
    reading = read_cells(path, notebook, ports.files, ports.modules, cancel)
    declared, problems = _declared(notebook, reading)
    uses = [use for use in reading.uses if not is_former_standard_library(use.imported.module)]
    names = resolve_imports(
        (use.imported for use in uses if not use.imported.is_relative),
        notebook.kernel_name,
        frozenset(declared),
        NamePorts(ports.installed, ports.index),
        cancel,
    )
    unresolved: list[ImportUse] = []
    for use in uses:
        distributions = names.distributions.get(use.imported.module, frozenset())
        if not distributions:
            unresolved.append(use)
        for distribution in sorted(distributions):
            _entry(declared, canonicalize_name(distribution)).add(use)
    return Discovery(
        requirements=tuple(found.freeze() for found in declared.values()),
        unresolved=tuple(_unresolved(unresolved)),
        local=tuple(reading.local.values()),
        problems=(*problems, *reading.problems, *names.problems),
    )


def _declared(
    notebook: Notebook, reading: CellReading
) -> tuple[dict[str, _Found], list[DiscoveryProblem]]:
    """The requirements that the notebook states, by normalised name, the strongest source first."""
    found: dict[str, _Found] = {}
    problems: list[DiscoveryProblem] = []
    for requirement in _in_metadata(notebook, problems):
        found.setdefault(requirement.key, _Found(requirement, RequirementSource.METADATA))
    for requirement in reading.script.dependencies if reading.script else ():
        found.setdefault(requirement.key, _Found(requirement, RequirementSource.PEP723))
    for install in reading.installs:
        requirement = install.requirement
        entry = found.setdefault(requirement.key, _Found(requirement, RequirementSource.PIP))
        entry.cells.add(install.cell)
        if entry.source is RequirementSource.PIP and requirement.specifier:
            # What is installed last is what the notebook runs with.
            entry.requirement = requirement
    return found, problems


def _in_metadata(notebook: Notebook, problems: list[DiscoveryProblem]) -> tuple[Requirement, ...]:
    """The requirements in the notebook's metadata; what cannot be read of them is a problem."""
    try:
        pipfile = horus_metadata.read(notebook.metadata).pipfile
        declared = requirements_of(pipfile) if pipfile is not None else None
    except UserError as error:
        problems.append(DiscoveryProblem("discover.metadata", error.message))
        return ()
    if declared is None:
        return ()
    problems += [
        DiscoveryProblem("discover.metadata", f"{entry.name}: {entry.reason}")
        for entry in declared.unsupported
    ]
    return declared.requirements


def _entry(found: dict[str, _Found], distribution: str) -> _Found:
    """The requirement that gives the distribution, be it by another name; a new one if none."""
    if distribution in found:
        return found[distribution]
    for key, entry in found.items():
        if key in alternatives(distribution) or current_name(key) == distribution:
            return entry
    entry = _Found(Requirement(distribution), RequirementSource.IMPORT, is_optional=True)
    found[distribution] = entry
    return entry


def _unresolved(uses: list[ImportUse]) -> Iterator[UnresolvedImport]:
    """One entry a name, in the order of their first use."""
    by_name: dict[str, list[ImportUse]] = {}
    for use in uses:
        module = use.imported.module
        name = module if use.imported.is_relative else report_name(module)
        by_name.setdefault(name, []).append(use)
    for name, same in by_name.items():
        yield UnresolvedImport(
            name,
            tuple(sorted({use.cell for use in same})),
            all(use.imported.is_optional for use in same),
        )
