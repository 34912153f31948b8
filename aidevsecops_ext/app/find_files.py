"""Find files of a name anywhere below the root."""

from __future__ import annotations

from posixpath import join, relpath
from typing import TYPE_CHECKING

from .find_notebooks import folders_below

if TYPE_CHECKING:
    from .ports import Files


def find_named(name: str, folder: str, files: Files) -> tuple[str, ...]:
    """The files of that name, as seen from a folder; the nearest first.

    Raises:
        AidevsecopsError: a folder cannot be read.
    """
    found = [
        relpath(join(below, name), folder or ".")
        for below, entries in folders_below(".", files)
        if name in entries.files
    ]
    return tuple(sorted(found, key=lambda path: (path.count("/"), path)))
