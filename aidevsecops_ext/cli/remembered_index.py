"""A package index that is asked once for each name, and not again after it failed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from ..domain.errors import OutsideFailedError, TimedOutError

if TYPE_CHECKING:
    from ..app.ports import CancelToken, PackageIndex
    from ..domain.requirements import Index


class RememberedIndex:
    """What the indexes of one run answered; shared by all notebooks of the run."""

    def __init__(self, *, is_offline: bool = False) -> None:
        self._is_offline = is_offline
        self._indexes: dict[int, PackageIndex] = {}
        self._lock = threading.Lock()

    def of(self, index: PackageIndex) -> PackageIndex | None:
        """The index with a memory; None when it must not be asked."""
        if self._is_offline:
            return None
        with self._lock:
            return self._indexes.setdefault(id(index), _Remembered(index))


class _Remembered:
    def __init__(self, index: PackageIndex) -> None:
        self._index = index
        self._known: dict[str, bool] = {}
        self._failure: OutsideFailedError | TimedOutError | None = None
        self._lock = threading.Lock()

    def existing(self, names: frozenset[str], cancel: CancelToken) -> frozenset[str]:
        """Those of ``names`` that the index has.

        Raises:
            OutsideFailedError: the index cannot be reached, now or earlier in this run.
            TimedOutError: it does not answer, or did not.
        """
        with self._lock:
            new = names - self._known.keys()
            if new and self._failure is not None:
                raise self._failure
            if new:
                try:
                    found = self._index.existing(new, cancel)
                except (OutsideFailedError, TimedOutError) as error:
                    self._failure = error
                    raise
                self._known.update({name: name in found for name in new})
            return frozenset(name for name in names if self._known[name])

    def default_index(self) -> Index:
        """The user's default index."""
        return self._index.default_index()
