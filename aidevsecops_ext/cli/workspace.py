"""The notebooks that a command names: which folder each is used from, and what it is called."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click
from msgspec import Struct

from ..app.find_notebooks import find_notebooks
from ..config import Settings
from ..wiring import Services
from .environment import settings_from

if TYPE_CHECKING:
    from ..domain.errors import AidevsecopsError
    from ..domain.overlay import Overlay

ServicesBuilder: TypeAlias = Callable[[Path, Settings], Services]

DEFAULT_ENVIRONMENT = "THAMOS_RUNTIME_ENVIRONMENT"
"""The variable that says which runtime environment counts where none is asked for."""

_WILDCARDS = frozenset("*?[")


class NamedNotebook(Struct, frozen=True):
    """What to work on: its path below the root of ``services``, and what to call it.

    It is an overlay where ``overlay`` says so, else a notebook. ``error`` is why the
    ``.thoth.yaml`` that names overlays cannot be read.
    """

    path: str
    shown: str
    services: Services
    overlay: Overlay | None = None
    error: AidevsecopsError | None = None

    @property
    def kind(self) -> str:
        """The word for it, which is also its key in JSON."""
        return "notebook" if self.overlay is None else "overlay"


class Place(Struct, frozen=True):
    """Where a name leads: its path below the root of ``services``."""

    path: str
    root: Path
    services: Services
    folder: Path
    is_absolute: bool

    def shown(self, path: str) -> str:
        """What to call a path below the root: as the user would write it."""
        absolute = self.root / path
        if self.is_absolute and not absolute.is_relative_to(self.folder):
            return str(absolute)
        return os.path.relpath(absolute, self.folder)


class Workspace:
    """The current folder and what is around it.

    The root is the Git repository around the current folder, else that folder itself. A notebook
    elsewhere is used from the repository around it, or from its own folder: who names a path in a
    terminal may use it.
    """

    def __init__(self, folder: Path, settings: Settings, build: ServicesBuilder) -> None:
        self.settings = settings
        self._folder = folder
        self._build = build
        self._root = _repository(folder) or folder
        self._services: dict[Path, Services] = {}

    @classmethod
    def current(cls) -> Workspace:
        """The workspace that the running command is used in; click's context may bring services.

        Raises:
            UserError: an environment variable holds no value of its kind.
        """
        brought: object = click.get_current_context().obj
        return cls(
            Path.cwd(),
            settings_from(os.environ),
            brought if callable(brought) else Services,
        )

    def find(self, names: Sequence[str]) -> tuple[NamedNotebook, ...]:
        """The notebooks that files, folders and patterns name, each once.

        Raises:
            NotFoundError: a folder or pattern has no notebooks.
            OutsideFailedError: the operating system refuses.
        """
        found: dict[tuple[Path, str], NamedNotebook] = {}
        for name in names:
            place = self.place_of(name)
            for path in find_notebooks([place.path], place.services.files):
                notebook = NamedNotebook(path, place.shown(path), place.services)
                found.setdefault((place.root, path), notebook)
        return tuple(found.values())

    def place_of(self, name: str) -> Place:
        """Where a name leads, which need not exist."""
        # Links are not followed here: one that leads out of the root must be noticed later.
        absolute = Path(os.path.normpath(self._folder / name))
        root = self._root_of(absolute)
        inside = absolute.relative_to(root).as_posix()
        is_absolute = Path(name).is_absolute()
        return Place(inside, root, self._services_of(root), self._folder, is_absolute)

    def everywhere(self) -> Services:
        """The services for every file of this machine that the user may read."""
        return self._services_of(Path(self._folder.anchor))

    def here(self) -> Services:
        """The services for the repository or folder that the user is in."""
        return self._services_of(self._root)

    def project(self, name: str) -> Services:
        """The services for the repository that a folder is in, else for that folder."""
        folder = Path(os.path.normpath(self._folder / name))
        return Workspace(folder, self.settings, self._build).here()

    def find_one(self, name: str) -> NamedNotebook:
        """The one notebook that the name names.

        Raises:
            NotFoundError: a folder or pattern has no notebooks.
            OutsideFailedError: the operating system refuses.
            click.UsageError: there are several.
        """
        found = self.find([name])
        if len(found) > 1:
            raise click.UsageError(f"{name} names {len(found)} notebooks; name one.")
        return found[0]

    def place(self, name: str) -> tuple[Services, str]:
        """The services for a file or folder, which need not exist, and its path in their root."""
        place = self.place_of(name)
        return place.services, place.path

    def is_one(self, names: Sequence[str]) -> bool:
        """True when the names are one path of a notebook, neither a folder nor a pattern."""
        # A file that names overlays stands for several.
        if len(names) != 1 or Path(names[0]).name == ".thoth.yaml":
            return False
        path = self._folder / names[0]
        return path.is_file() or (not path.is_dir() and _WILDCARDS.isdisjoint(names[0]))

    def _root_of(self, path: Path) -> Path:
        if path.is_relative_to(self._root):
            return self._root
        folder = path if path.is_dir() else path.parent
        while not _WILDCARDS.isdisjoint(str(folder)) and not folder.is_dir():
            folder = folder.parent
        return _repository(folder) or folder

    def _services_of(self, root: Path) -> Services:
        if root not in self._services:
            self._services[root] = self._build(root, self.settings)
        return self._services[root]


def _repository(folder: Path) -> Path | None:
    """The Git repository (or work tree) that the folder is in."""
    return next((path for path in (folder, *folder.parents) if (path / ".git").exists()), None)
