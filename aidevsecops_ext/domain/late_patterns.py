"""Regular expressions that are compiled when they are first used.

A command uses few of all that its modules have; compiling the others would delay its start.
"""

from __future__ import annotations

import re
from typing import cast


class _LatePattern:
    """Stands for a pattern, and compiles it when somebody asks for a method."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        value: object = getattr(re.compile(self._pattern, self._flags), name)
        # From now on it is found without asking here.
        setattr(self, name, value)
        return value


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The regular expression, to be used as what ``re.compile`` gives."""
    return cast("re.Pattern[str]", _LatePattern(pattern, flags))
