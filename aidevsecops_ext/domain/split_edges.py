"""What has to run after what, and why: variables, random state, files, and what nobody can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .split import Edge, SplitCode, SplitWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .split_shell import FileUse


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

    def pairs(self) -> set[tuple[int, int]]:
        """The numbers of the steps of each edge."""
        return set(self._found)

    def all(self) -> tuple[Edge, ...]:
        """All edges, in the order of their steps."""
        return tuple(
            Edge(self._names[one], self._names[other], tuple(sorted(names)), tuple(reasons))
            for (one, other), (names, reasons) in sorted(self._found.items())
        )


def unknown_paths(uses: Iterable[tuple[int, FileUse]]) -> list[SplitWarning]:
    """A warning for each place, in a cell, where a path is not written down."""
    warnings: dict[tuple[int, int], SplitWarning] = {}
    for cell, use in uses:
        if use.path is None:
            does = "written" if use.is_written else "read"
            what = f"The path of the file that is {does} here is known only when it runs"
            if use.program:
                what = f"Which files {use.program} reads or writes cannot be seen"
            warnings.setdefault(
                (cell, use.line),
                SplitWarning(
                    SplitCode.UNKNOWN_PATH,
                    f"{what}, so the steps that use files keep their order.",
                    cell,
                    use.line,
                ),
            )
    return list(warnings.values())
