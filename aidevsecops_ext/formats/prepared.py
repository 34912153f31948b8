"""Types that several threads may read texts into at once."""

from __future__ import annotations

from typing import TypeVar

from msgspec.json import Decoder

T = TypeVar("T")


def prepared(kind: type[T]) -> type[T]:
    """The type itself, after all has been learned of it that reading needs.

    msgspec learns it when a type is first read into, and hands it out half done to a second thread
    that comes in between, which ends the whole process. A module that is being imported is alone.
    """
    Decoder(kind)
    return kind
