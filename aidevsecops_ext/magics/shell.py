"""What is used of IPython's interactive shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Magic = Callable[[str], None]


class Shell(Protocol):
    """A shell that magics can be added to."""

    user_ns: dict[str, object]

    def register_magic_function(
        self, func: Magic, magic_kind: str = ..., magic_name: str | None = ...
    ) -> None:
        """Make a magic known."""
        ...

    def find_line_magic(self, magic_name: str) -> object | None:
        """The line magic of that name, or None."""
        ...
