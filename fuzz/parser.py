"""One reader of somebody else's text, and short texts that it understands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aidevsecops_ext.domain.errors import AidevsecopsError
from aidevsecops_ext.domain.imports import UnreadableCodeError

CLEAR_ERRORS: tuple[type[Exception], ...] = (AidevsecopsError, UnreadableCodeError)
"""What a text that is not understood may lead to, unless its reader says that it has others."""

TRANSLATED = (*CLEAR_ERRORS, ValueError)
"""Those of readers whose callers make an error of their own of it, with the place of the text."""


@dataclass(frozen=True)
class Parser:
    """What is done with a text; only ``errors`` may come out of it, beside what it returns."""

    read: Callable[[str], object]
    seeds: tuple[str, ...]
    errors: tuple[type[Exception], ...] = CLEAR_ERRORS

    def accept(self, text: str) -> None:
        """Read a text; a clear error counts as read.

        Raises:
            Exception: what should not have come out.
        """
        try:
            self.read(text)
        except self.errors:
            return
