"""A notebook or a script as one step: what it reads, writes and needs of the repository."""

from __future__ import annotations

from posixpath import basename, splitext
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.cut import Cut, CutBy, CutStep
from ..domain.environment_names import variables_of
from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.notebook import Cell, CellKind, Notebook
from ..domain.plan import plan_split
from ..domain.split import SplitCode, StepFiles
from ..domain.step_record import CellRole as StepRole
from ..domain.step_tags import CellRole
from ..formats import notebook_json
from ..formats.step_text import read_step_notebook
from .discover_steps import discover_steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.environment_names import Variable
    from ..domain.split import SplitWarning
    from ..domain.split_preview import StepDiscovery
    from ..domain.step_record import StepRecord
    from .discover_requirements import DiscoverPorts
    from .ports import CancelToken, Files

NOTEBOOK_SUFFIX = ".ipynb"


class CodeFile(Struct, frozen=True):
    """A notebook, or a script as a notebook of one cell; ``record`` where it is a step's."""

    path: str
    notebook: Notebook
    record: StepRecord | None = None

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The environment variables that its code asks for."""
        return variables_of(cell.source for cell in self.notebook.code_cells)

    @property
    def own_part(self) -> Notebook:
        """The notebook without what a split added to read and write what crosses between steps."""
        added = {
            cell.source
            for cell in (self.record.cells if self.record is not None else ())
            if cell.role in (StepRole.READ, StepRole.WRITE)
        }
        cells = tuple(cell for cell in self.notebook.cells if cell.source not in added)
        return replace(self.notebook, cells=cells)


class CodeUse(Struct, frozen=True):
    """What code uses: files as seen from its folder, and what it imports.

    ``unsure`` are the cells that use files whose names are known only when they run. ``needs`` is
    None, and ``problem`` says why, where the code cannot be read.
    """

    files: StepFiles = StepFiles()
    needs: StepDiscovery | None = None
    problem: str = ""
    unsure: tuple[int, ...] = ()


def open_code(path: str, files: Files) -> CodeFile:
    """The notebook or script at that path.

    Raises:
        AidevsecopsError: it cannot be read, or is not a notebook.
    """
    text = files.read(path).text
    if splitext(path)[1] != NOTEBOOK_SUFFIX:
        return CodeFile(path, Notebook((Cell(0, CellKind.CODE, text),), {}))
    return CodeFile(path, notebook_json.parse(text, path), read_step_notebook(text))


def read_use(code: CodeFile, ports: DiscoverPorts, cancel: CancelToken) -> CodeUse:
    """What the code uses, as far as it can be read from it.

    Raises:
        CancelledError: cancelled.
    """
    notebook = code.own_part
    name = splitext(basename(code.path))[0]
    cells = tuple(cell.index for cell in notebook.cells)
    roles = tuple((cell.index, CellRole.SOURCE) for cell in notebook.code_cells)
    cut = Cut((CutStep(name, name, cells),), roles, CutBy.HAND)
    try:
        notebook.require_python()
        plan = plan_split(notebook, cut)
        [step] = plan.steps
        found = discover_steps(code.path, notebook, [step], ports, cancel)
    except CancelledError:
        raise
    except AidevsecopsError as error:
        return CodeUse(problem=error.message)
    return CodeUse(step.files, found.steps[name], unsure=unsure_cells(plan.warnings))


def unsure_cells(warnings: Iterable[SplitWarning]) -> tuple[int, ...]:
    """The cells that use files whose names are known only when they run."""
    cells = (each.cell for each in warnings if each.code is SplitCode.UNKNOWN_PATH)
    return tuple(sorted({cell for cell in cells if cell is not None}))
