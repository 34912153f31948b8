"""Overlays beside notebooks: found by the names that a command is given, and opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..app.find_notebooks import find_notebooks
from ..app.find_overlays import FoundOverlays, OverlayChoice, can_be_overlay, find_overlays
from ..app.open_overlay import OpenedOverlay, open_overlay
from ..domain.errors import NotFoundError
from ..domain.overlay import Overlay
from .screen import echo_styled
from .workspace import NamedNotebook, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .workspace import Workspace

_FORMAT = "THAMOS_REQUIREMENTS_FORMAT"


def open_named(named: NamedNotebook, overlay: Overlay) -> OpenedOverlay:
    """The overlay as its files are now.

    Raises:
        AidevsecopsError: a file cannot be read, or is not valid.
    """
    if named.error is not None:
        raise named.error
    return open_overlay(overlay, named.services.files)


def find_with_overlays(
    workspace: Workspace, names: Sequence[str], environment: str | None
) -> tuple[NamedNotebook, ...]:
    """The notebooks and then the overlays that names stand for, each once.

    What is off around overlays is told on standard error.

    Raises:
        NotFoundError: a name stands for nothing.
        OutsideFailedError: the operating system refuses.
    """
    choice = OverlayChoice(environment, os.environ.get(_FORMAT) or None)
    notebooks: dict[tuple[int, str], NamedNotebook] = {}
    overlays: dict[str, NamedNotebook] = {}
    problems: dict[str, None] = {}
    for name in names:
        place = workspace.place_of(name)
        files = place.services.files
        if not can_be_overlay(place.path, files):
            notebooks |= _by_place(workspace.find([name]))
            continue
        found = find_overlays([place.path], files, choice)
        problems |= dict.fromkeys(found.problems)
        for key, named in _named(place, found):
            overlays.setdefault(key, named)
        if files.is_folder(place.path):
            notebooks |= _by_place(_notebooks_below(place, is_needed=not overlays))
    _warn(problems)
    return (*notebooks.values(), *overlays.values())


def find_only_overlays(workspace: Workspace, names: Sequence[str]) -> tuple[NamedNotebook, ...]:
    """The overlays that names stand for, each once; none where there are none.

    What is off around overlays is told on standard error.

    Raises:
        NotFoundError: a name stands for nothing.
        OutsideFailedError: the operating system refuses.
    """
    choice = OverlayChoice(None, os.environ.get(_FORMAT) or None)
    overlays: dict[str, NamedNotebook] = {}
    problems: dict[str, None] = {}
    for place in map(workspace.place_of, names):
        found = find_overlays([place.path], place.services.files, choice)
        problems |= dict.fromkeys(found.problems)
        for key, named in _named(place, found):
            overlays.setdefault(key, named)
    _warn(problems)
    return tuple(overlays[key] for key in sorted(overlays))


def _named(place: Place, found: FoundOverlays) -> Iterator[tuple[str, NamedNotebook]]:
    """The overlays of a place, and the files that keep some from being found, by their paths."""
    for path, error in found.failures.items():
        failed = NamedNotebook(path, place.shown(path), place.services, Overlay(""), error)
        yield str(place.root / path), failed
    for overlay in found.overlays.values():
        path = overlay.asked_path
        named = NamedNotebook(path, place.shown(path), place.services, overlay)
        yield str(place.root / path), named


def _warn(problems: Iterable[str]) -> None:
    for problem in problems:
        echo_styled(f"Warning: {problem}", is_error=True, fg="yellow")


def _by_place(notebooks: Iterable[NamedNotebook]) -> dict[tuple[int, str], NamedNotebook]:
    return {(id(notebook.services), notebook.path): notebook for notebook in notebooks}


def _notebooks_below(place: Place, *, is_needed: bool) -> list[NamedNotebook]:
    try:
        paths = find_notebooks([place.path], place.services.files)
    except NotFoundError:
        # A folder may hold overlays only.
        if is_needed:
            raise
        return []
    return [NamedNotebook(path, place.shown(path), place.services) for path in paths]
