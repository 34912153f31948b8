"""Which versions are installed in an environment, read from the names of metadata folders."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ..domain.names import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable

_METADATA = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info")


def installed_versions(folders: Iterable[str]) -> dict[str, str]:
    """The version of each normalised name; the first folder that has one wins, as on a path."""
    found: dict[str, str] = {}
    for folder in folders:
        for name in _names_in(folder):
            metadata = _METADATA.fullmatch(name)
            if metadata:
                found.setdefault(canonicalize_name(metadata["name"]), metadata["version"])
    return found


def _names_in(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        # What may not be read is not known.
        return []
