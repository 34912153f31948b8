"""Whether the lock of a notebook holds, as far as one is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import AidevsecopsError, CancelledError
from ..domain.lock import LockStatus
from .check_notebook import check_notebook
from .discover_requirements import DiscoverPorts, discover_requirements

if TYPE_CHECKING:
    from collections.abc import Collection

    from .open_notebook import OpenedNotebook
    from .ports import CancelToken


class LockStanding(Struct, frozen=True):
    """The status of a notebook's lock; None where the notebook cannot be understood.

    ``is_needed`` is False where it needs no package, or an overlay has its lock.
    """

    status: LockStatus | None
    is_needed: bool = True

    @property
    def is_fresh(self) -> bool:
        """True where the lock holds."""
        return self.status in (LockStatus.FRESH, LockStatus.UNSUPPORTED)

    @property
    def is_good(self) -> bool:
        """True where nothing has to be done."""
        return self.is_fresh or (self.status is LockStatus.UNLOCKED and not self.is_needed)


def lock_standing(
    opened: OpenedNotebook, served: Collection[str], ports: DiscoverPorts, cancel: CancelToken
) -> LockStanding:
    """Whether the lock of a notebook holds; ``served`` are those whose packages an overlay locks.

    Raises:
        CancelledError: cancelled.
    """
    try:
        discovery = discover_requirements(opened.path, opened.notebook, ports, cancel)
        status = check_notebook(opened.notebook, discovery).status
    except CancelledError:
        raise
    except AidevsecopsError:
        return LockStanding(None)
    return LockStanding(status, bool(discovery.requirements) and opened.path not in served)
