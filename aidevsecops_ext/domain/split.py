"""The split of a notebook: its steps, what flows between them, and what each needs."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .imports import ImportedModule


class Generator(str, Enum):
    """A global random generator, whose state goes from step to step like a variable."""

    PYTHON = "random"
    NUMPY = "numpy"
    TORCH = "torch"
    TENSORFLOW = "tensorflow"


class SplitCode(str, Enum):
    """What a warning is about; never renamed, explained in ``docs/reference/split.md``."""

    USE_BEFORE_DEFINITION = "names.use-before-definition"
    UNDEFINED_NAME = "names.undefined"
    STAR_IMPORT = "names.star-import"
    TAKEN_NAME = "names.taken"
    DYNAMIC_CODE = "names.dynamic-code"
    CELL_ORDER = "cells.order"
    CELLS_LEFT_OUT = "cells.left-out"
    UNREADABLE_CELL = "cells.unreadable"
    KERNEL_HISTORY = "cells.history"
    ASKS_USER = "cells.asks-user"
    BLOCKS = "cells.blocks"
    NOT_WRITABLE = "flow.not-writable"
    DEFINITION_STATE = "flow.definition-state"
    NOT_KEPT = "flow.not-kept"
    SETTING_DEPENDS = "state.setting-depends"
    UNSEEDED = "state.unseeded"
    KEPT_ORDER = "order.kept"
    UNKNOWN_PATH = "files.unknown-path"
    UNUSED_IMPORT = "imports.unused"
    BAD_TAG = "tags.invalid"
    NAME_CHANGED = "steps.name-changed"
    FEW_STEPS = "steps.few"
    EMPTY_STEP = "steps.empty"
    LEFT_BEHIND = "steps.left-behind"
    OVERRIDDEN_VERSION = "overlays.version-differs"
    UNRESOLVED_IMPORT = "overlays.unresolved-import"
    UNPLACED_REQUIREMENT = "overlays.unplaced-requirement"


STEP_NAMES = frozenset({"_read_step", "_write_step", "_steps_folder", "_split_code"})
"""The names that step notebooks have for themselves, beside those of the notebook."""


class SplitWarning(Struct, frozen=True):
    """What a person should know before the split; with ``is_error`` it stands in its way.

    ``cell`` counts all cells of the notebook from 0, ``line`` the lines of the cell from 1; both
    are None where it concerns the whole notebook.
    """

    code: SplitCode
    message: str
    cell: int | None = None
    line: int | None = None
    is_error: bool = False


class Fragment(Struct, frozen=True):
    """A statement of the notebook that a step repeats, and where it comes from."""

    source: str
    cell: int
    line: int


class Definition(Struct, frozen=True):
    """A function or class (or a lambda with a name) that a step repeats."""

    name: str
    source: str
    cell: int
    line: int


class Taking(Struct, frozen=True):
    """What a step reads of what one earlier step wrote."""

    producer: str
    names: tuple[str, ...]
    generators: tuple[Generator, ...] = ()


class Edge(Struct, frozen=True):
    """``target`` runs after ``source``, and why: each reason is a sentence for a person."""

    source: str
    target: str
    names: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class StepFiles(Struct, frozen=True):
    """The literal paths that a step reads and writes, as seen from the notebook."""

    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()


class StepCell(Struct, frozen=True):
    """A cell of the notebook as a step runs it: without the imports that stand at its head."""

    index: int
    source: str


class PlannedStep(Struct, frozen=True):
    """One step, whole: names are sorted, what is repeated is in the order of the notebook.

    ``cells`` are the code and markdown cells that it was cut from, ``body`` the code that is left
    of them. ``imports``, ``settings`` and ``definitions`` come before the body; ``definitions``
    are those of other steps, ``defines`` the names of its own. ``by_reference`` are classes and
    functions that every step which reads its outputs has too, so that pickles need only their
    names. ``modules`` are all that its code imports and that what it reads is made of. ``finals``
    are the names whose values at its end are those at the end of the notebook.
    """

    name: str
    title: str
    cells: tuple[int, ...]
    body: tuple[StepCell, ...]
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    takes: tuple[Taking, ...] = ()
    outputs: tuple[str, ...] = ()
    generators: tuple[Generator, ...] = ()
    parameters: tuple[StepCell, ...] = ()
    imports: tuple[Fragment, ...] = ()
    settings: tuple[Fragment, ...] = ()
    definitions: tuple[Definition, ...] = ()
    by_reference: tuple[str, ...] = ()
    modules: tuple[ImportedModule, ...] = ()
    files: StepFiles = StepFiles()
    upstream: tuple[str, ...] = ()
    finals: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names that it reads of what earlier steps wrote, sorted."""
        return tuple(sorted(name for taking in self.takes for name in taking.names))


def stale_names(steps: Iterable[PlannedStep]) -> frozenset[str]:
    """Names that no step has as they are at the end of the notebook.

    Such a name changes with an object that a later step has, which its own step is without.
    """
    planned = [*steps]
    kept = {name for step in planned for name in (*step.finals, *step.defines)}
    return frozenset(name for step in planned for name in step.writes) - kept


class SplitPlan(Struct, frozen=True):
    """The steps in the order of the notebook, what orders them, and what a person should know."""

    steps: tuple[PlannedStep, ...]
    edges: tuple[Edge, ...]
    warnings: tuple[SplitWarning, ...] = ()
