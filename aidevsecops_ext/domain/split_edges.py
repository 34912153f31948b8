"""What has to run after what, and why: variables, random state, files, and what nobody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split import Edge, SplitCode, SplitWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .split_files import FileUse


class Edges:
    """Collects edges between steps, by their numbers; several reasons for one make one edge."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._found: dict[tuple[int, int], tuple[set[str], list[str]]] = {}

    def add(self, source: int, target: int, reason: str, names: Iterable[str] = ()) -> None:
        """Have ``target`` run after ``source``."""
        found = self._found.setdefault((source, target), (set(), []))
        found[0].update(names)
        found[1].append(reason)

    def sources(self, target: int) -> tuple[str, ...]:
        """The steps that the target runs after, in their order."""
        return tuple(self._names[one] for one, other in sorted(self._found) if other == target)

    def all(self) -> tuple[Edge, ...]:
        """All edges, in the order of their steps."""
        return tuple(
            Edge(self._names[one], self._names[other], tuple(sorted(names)), tuple(reasons))
            for (one, other), (names, reasons) in sorted(self._found.items())
        )


class FileOrder:
    """Keeps the order of steps that use the same files, or files that nobody knows."""

    def __init__(self, names: Sequence[str], edges: Edges) -> None:
        self._names = names
        self._edges = edges
        self._writer: dict[str, int] = {}
        self._readers: dict[str, set[int]] = {}
        self._writers_since: set[int] = set()
        self._readers_since: set[int] = set()
        self._barrier: int | None = None

    def run(self, step: int, uses: Iterable[FileUse]) -> None:
        """Follow the files that a step reads and writes."""
        found = list(uses)
        if not found:
            return
        reads = {use.path for use in found if not use.is_written}
        writes = {use.path for use in found if use.is_written}
        self._after(self._barrier, step, "uses files, and", "may write any")
        self._read(step, reads)
        self._write(step, writes)
        for path in reads - {None}:
            self._readers.setdefault(str(path), set()).add(step)
        if reads:
            self._readers_since.add(step)
        if writes:
            self._writers_since.add(step)

    def _read(self, step: int, paths: set[str | None]) -> None:
        for path in sorted(str(each) for each in paths - {None}):
            self._after(self._writer.get(path), step, f"reads {path}, which", "writes")
        for other in sorted(self._writers_since) if None in paths else ():
            self._after(other, step, "reads a file whose name is not known, and", "writes one")

    def _write(self, step: int, paths: set[str | None]) -> None:
        for path in sorted(str(each) for each in paths - {None}):
            self._after(self._writer.get(path), step, f"writes {path}, which", "writes too")
            for other in sorted(self._readers.pop(path, ())):
                self._after(other, step, f"writes {path}, which", "reads before")
            self._writer[path] = step
        if None in paths:
            for other in sorted(self._writers_since | self._readers_since):
                self._after(other, step, "writes a file whose name is not known, and", "uses one")
            self._barrier = step
            self._writers_since.clear()
            self._readers_since.clear()

    def _after(self, source: int | None, target: int, what: str, does: str) -> None:
        if source is not None:
            names = self._names
            self._edges.add(source, target, f"{names[target]} {what} {names[source]} {does}.")


def unknown_paths(uses: Iterable[tuple[int, FileUse]]) -> list[SplitWarning]:
    """A warning for each place, in a cell, where a path is not written down."""
    warnings: dict[tuple[int, int], SplitWarning] = {}
    for cell, use in uses:
        if use.path is None:
            what = "written" if use.is_written else "read"
            warnings.setdefault(
                (cell, use.line),
                SplitWarning(
                    SplitCode.UNKNOWN_PATH,
                    f"The path of the file that is {what} here is known only when it runs, so "
                    "the steps that use files keep their order.",
                    cell,
                    use.line,
                ),
            )
    return list(warnings.values())
