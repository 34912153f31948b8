"""How the command that locks notebooks locks many: what they share, and the table at the end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from msgspec.structs import replace

from .lock_each import lock_each, tell_lock, word_of
from .render_batch import LockRow, lock_row, print_counts, print_lock_table
from .sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.lock import Lock, LockChange
    from .entries import Entry
    from .lock_each import Locked
    from .lock_options import LockOptions
    from .workspace import NamedNotebook


def lock_many(
    notebooks: Sequence[NamedNotebook], options: LockOptions, slot_count: int
) -> list[Entry[Locked]]:
    """How the lock of each ended, in their order; ``slot_count`` requests resolve at a time."""
    sharing = Sharing(slot_count)
    started = time.monotonic()

    entries = lock_each(
        notebooks,
        options,
        sharing.lock_ports,
        sharing.worker_count,
        tell_lock(options, _without_first),
    )
    if entries and not options.is_json:
        rows = [_row(entry, options) for entry in entries]
        print_lock_table(rows)
        count = sharing.resolution_count
        print_counts(
            notebooks,
            [row.word for row in rows],
            f"{count} different set{'' if count == 1 else 's'} of requirements resolved",
            f"{time.monotonic() - started:.1f} s",
        )
    return entries


def _row(entry: Entry[Locked], options: LockOptions) -> LockRow:
    if entry.error is not None:
        return LockRow(entry.notebook.shown, "failed", reason=entry.error.code.value)
    outcome = entry.answer.outcome
    word = word_of(entry.answer, is_dry_run=options.is_dry_run)
    return lock_row(entry.notebook.shown, outcome.lock, outcome.change, word)


def _without_first(change: LockChange, lock: Lock) -> LockChange:
    """The change without what was added where there was no lock: that is just the lock."""
    is_first = len(change.added) == lock.count and not change.removed
    return replace(change, added=()) if is_first else change
