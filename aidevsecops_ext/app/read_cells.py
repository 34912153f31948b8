"""What the cells of a notebook say: imports, local modules, install commands, a script block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from ..domain.discovery import DiscoveryProblem, LocalModule
from ..domain.imports import (
    ImportedModule,
    UnreadableCodeError,
    salvaged_imports,
    third_party_imports,
)
from ..domain.ipython import CellCode, read_cell
from ..formats.pep723 import ScriptBlock, read_script_block
from .follow_imports import ImportFollower, written_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.ipython import Command
    from ..domain.ipython_magics import RunFile
    from ..domain.notebook import Cell, Notebook
    from ..domain.requirements import Requirement
    from .ports import CancelToken, Files, ProjectModules


class ImportUse(Struct, frozen=True):
    """An import that is no local module, and the cell that does it, itself or by local modules."""

    imported: ImportedModule
    cell: int


class InstalledRequirement(Struct, frozen=True):
    """A requirement that a cell installs."""

    requirement: Requirement
    cell: int


class CellReading(Struct):
    """All that the cells say; filled cell by cell."""

    uses: list[ImportUse] = field(default_factory=list)
    installs: list[InstalledRequirement] = field(default_factory=list)
    script: ScriptBlock | None = None
    local: dict[str, LocalModule] = field(default_factory=dict)
    problems: list[DiscoveryProblem] = field(default_factory=list)


def read_cells(
    path: str, notebook: Notebook, files: Files, modules: ProjectModules, cancel: CancelToken
) -> CellReading:
    """What the code cells of the notebook at ``path`` say, local modules followed.

    Raises:
        CancelledError: cancelled.
    """
    cells = [(cell, read_cell(cell.source)) for cell in notebook.code_cells]
    written = written_files(path, cells)
    reader = _CellReader(ImportFollower(path, files, modules, written, cancel))
    for cell, code in cells:
        cancel.raise_if_cancelled()
        reader.read(cell, code)
    return reader.reading


class _CellReader:
    def __init__(self, follower: ImportFollower) -> None:
        self._follower = follower
        self.reading = CellReading()

    def read(self, cell: Cell, code: CellCode) -> None:
        """Add what one cell says."""
        problems = self.reading.problems
        if self.reading.script is None:
            self.reading.script = read_script_block(cell.source)
            if self.reading.script is not None:
                line = self.reading.script.line
                problems += [
                    DiscoveryProblem("discover.script-block", problem, cell.index, line)
                    for problem in self.reading.script.problems
                ]
        if code.commands:
            self._read_commands(cell, code.commands)
        try:
            imports = third_party_imports(code.python)
        except UnreadableCodeError as error:
            message = f"The cell is not Python: {error.message}"
            problems.append(
                DiscoveryProblem("discover.cell-not-python", message, cell.index, error.line)
            )
            imports = salvaged_imports(code.python)
        self._follow(cell.index, imports, code.runs)

    def _read_commands(self, cell: Cell, commands: Iterable[Command]) -> None:
        """Add what the commands of a cell install."""
        # Most notebooks install nothing.
        from ..formats.pip_lines import read_installs

        for command in commands:
            installs = read_installs(command.text)
            self.reading.installs += [
                InstalledRequirement(requirement, cell.index)
                for requirement in installs.requirements
            ]
            self.reading.problems += [
                DiscoveryProblem("discover.install", problem, cell.index, command.line)
                for problem in installs.problems
            ]

    def _follow(
        self, cell: int, imports: tuple[ImportedModule, ...], runs: tuple[RunFile, ...]
    ) -> None:
        """Add the uses of a cell: its own and those of the local modules that it leads to."""
        followed = self._follower.follow(imports, runs, self.reading.problems)
        self.reading.uses += [ImportUse(imported, cell) for imported in followed.uses]
        for module, path in followed.local:
            known = self.reading.local.get(path)
            cells = known.cells if known else ()
            if cell not in cells:
                name = known.module if known else module
                self.reading.local[path] = LocalModule(name, path, (*cells, cell))
