"""Patterns that leave out files: of their paths, or of a folder that they are in."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from posixpath import normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def matches_any(path: str, patterns: Iterable[str]) -> bool:
    """True when the path, or a folder of it, matches one: ``tests``, ``*.lock``, ``a/b/*``."""
    places = (path, *map(str, PurePosixPath(path).parents))
    return any(
        fnmatchcase(place, normpath(pattern)) for pattern in patterns for place in places[:-1]
    )
