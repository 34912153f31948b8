"""The order of steps that use the same files, or files that nobody knows."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from .split_shell import FileMatter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .split_edges import Edges
    from .split_shell import FileUse


class FileOrder:
    """Keeps the order of steps that use the same files, or files that nobody knows.

    A folder and what is in it are the same file here; where it only matters that a folder is
    there, only who makes or removes it counts.
    """

    def __init__(self, names: Sequence[str], edges: Edges) -> None:
        self._names = names
        self._edges = edges
        self._writer: dict[str, int] = {}
        self._readers: dict[str, set[int]] = {}
        self._within: dict[str, set[str]] = {}
        self._writers_since: set[int] = set()
        self._readers_since: set[int] = set()
        self._barrier: int | None = None

    def run(self, step: int, uses: Iterable[FileUse]) -> None:
        """Follow the files that a step reads and writes."""
        found = list(uses)
        if not found:
            return
        read = {use.path: use.matter for use in found if not use.is_written}
        written = {use.path: use.matter for use in found if use.is_written}
        self._after(self._barrier, step, "uses files, and", "may write any")
        program = next((use.program for use in found if use.program), "")
        self._read(step, read, program)
        self._write(step, written, program)
        for path, matter in read.items():
            if path is not None and matter is not FileMatter.PLACE:
                self._readers.setdefault(self._noted(path), set()).add(step)
        if read:
            self._readers_since.add(step)
        if written:
            self._writers_since.add(step)

    def _read(self, step: int, found: dict[str | None, FileMatter], program: str) -> None:
        for path in sorted(str(each) for each in found.keys() - {None}):
            for other in self._met(path, found[path]):
                self._after(self._writer.get(other), step, f"reads {path}, which", "writes")
        for other_step in sorted(self._writers_since) if None in found else ():
            does = f"runs {program}, which may read any file, and"
            if not program:
                does = "reads a file whose name is not known, and"
            self._after(other_step, step, does, "writes one")

    def _write(self, step: int, found: dict[str | None, FileMatter], program: str) -> None:
        for path in sorted(str(each) for each in found.keys() - {None}):
            for other in list(self._met(path, found[path])):
                self._after(self._writer.get(other), step, f"writes {path}, which", "writes too")
                for reader in sorted(self._readers.get(other, ())):
                    self._after(reader, step, f"writes {path}, which", "reads before")
            self._readers.pop(path, None)
            self._writer[self._noted(path)] = step
        if None in found:
            for other_step in sorted(self._writers_since | self._readers_since):
                does = f"runs {program}, which may write any file, and"
                if not program:
                    does = "writes a file whose name is not known, and"
                self._after(other_step, step, does, "uses one")
            self._barrier = step
            self._writers_since.clear()
            self._readers_since.clear()

    def _noted(self, path: str) -> str:
        """The path, which is found from now on as a part of the folders that it is in."""
        for folder in _folders(path):
            self._within.setdefault(folder, set()).add(path)
        return path

    def _met(self, path: str, matter: FileMatter) -> Iterator[str]:
        """The paths before that mean the same, a folder that it is in, or something in it."""
        yield path
        yield from _folders(path)
        if matter is not FileMatter.PLACE:
            yield from sorted(self._within.get(path, ()))

    def _after(self, source: int | None, target: int, what: str, does: str) -> None:
        if source is not None and source != target:
            names = self._names
            self._edges.add(source, target, f"{names[target]} {what} {names[source]} {does}.")


def _folders(path: str) -> Iterator[str]:
    """The folders that a path is in."""
    is_outside = path.startswith(("/", ".."))
    while path not in ("", "/", ".", ".."):
        path = posixpath.dirname(path)
        if path:
            yield path
    if not is_outside and path != ".":
        yield "."
