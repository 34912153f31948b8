"""The Python modules of the repository around a notebook."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SOURCE_FOLDER = "src"


class RepositoryModules:
    """Finds modules below ``root``, beside their importer and up to the repository's root.

    Every folder on the way up counts, and its ``src``: notebooks and their modules put them on
    the path in many ways, and a module that is there is hardly ever another's.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.path.realpath(root)

    def find(self, module: str, importer: str) -> str | None:
        """The path of a local module's source as seen from ``importer`` (a path), or None."""
        name = module.lstrip(".")
        parts = name.split(".") if name else []
        folder = os.path.normpath(os.path.join(self._root, os.path.dirname(importer)))
        if not all(part.isidentifier() for part in parts) or not self._is_inside(folder):
            return None
        level = len(module) - len(name)
        folders = self._folders_of(folder) if not level else [_ancestor(folder, level - 1)]
        namespace = None
        for base in folders:
            path = os.path.join(base, *parts)
            for source in (os.path.join(path, "__init__.py"), f"{path}.py"):
                if os.path.isfile(source) and self._is_inside(source):
                    return self._relative(source)
            # Python takes a folder without __init__.py only when no other has a real package.
            if namespace is None and _has_python(path) and self._is_inside(path):
                namespace = self._relative(path)
        return namespace

    def _folders_of(self, folder: str) -> Iterator[str]:
        """Where an absolute import from a module in ``folder`` is looked for."""
        while True:
            yield folder
            yield os.path.join(folder, _SOURCE_FOLDER)
            if folder == self._root or os.path.exists(os.path.join(folder, ".git")):
                return
            folder = os.path.dirname(folder)

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real == self._root or real.startswith(os.path.join(self._root, ""))

    def _relative(self, path: str) -> str:
        return os.path.relpath(path, self._root).replace(os.sep, "/")


def _ancestor(folder: str, count: int) -> str:
    for _ in range(count):
        folder = os.path.dirname(folder)
    return folder


def _has_python(folder: str) -> bool:
    """True when the folder, or a folder in it, has a Python file: data folders are no packages."""
    if not os.path.isdir(folder):
        return False
    for below, folders, names in os.walk(folder):
        if any(name.endswith(".py") for name in names):
            return True
        if below != folder:
            folders.clear()
    return False
