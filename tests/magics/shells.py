"""A shell that magics can be added to, without a kernel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from aidevsecops_ext.magics.shell import Magic
from tests.kits.notebooks import notebook_text


class FakeShell:
    """A shell whose running cell is ``source``; ``cell_id`` is what the editor calls it."""

    def __init__(self, source: str = "", cell_id: str | None = None) -> None:
        self.user_ns: dict[str, object] = {}
        self.magics: dict[str, Callable[[str], None]] = {}
        self.message: object = {
            "content": {"code": source},
            "metadata": {"cellId": cell_id} if cell_id else {},
        }

    def register_magic_function(
        self, func: Magic, magic_kind: str = "line", magic_name: str | None = None
    ) -> None:
        assert magic_kind == "line"
        self.magics[str(magic_name)] = func

    def find_line_magic(self, magic_name: str) -> object | None:
        return self.magics.get(magic_name)

    def get_parent(self) -> object:
        return self.message


def saved(path: Path, *sources: str) -> Path:
    """A notebook on disk with those cells."""
    path.write_text(notebook_text(sources))
    return path
