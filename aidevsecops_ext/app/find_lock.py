"""Find the lock that a notebook records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..formats import horus_metadata
from ..formats.pipfile import lock_of

if TYPE_CHECKING:
    from ..domain.lock import Lock
    from ..domain.notebook import Notebook


def find_lock(notebook: Notebook) -> Lock | None:
    """The notebook's lock, or None.

    Raises:
        UserError: the recorded lock is not valid.
    """
    recorded = horus_metadata.read(notebook.metadata).lockfile
    return lock_of(recorded) if recorded else None


def require_lock(notebook: Notebook) -> Lock:
    """The notebook's lock.

    Raises:
        UserError: the recorded lock is not valid.
        RefusedError: there is none.
    """
    lock = find_lock(notebook)
    if lock is None:
        raise RefusedError(
            ErrorCode.KERNEL_UNLOCKED,
            "The notebook has no lock to make a kernel from.",
            hint="Lock the notebook first.",
        )
    return lock
