"""Where the sources of both languages are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "aidevsecops_ext"


def find_sources(folder: str, *suffixes: str) -> Iterator[Path]:
    """The source files below a folder that people write."""
    for path in sorted((ROOT / folder).rglob("*")):
        is_written = not {"generated", "node_modules", "labextension", "__pycache__"} & set(
            path.parts
        )
        if path.suffix in suffixes and is_written and path.name != "_version.py":
            yield path


def name_of(path: Path) -> str:
    """A file's path below the root."""
    return path.relative_to(ROOT).as_posix()
