"""Imports followed through the modules of the repository, down to those that are not of it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.discovery import DiscoveryProblem
from ..domain.errors import AidevsecopsError
from ..domain.imports import (
    ImportedModule,
    UnreadableCodeError,
    salvaged_imports,
    third_party_imports,
)
from ..domain.ipython import read_cell
from ..formats import notebook_json
from .find_local_modules import LocalModules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..domain.ipython import CellCode, WrittenFile
    from ..domain.ipython_magics import RunFile
    from ..domain.notebook import Cell
    from .ports import CancelToken, Files, ProjectModules


def written_files(path: str, cells: Iterable[tuple[Cell, CellCode]]) -> dict[str, str]:
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


class FollowedImports(Struct, frozen=True):
    """The imports that are no local modules, and each local module on the way: name and path."""

    uses: tuple[ImportedModule, ...]
    local: tuple[tuple[str, str], ...]


class _Trail:
    """Where one search has been."""

    def __init__(self) -> None:
        self.seen: set[tuple[str, bool]] = set()
        self.local: list[tuple[str, str]] = []


class ImportFollower:
    """Follows what the notebook at ``path`` imports; each local source is read once.

    ``written`` are the texts of files that the notebook itself writes, by their paths.
    """

    def __init__(
        self,
        path: str,
        files: Files,
        modules: ProjectModules,
        written: Mapping[str, str],
        cancel: CancelToken,
    ) -> None:
        self._path = path
        self._modules = LocalModules(modules, written)
        self._sources = _Sources(files, written)
        self._cancel = cancel

    def follow(
        self,
        imports: Iterable[ImportedModule],
        runs: Iterable[RunFile],
        problems: list[DiscoveryProblem],
    ) -> FollowedImports:
        """What the imports and the files that are run lead to; problems are added to the list.

        Raises:
            CancelledError: cancelled.
        """
        trail = _Trail()
        waiting = [(imported, self._path, imported.is_optional) for imported in imports]
        waiting.reverse()
        for run in runs:
            local = (run.path, _beside(self._path, run.path))
            waiting = self._enter(local, False, trail, problems) + waiting
        uses: list[ImportedModule] = []
        while waiting:
            imported, importer, is_optional = waiting.pop()
            found = self._modules.find(imported, importer)
            if not found:
                uses.append(
                    ImportedModule(imported.module, imported.line, is_optional, imported.names)
                )
            entered = [self._enter(local, is_optional, trail, problems) for local in found]
            for imports_below in reversed(entered):
                waiting += imports_below
        return FollowedImports(tuple(uses), tuple(trail.local))

    def text(self, path: str) -> str | None:
        """The Python of a module that was followed; None where it cannot be read."""
        return self._sources.text(path)

    def _enter(
        self,
        local: tuple[str, str],
        is_optional: bool,
        trail: _Trail,
        problems: list[DiscoveryProblem],
    ) -> list[tuple[ImportedModule, str, bool]]:
        """The imports of a local module, by name and path, unless they were followed already."""
        self._cancel.raise_if_cancelled()
        _, path = local
        if (path, False) in trail.seen or (path, is_optional) in trail.seen:
            return []
        trail.seen.add((path, is_optional))
        trail.local.append(local)
        if not path.endswith((".py", ".ipy", ".ipynb")):
            return []
        imports = self._sources.imports(path, problems)
        return [(each, path, is_optional or each.is_optional) for each in reversed(imports)]


class _Sources:
    """The imports of each local source, read once."""

    def __init__(self, files: Files, written: Mapping[str, str]) -> None:
        self._files = files
        self._written = written
        self._imports: dict[str, tuple[ImportedModule, ...]] = {}

    def imports(self, path: str, problems: list[DiscoveryProblem]) -> tuple[ImportedModule, ...]:
        """The imports of a source; what cannot be read of it is added to the problems, once."""
        if path not in self._imports:
            self._imports[path] = tuple(self._read(path, problems))
        return self._imports[path]

    def text(self, path: str) -> str | None:
        """The Python of a source; None for what is none, or cannot be read."""
        if not path.endswith(".py"):
            return None
        try:
            return self._written[path] if path in self._written else self._files.read(path).text
        except AidevsecopsError:
            return None

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
