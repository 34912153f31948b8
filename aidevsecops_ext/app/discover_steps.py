"""What each step of a split asks for: the part of the notebook's requirements that it imports."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.ipython import read_cell
from ..domain.kernels import KERNEL_PACKAGE
from ..domain.requirements import RequirementSource
from ..domain.split import SplitCode, SplitWarning
from ..domain.split_preview import StepDiscovery
from ..domain.step_needs import step_requirements
from .discover_requirements import DiscoverPorts, discover_requirements
from .follow_imports import ImportFollower, written_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..domain.discovery import DiscoveredRequirement, Discovery
    from ..domain.notebook import Notebook
    from ..domain.requirements import Requirement
    from ..domain.split import PlannedStep
    from .ports import CancelToken

# A source without any of these neither imports nor installs, and has no script block.
_TELLING = ("import", "install", "%", "!", "///", "run", "uv", "conda", "mamba")
# What the plan says itself, with the line of the cell.
_SAID_BY_THE_PLAN = frozenset({"discover.cell-not-python"})


class StepsDiscovery(Struct, frozen=True):
    """The discovery of each step by its name, and what a person should know of them."""

    steps: Mapping[str, StepDiscovery]
    warnings: tuple[SplitWarning, ...] = ()


def discover_steps(
    path: str,
    notebook: Notebook,
    steps: Sequence[PlannedStep],
    ports: DiscoverPorts,
    cancel: CancelToken,
) -> StepsDiscovery:
    """What the steps of the notebook at ``path`` need, as far as it can be read from it.

    A requirement that is declared and that nothing imports (``openpyxl`` for a data frame) goes to
    the step whose cell installs it, else to every step that uses packages at all: which of them
    needs it cannot be seen.

    Raises:
        RefusedError: the notebook is not Python.
        CancelledError: cancelled.
    """
    discovery = discover_requirements(path, _worth_reading(notebook), ports, cancel)
    cells = [(cell, read_cell(cell.source)) for cell in notebook.code_cells]
    written = written_files(path, cells)
    follower = ImportFollower(path, ports.files, ports.modules, written, cancel)
    found = [_Found(step) for step in steps]
    by_module: dict[str, list[DiscoveredRequirement]] = {}
    for requirement in discovery.requirements:
        for module in requirement.imports:
            by_module.setdefault(module, []).append(requirement)
    for each in found:
        each.follow(follower, by_module)
    unplaced = [*_placed(discovery, found)]
    declared = {each.requirement.key: each.requirement for each in discovery.requirements}
    return StepsDiscovery(
        {each.step.name: each.freeze(declared) for each in found},
        (
            *_warnings(discovery),
            *_unplaced_warning(unplaced),
            *_module_changes(notebook, found, follower),
        ),
    )


def _worth_reading(notebook: Notebook) -> Notebook:
    """The notebook with only those cells that can say anything about packages.

    The plan has read all of them already, and says which are not Python.
    """
    cells = (cell for cell in notebook.cells if any(word in cell.source for word in _TELLING))
    return replace(notebook, cells=tuple(cells))


class _Found(Struct):
    """What one step needs while it is being collected; requirements by their normalised name."""

    step: PlannedStep
    needed: dict[str, Requirement] = field(default_factory=dict)
    optional: dict[str, Requirement] = field(default_factory=dict)
    local: dict[str, str] = field(default_factory=dict)

    def follow(
        self, follower: ImportFollower, by_module: Mapping[str, list[DiscoveredRequirement]]
    ) -> None:
        """Add what the step's imports lead to."""
        runs = [run for cell in self.step.body for run in read_cell(cell.source).runs]
        followed = follower.follow(self.step.modules, runs, [])
        self.local.update(followed.local)
        for use in followed.uses:
            for found in by_module.get(use.module, ()):
                is_declared = found.source is not RequirementSource.IMPORT
                kept = self.needed if is_declared or not use.is_optional else self.optional
                kept[found.requirement.key] = found.requirement

    def freeze(self, declared: Mapping[str, Requirement]) -> StepDiscovery:
        """What was collected, sorted; what the split adds itself is asked for as declared."""
        requirements = step_requirements(self.step, self.needed.values(), declared)
        optional = {key: each for key, each in self.optional.items() if key not in self.needed}
        return StepDiscovery(
            requirements=tuple(declared.get(each.key, each) for each in requirements),
            optional=tuple(optional[key] for key in sorted(optional)),
            local=tuple(sorted({*self.local.values()})),
        )


def _placed(discovery: Discovery, found: Sequence[_Found]) -> Iterator[Requirement]:
    """Give declared requirements that nothing imports to steps; those that had no place."""
    users = [each for each in found if each.needed]
    for declared in discovery.requirements:
        requirement = declared.requirement
        if declared.imports or requirement.is_dev or requirement.key == KERNEL_PACKAGE:
            continue
        installing = [each for each in found if set(each.step.cells) & set(declared.cells)]
        for each in installing or users:
            each.needed[requirement.key] = requirement
        if not installing:
            yield requirement


def _module_changes(
    notebook: Notebook, found: Sequence[_Found], follower: ImportFollower
) -> Iterator[SplitWarning]:
    """Warnings of calls that change what modules hold, which several steps use."""
    counts = Counter(path for each in found for path in {*each.local.values()})
    if max(counts.values(), default=0) < 2:
        return
    # Slow to import, and most notebooks have no modules of their own.
    from .find_module_changes import LocalUse, find_module_changes

    uses = [LocalUse(each.step, each.local) for each in found]
    texts = {path: text for path in counts if (text := follower.text(path)) is not None}
    cells = {cell.index: cell.source for cell in notebook.code_cells}
    yield from find_module_changes(uses, cells, texts)


def _unplaced_warning(unplaced: Sequence[Requirement]) -> Iterator[SplitWarning]:
    if unplaced:
        names = ", ".join(requirement.name for requirement in unplaced)
        yield SplitWarning(
            SplitCode.UNPLACED_REQUIREMENT,
            f"Nothing imports {names}, which the notebook declares: every step that uses packages "
            "installs it too.",
        )


def _warnings(discovery: Discovery) -> Iterator[SplitWarning]:
    for unresolved in discovery.unresolved:
        if not unresolved.is_optional:
            yield SplitWarning(
                SplitCode.UNRESOLVED_IMPORT,
                f"No package is known for the import '{unresolved.module}': no overlay installs "
                "it. Add a requirement if there is one.",
                cell=unresolved.cells[0],
            )
    for problem in discovery.problems:
        if problem.code not in _SAID_BY_THE_PLAN:
            yield SplitWarning(
                SplitCode.UNRESOLVED_IMPORT, problem.message, problem.cell, problem.line
            )
