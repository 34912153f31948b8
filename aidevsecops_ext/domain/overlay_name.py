"""What an overlay may be called, and what its files are.

It is called as the kernel of its notebook, unless everybody's is called so.
"""

from __future__ import annotations

from .kernels import RENAMED, is_reserved_name
from .late_patterns import late_pattern

PIPFILE, LOCKFILE = "Pipfile", "Pipfile.lock"
PYLOCK, REQUIREMENTS, CONTAINERFILE = "pylock.toml", "requirements.txt", "Containerfile"
OVERLAY_FILES = (PIPFILE, LOCKFILE, PYLOCK, REQUIREMENTS, CONTAINERFILE)
"""In the order in which people read them."""

_NAME = late_pattern(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_-])?")
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10)))
)
"""No file or folder can have such a name on Windows, with or without an ending."""


def is_overlay_name(name: str) -> bool:
    """True for a name that a folder can have everywhere, and that needs no quotes."""
    return _NAME.fullmatch(name) is not None and name.partition(".")[0].lower() not in _DEVICES


def is_generic_name(name: str | None) -> bool:
    """True for kernel names that say nothing of the notebook, such as ``python3``."""
    return not name or name == RENAMED or is_reserved_name(name.lower())
