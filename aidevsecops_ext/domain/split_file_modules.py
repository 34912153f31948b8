"""Modules that a notebook writes itself, and imports: ``%%writefile features.py``."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from .split_shell import FileMatter, FileUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .flow_facts import ImportBinding, Statement


class WrittenModules:
    """The files of Python that statements write, by the names that imports may have for them."""

    def __init__(self) -> None:
        self._paths: dict[str, set[str]] = {}

    def note(self, uses: Iterable[FileUse]) -> None:
        """Learn which modules a statement writes."""
        for use in uses:
            path = use.path or ""
            is_module = path.endswith(".py") or not posixpath.splitext(path)[1]
            if use.is_written and use.matter is not FileMatter.GONE and is_module:
                # Folders may be packages, or those that sys.path names.
                for part in path.removesuffix(".py").split("/"):
                    self._paths.setdefault(part, set()).add(path)

    def read_by(self, imported: ImportBinding) -> list[FileUse]:
        """The files that an import reads, if the notebook writes them."""
        names = {*imported.module.split("."), *imported.loaded.split("."), imported.attribute}
        found = {path for name in names - {"", None} for path in self._paths.get(str(name), ())}
        return [FileUse(path, False, 1, FileMatter.PLACE) for path in sorted(found)]


def makes_modules(statement: Statement, uses: Iterable[FileUse]) -> bool:
    """True when an import after the statement may only then find its module."""
    written = [use.path for use in uses if use.is_written and use.matter is not FileMatter.GONE]
    # What a program fetches or makes may be a folder of modules.
    is_program = any(magic.name not in ("writefile", "file") for magic in statement.magics)
    return any(
        is_program if path is None else path.endswith(".py") or (is_program and "." not in path)
        for path in written
    )
