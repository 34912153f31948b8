"""What was seen of a project, each thing until something that it was concluded from changes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ..domain.lock import LockedPackage, LockStatus
    from .check_overlays import CheckedOverlays
    from .ports import CancelToken

_T = TypeVar("_T")

_MOST = 10_000
_PATIENCE = 0.2


class SeenNotebook(Struct, frozen=True):
    """What a notebook is by itself; ``status`` is None where it cannot be understood.

    ``unread`` says why it cannot be read. ``packages`` are those of its lock, names and versions.
    """

    is_python: bool = True
    unread: str | None = None
    status: LockStatus | None = None
    has_needs: bool = False
    packages: tuple[LockedPackage, ...] = ()


class SeenOverlays(Struct, frozen=True):
    """The overlays, and the packages that each locks, by its folder, with the file that asks."""

    checked: CheckedOverlays
    packages: dict[str, tuple[str, tuple[LockedPackage, ...]]]


class Notes(Struct):
    """Questions and their answers; ``is_whole`` is False where these may not last."""

    answers: dict[object, object] = field(default_factory=dict)
    is_whole: bool = True


class Noting(Protocol):
    """Who notes what is asked, and asks again."""

    def noted(self, work: Callable[[], _T]) -> tuple[_T, Notes]:
        """What ``work`` answers, and what it asked for that."""
        ...

    def holds(self, notes: Notes) -> bool:
        """True where the answers are the same now."""
        ...


class _Kept(Struct, Generic[_T], frozen=True):
    value: _T
    notes: Notes


class Remembered(Generic[_T]):
    """Conclusions by name; at most ``limit`` of them."""

    def __init__(self, limit: int = _MOST) -> None:
        self._limit = limit
        self._kept: dict[str, _Kept[_T]] = {}

    @property
    def names(self) -> frozenset[str]:
        """What there are conclusions on."""
        return frozenset(self._kept)

    def get(self, name: str, look: Noting, conclude: Callable[[], _T]) -> _T:
        """What is concluded under that name, which is done only where it may be another now."""
        kept = self._kept.get(name)
        if kept is not None and look.holds(kept.notes):
            return kept.value
        self._kept.pop(name, None)
        value, notes = look.noted(conclude)
        if notes.is_whole and len(self._kept) < self._limit:
            self._kept[name] = _Kept(value, notes)
        return value

    def keep_only(self, names: Collection[str]) -> None:
        """Forget the others."""
        for name in self._kept.keys() - names:
            del self._kept[name]


class ProjectMemory:
    """What was seen of one project; those who look at the same time take turns."""

    def __init__(self) -> None:
        self.notebooks: Remembered[SeenNotebook] = Remembered()
        self.overlays: Remembered[SeenOverlays] = Remembered()
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, cancel: CancelToken) -> Iterator[None]:
        """The time of one look; who comes later finds what was seen in it.

        Raises:
            CancelledError: cancelled while waiting.
        """
        while not self._lock.acquire(timeout=_PATIENCE):
            cancel.raise_if_cancelled()
        try:
            yield
        finally:
            self._lock.release()
