"""The machine that this runs on."""

from __future__ import annotations

import os
import sys

from ..domain.target import platform_words


def platform_of_this_machine() -> str:
    """The platform in words, such as ``Linux x86-64``."""
    if sys.platform == "win32":
        import platform

        return platform_words(platform.system(), platform.machine())
    else:  # noqa: RET505 - the type checker reads only the branch of its own platform
        # What ``platform`` would say too, but it takes long to import.
        name = os.uname()
        return platform_words(name.sysname, name.machine)
