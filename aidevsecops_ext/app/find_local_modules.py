"""Which imports are modules of the repository itself."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ..domain.import_names import known_distribution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..domain.imports import ImportedModule
    from .ports import ProjectModules


class LocalModules:
    """Finds modules of the repository, among them those that the notebook itself writes.

    ``written`` are the paths that ``%%writefile`` cells write, below the root.
    """

    def __init__(self, modules: ProjectModules, written: Mapping[str, str]) -> None:
        self._modules = modules
        self._written = written
        self._found: dict[tuple[str, str], str | None] = {}

    def find(self, imported: ImportedModule, importer: str) -> tuple[tuple[str, str], ...]:
        """The name and path of every local module that the import runs; empty for another's.

        ``import a.b`` runs ``a`` and ``a.b``; ``from a import b`` may run ``a.b`` too.
        """
        names = _packages(imported.module)
        if not imported.is_relative and self._path_of(names[0], importer) is None:
            return ()
        paths = [(name, self._path_of(name, importer)) for name in (*names, *imported.submodules)]
        found = tuple((name, path) for name, path in paths if path is not None)
        # Python prefers an installed package to a folder without __init__.py; so a folder of data
        # named "datasets" does not hide the distribution.
        is_folder = not any(path.endswith(".py") for _, path in found)
        return () if is_folder and known_distribution(names[-1]) else found

    def _path_of(self, module: str, importer: str) -> str | None:
        key = (module, posixpath.dirname(importer))
        if key not in self._found:
            written = self._written_module(module, importer)
            self._found[key] = written or self._modules.find(module, importer)
        return self._found[key]

    def _written_module(self, module: str, importer: str) -> str | None:
        level = len(module) - len(module.lstrip("."))
        folder = posixpath.join(posixpath.dirname(importer), *[".."] * (level - 1))
        base = posixpath.normpath(posixpath.join(folder, *module.lstrip(".").split(".")))
        for path in (f"{base}.py", f"{base}/__init__.py"):
            if path in self._written:
                return path
        return None


def _packages(module: str) -> tuple[str, ...]:
    """``a``, ``a.b``, ``a.b.c``; ``.a`` and ``.a.b`` for a relative import."""
    dots = module[: len(module) - len(module.lstrip("."))]
    parts = module[len(dots) :].split(".")
    return tuple(dots + ".".join(parts[: count + 1]) for count in range(len(parts)))
