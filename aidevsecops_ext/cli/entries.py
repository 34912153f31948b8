"""How the work on one notebook ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from msgspec import Struct

from .exit_codes import DONE, exit_code_of

if TYPE_CHECKING:
    from ..domain.errors import AidevsecopsError
    from .workspace import NamedNotebook

Answer = TypeVar("Answer")


class Answered(Struct, Generic[Answer], frozen=True):
    """The work on a notebook ended with an answer."""

    notebook: NamedNotebook
    answer: Answer
    error: None = None
    exit_code: int = DONE


class Failed(Struct, frozen=True):
    """The work on a notebook ended with an error."""

    notebook: NamedNotebook
    error: AidevsecopsError

    @property
    def exit_code(self) -> int:
        """The exit status that the error asks for."""
        return exit_code_of(self.error)


Entry: TypeAlias = Answered[Answer] | Failed
