"""A split as it is shown before it is made: the steps, their files, and what is in the way."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .step_record import StepState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cut import CutBy
    from .json_value import Json
    from .notebook import CellTagsEdit
    from .requirements import Requirement
    from .split import Edge, PlannedStep, SplitWarning


class StepDiscovery(Struct, frozen=True):
    """What one step must install, what it can do without, and its modules of the repository."""

    requirements: tuple[Requirement, ...]
    optional: tuple[Requirement, ...] = ()
    local: tuple[str, ...] = ()


class StepFile(Struct, frozen=True):
    """A file of a split as it would be written, and what is at its place.

    ``step`` is None for the module beside the notebook. ``digest`` is of what it will hold;
    ``revision`` is of the text that is there, None where there is none. ``diff`` is a unified diff
    of the sources, empty where nothing is replaced. ``verified`` is what the notebook that is there
    says, if it is the one that would be written.
    """

    path: str
    text: str
    state: StepState
    digest: str
    step: str | None = None
    revision: str | None = None
    diff: str = ""
    verified: bool | None = None


class LeftFile(Struct, frozen=True):
    """A file of an earlier split that belongs to no step now, as it was made: it can go.

    ``overlay`` is the name of the overlay that it is of, None for others. With ``is_folder`` it is
    what a step left for others, and ``revision`` is that of its manifest.
    """

    path: str
    revision: str
    overlay: str | None = None
    is_folder: bool = False


class SplitStep(Struct, frozen=True):
    """One step: its plan, what it needs, its notebook, and the folder of its overlay, if any."""

    plan: PlannedStep
    needs: StepDiscovery
    file: StepFile
    overlay: str | None = None


class Split(Struct, frozen=True):
    """A split that could be made; nothing has been written.

    ``roles`` has every code cell. ``tags`` and ``metadata`` (new values of keys, None deletes one)
    record the split in the notebook, so that the next one is the same; tags are those of a cut by
    hand. ``removals`` are to be deleted. ``counts`` says how many steps each level of headings
    would give. A split with the same ``digest`` writes the same files over the same files.
    """

    path: str
    by: CutBy
    level: int | None
    out: str
    steps: tuple[SplitStep, ...]
    edges: tuple[Edge, ...]
    roles: Mapping[int, str]
    counts: Mapping[int, int]
    warnings: tuple[SplitWarning, ...]
    module: StepFile | None = None
    tags: tuple[CellTagsEdit, ...] = ()
    metadata: Mapping[str, Json] = field(default_factory=dict)
    removals: tuple[LeftFile, ...] = ()

    @property
    def files(self) -> tuple[StepFile, ...]:
        """The step notebooks, and the module beside them where there is one."""
        files = tuple(step.file for step in self.steps)
        return files if self.module is None else (*files, self.module)

    @property
    def digest(self) -> str:
        """The SHA-256 of all that a person agrees to who agrees to this split."""
        content = [
            [self.path, self.by.value, self.level, self.out],
            [[file.path, file.state.value, file.digest, file.diff] for file in self.files],
            [
                [step.overlay, [each.to_pep508() for each in step.needs.requirements]]
                for step in self.steps
            ],
            [[edit.index, *edit.tags] for edit in self.tags],
            dict(self.metadata),
            [[file.path, file.revision] for file in self.removals],
            [[warning.code.value, warning.cell, warning.line] for warning in self.warnings],
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    @property
    def can_apply(self) -> bool:
        """True when nothing but edits by hand stands in the way of writing it."""
        return (
            bool(self.steps)
            and not any(warning.is_error for warning in self.warnings)
            and not any(file.state is StepState.FOREIGN for file in self.files)
        )

    @property
    def verified(self) -> bool | None:
        """What the last verification found for these very steps; None where there was none."""
        found = {step.file.verified for step in self.steps}
        return found.pop() if len(found) == 1 else None
