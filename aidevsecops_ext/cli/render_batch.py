"""What several notebooks and overlays came to: a table, and a line that counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from .screen import echo, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..domain.lock import Lock, LockChange
    from .workspace import NamedNotebook

_COLOURS = {"failed": "red", "locked": "green", "would lock": "green"}
_HEAD = ("", "", "packages", "added", "removed", "updated", "unchanged")


class LockRow(Struct, frozen=True):
    """One line of the table: a name, what came of it, and the counts; or why it failed."""

    name: str
    word: str
    counts: tuple[int, ...] = ()
    reason: str = ""


def lock_row(name: str, lock: Lock, change: LockChange, word: str) -> LockRow:
    """The line of one that has a lock."""
    added, removed, updated = len(change.added), len(change.removed), len(change.updated)
    return LockRow(
        name, word, (lock.count, added, removed, updated, max(0, lock.count - added - updated))
    )


def print_lock_table(rows: Sequence[LockRow]) -> None:
    """Print how many packages each lock has, and how many of them changed how."""
    name_width = max(len(row.name) for row in rows)
    word_width = max(len(row.word) for row in rows)
    widths = [len(head) for head in _HEAD[2:]]

    def line(name: str, word: str, cells: Iterable[str], colour: str | None = None) -> str:
        aligned = (cell.rjust(width) for cell, width in zip(cells, widths, strict=False))
        start = styled(word.ljust(word_width), fg=colour)
        return "  ".join([name.ljust(name_width), start, *aligned]).rstrip()

    echo("")
    echo_styled(line("", "", _HEAD[2:]), is_bold=True)
    for row in rows:
        shown = line(row.name, row.word, map(str, row.counts), _COLOURS.get(row.word))
        echo(f"{shown}  {row.reason}".rstrip())


def print_counts(notebooks: Iterable[NamedNotebook], words: Iterable[str], *more: str) -> None:
    """Print how many notebooks and overlays there were, and what came of how many."""
    kinds = Counter(notebook.kind for notebook in notebooks)
    what = [f"{count} {kind}{'' if count == 1 else 's'}" for kind, count in kinds.items()]
    found = [f"{count} {word}" for word, count in Counter(words).most_common()]
    echo(f"{', '.join(what)}: {', '.join([*found, *more])}")
