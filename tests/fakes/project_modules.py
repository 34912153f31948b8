"""Local modules that a test lists."""

from __future__ import annotations

from collections.abc import Mapping


class FakeProjectModules:
    """Finds a module by its name as written, whoever imports it."""

    def __init__(self, paths: Mapping[str, str] | None = None) -> None:
        self.paths = dict(paths or {})

    def find(self, module: str, importer: str) -> str | None:
        del importer
        return self.paths.get(module)
