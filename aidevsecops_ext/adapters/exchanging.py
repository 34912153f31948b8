"""Two folders that change places in one step, where the system can do that."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2


def exchange(one: Path, other: Path) -> bool:
    """True when each is where the other was; False where this cannot be done in one step."""
    if sys.platform == "win32":
        return False
    # Slow to import, and rarely needed.
    import ctypes

    first, second = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        done = library.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        done = library.renamex_np(first, second, _RENAME_SWAP)
    else:
        return False
    return bool(done == 0)
