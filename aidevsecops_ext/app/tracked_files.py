"""The notebooks and overlays that a repository tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..domain.errors import AidevsecopsError, NotFoundError
from .find_overlays import find_overlays
from .open_notebook import open_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.overlay import Overlay
    from .git_ports import GitReading
    from .open_notebook import OpenedNotebook
    from .ports import CancelToken, Files

Failure = tuple[str, AidevsecopsError]


class TrackedPorts(Protocol):
    """What finding them needs of the outside."""

    @property
    def files(self) -> Files:
        """The files below the repository's root."""
        ...

    @property
    def git(self) -> GitReading:
        """The repository."""
        ...


def tracked_notebooks(ports: TrackedPorts, cancel: CancelToken) -> tuple[str, ...]:
    """The paths of all notebooks that are tracked.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    return tuple(path for path in ports.git.tracked(cancel) if path.endswith(".ipynb"))


def open_tracked(
    ports: TrackedPorts, cancel: CancelToken, failures: list[Failure]
) -> Iterator[OpenedNotebook]:
    """Each notebook that is tracked; what cannot be opened goes to ``failures``.

    One that was deleted is left out: that it is not committed is said elsewhere.

    Raises:
        AidevsecopsError: git fails.
        CancelledError: cancelled.
    """
    for path in tracked_notebooks(ports, cancel):
        cancel.raise_if_cancelled()
        try:
            yield open_notebook(path, ports.files)
        except NotFoundError:
            continue
        except AidevsecopsError as error:
            failures.append((path, error))


def tracked_overlays(ports: TrackedPorts, cancel: CancelToken) -> tuple[Overlay, ...]:
    """The overlays whose requirements are tracked, in the order of their folders.

    Raises:
        AidevsecopsError: git fails, or a folder cannot be read.
        CancelledError: cancelled.
    """
    tracked = frozenset(ports.git.tracked(cancel))
    found = find_overlays(["."], ports.files).overlays.values()
    return tuple(
        sorted(
            (overlay for overlay in found if overlay.asked_path in tracked),
            key=lambda overlay: overlay.folder,
        )
    )
