"""What the cells of a notebook say: imports, local modules, install commands, a script block."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..domain.discovery import DiscoveryProblem, LocalModule
from ..domain.errors import AidevsecopsError
from ..domain.imports import (
    ImportedModule,
    UnreadableCodeError,
    salvaged_imports,
    third_party_imports,
)
from ..domain.ipython import CellCode, WrittenFile, read_cell
from ..formats import notebook_json
from ..formats.pep723 import ScriptBlock, read_script_block
from ..formats.pip_lines import read_installs
from .find_local_modules import LocalModules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.ipython_magics import RunFile
    from ..domain.notebook import Cell, Notebook
    from ..domain.requirements import Requirement
    from .ports import CancelToken, Files, ProjectModules


@dataclass(frozen=True, slots=True)
class ImportUse:
    """An import that is no local module, and the cell that does it, itself or by local modules."""

    imported: ImportedModule
    cell: int


@dataclass(frozen=True, slots=True)
class InstalledRequirement:
    """A requirement that a cell installs."""

    requirement: Requirement
    cell: int


@dataclass(slots=True)
class CellReading:
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
    written = _written_files(path, cells)
    reader = _CellReader(path, LocalModules(modules, written), _Sources(files, written), cancel)
    for cell, code in cells:
        cancel.raise_if_cancelled()
        reader.read(cell, code)
    return reader.reading


def _written_files(path: str, cells: list[tuple[Cell, CellCode]]) -> dict[str, str]:
    """The text of each file that a ``%%writefile`` cell writes, by its path below the root."""
    written: dict[str, str] = {}
    for _, code in cells:
        if code.written is not None:
            target = _beside(path, code.written.path)
            before = written.get(target, "") if code.written.is_appended else ""
            written[target] = _appended(before, code.written)
    return written


def _appended(before: str, written: WrittenFile) -> str:
    return f"{before}\n{written.text}" if before else written.text


def _beside(notebook: str, path: str) -> str:
    """A path as seen from the notebook, as seen from the root."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(notebook), path))


class _Sources:
    """The imports of each local source, read once."""

    def __init__(self, files: Files, written: dict[str, str]) -> None:
        self._files = files
        self._written = written
        self._imports: dict[str, tuple[ImportedModule, ...]] = {}

    def imports(self, path: str, problems: list[DiscoveryProblem]) -> tuple[ImportedModule, ...]:
        """The imports of a source; what cannot be read of it is added to the problems, once."""
        if path not in self._imports:
            self._imports[path] = tuple(self._read(path, problems))
        return self._imports[path]

    def _read(self, path: str, problems: list[DiscoveryProblem]) -> Iterator[ImportedModule]:
        try:
            text = self._written[path] if path in self._written else self._files.read(path).text
            pieces = _pieces(path, text)
        except AidevsecopsError as error:
            problems.append(DiscoveryProblem("discover.module-unreadable", error.message))
            return
        for piece in pieces:
            yield from self._read_piece(path, piece, problems)

    def _read_piece(
        self, path: str, piece: str, problems: list[DiscoveryProblem]
    ) -> tuple[ImportedModule, ...]:
        try:
            return third_party_imports(piece)
        except UnreadableCodeError as error:
            message = f"{path} is not Python: {error.message}"
            problems.append(
                DiscoveryProblem("discover.module-not-python", message, line=error.line)
            )
            return salvaged_imports(piece)


def _pieces(path: str, text: str) -> tuple[str, ...]:
    """The Python in a module, an IPython script or a notebook."""
    if path.endswith(".ipynb"):
        cells = notebook_json.parse(text, path).code_cells
        return tuple(read_cell(cell.source).python for cell in cells)
    return (read_cell(text).python,) if path.endswith(".ipy") else (text,)


class _CellReader:
    def __init__(
        self, path: str, modules: LocalModules, sources: _Sources, cancel: CancelToken
    ) -> None:
        self._path = path
        self._modules = modules
        self._sources = sources
        self._cancel = cancel
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
        for command in code.commands:
            installs = read_installs(command.text)
            self.reading.installs += [
                InstalledRequirement(requirement, cell.index)
                for requirement in installs.requirements
            ]
            problems += [
                DiscoveryProblem("discover.install", problem, cell.index, command.line)
                for problem in installs.problems
            ]
        try:
            imports = third_party_imports(code.python)
        except UnreadableCodeError as error:
            message = f"The cell is not Python: {error.message}"
            problems.append(
                DiscoveryProblem("discover.cell-not-python", message, cell.index, error.line)
            )
            imports = salvaged_imports(code.python)
        self._follow(cell.index, imports, code.runs)

    def _follow(
        self, cell: int, imports: tuple[ImportedModule, ...], runs: tuple[RunFile, ...]
    ) -> None:
        """Add the uses of a cell: its own and those of the local modules that it leads to."""
        seen: set[tuple[str, bool]] = set()
        waiting = [(imported, self._path, imported.is_optional) for imported in imports]
        waiting.reverse()
        for run in runs:
            path = _beside(self._path, run.path)
            waiting = self._enter(cell, (run.path, path), False, seen) + waiting
        while waiting:
            imported, importer, is_optional = waiting.pop()
            found = self._modules.find(imported, importer)
            if not found:
                use = ImportedModule(imported.module, imported.line, is_optional, imported.names)
                self.reading.uses.append(ImportUse(use, cell))
            entered = [self._enter(cell, local, is_optional, seen) for local in found]
            for imports_below in reversed(entered):
                waiting += imports_below

    def _enter(
        self, cell: int, local: tuple[str, str], is_optional: bool, seen: set[tuple[str, bool]]
    ) -> list[tuple[ImportedModule, str, bool]]:
        """Note a local module, by name and path; its imports, unless the cell had them already."""
        self._cancel.raise_if_cancelled()
        module, path = local
        if (path, False) in seen or (path, is_optional) in seen:
            return []
        seen.add((path, is_optional))
        known = self.reading.local.get(path)
        cells = known.cells if known else ()
        if cell not in cells:
            name = known.module if known else module
            self.reading.local[path] = LocalModule(name, path, (*cells, cell))
        if not path.endswith((".py", ".ipy", ".ipynb")):
            return []
        imports = self._sources.imports(path, self.reading.problems)
        return [(each, path, is_optional or each.is_optional) for each in reversed(imports)]
