"""What came of checking a runtime configuration."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from .errors import AidevsecopsError


class RuntimePart(str, Enum):
    """What a runtime configuration names."""

    ENGINE = "engine"
    STORAGE = "storage"
    REPOSITORY = "repository"


class RuntimeCheck(Struct, frozen=True):
    """What came of checking one part: an error, a reason why it was not checked, or neither.

    ``note`` is what to know of a part that answers.
    """

    part: RuntimePart
    place: str
    error: AidevsecopsError | None = None
    skipped: str = ""
    note: str = ""
