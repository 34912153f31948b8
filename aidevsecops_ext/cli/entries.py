"""How the work on one notebook ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from .exit_codes import DONE, exit_code_of

if TYPE_CHECKING:
    from ..domain.errors import AidevsecopsError
    from .workspace import NamedNotebook

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """The work on a notebook ended with an answer."""

    notebook: NamedNotebook
    answer: Answer
    error: None = None
    exit_code: int = DONE


@dataclass(frozen=True, slots=True)
class Failed:
    """The work on a notebook ended with an error."""

    notebook: NamedNotebook
    error: AidevsecopsError

    @property
    def exit_code(self) -> int:
        """The exit status that the error asks for."""
        return exit_code_of(self.error)


Entry: TypeAlias = Answered[Answer] | Failed
