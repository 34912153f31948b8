"""What is left of a notebook that was run: outputs, a failure, the values of variables, files."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .json_value import Json


class RunEnd(str, Enum):
    """How the run of a notebook ended."""

    DONE = "done"
    FAILED = "failed"
    TIMED_OUT = "timed-out"
    DIED = "died"


UNREAD = "unread"
"""The kind of a value that could not be read at all; its gaps say why."""


class Fingerprint(Struct, frozen=True):
    """The value of a variable, without the value: two of one ``digest`` are equal in all details.

    ``rounded`` is the digest with floats rounded, so that values that differ within about 1e-9
    have the same one. ``gaps`` say which parts the digest leaves out and why. A name that is not
    there has no ``kind``.
    """

    kind: str = ""
    digest: str = ""
    rounded: str = ""
    shown: str = ""
    gaps: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """True when the kernel has no such name."""
        return not self.kind


class RunFailure(Struct, frozen=True):
    """The cell (by its position, from 0) that a run stopped at; None where it was none of them."""

    cell: int | None
    name: str
    value: str
    traceback: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The error in one line, such as ``ValueError: no such column``."""
        first = self.value.strip().partition("\n")[0]
        return f"{self.name}: {first}" if first else self.name


class NotebookRun(Struct, frozen=True):
    """A run of a notebook; ``outputs`` are those of nbformat by the cell's position.

    ``shared`` are the pairs of names that are of one object, or have one in common. ``files`` has
    the SHA-256 of what was written in the working folder, by path; None stands for a file that was
    deleted. ``prefixes`` are folders that differ from run to run for no reason of
    the notebook's.
    """

    end: RunEnd
    seconds: float = 0.0
    outputs: Mapping[int, tuple[Json, ...]] = {}
    failure: RunFailure | None = None
    variables: Mapping[str, Fingerprint] = {}
    shared: frozenset[tuple[str, str]] = frozenset()
    files: Mapping[str, str | None] = {}
    prefixes: tuple[str, ...] = ()
