"""Bodies of answers over HTTP, as they come: neither slower nor longer than they may be.

Needs nothing but the standard library, as who asks an index in a process of its own.
"""

from __future__ import annotations

import time
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PIECE = 65_536
# Of the time in which somebody has to say something, for all that they say.
_TIMES = 4


class TooLongError(ValueError):
    """An answer is longer than any of its kind."""

    def __init__(self) -> None:
        super().__init__("its answer is too long")


def pieces_of(stream: IO[bytes], timeout: float | None) -> Iterator[bytes]:
    """What comes, as it comes; ``timeout`` (seconds) is for the first of it, None for ever.

    Who waits for many bytes may get one of them a minute, so all of it has its time, too.

    Raises:
        TimeoutError: it did not end in time.
        OSError, HTTPException: it broke off.
    """
    end = None if timeout is None else time.monotonic() + timeout * _TIMES
    # Answers and files have it; what the type says does not.
    read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
    while piece := read(_PIECE):
        yield piece
        if end is not None and time.monotonic() > end:
            raise TimeoutError


def whole(pieces: Iterable[bytes], largest: int) -> bytes:
    """All of it, up to so many bytes.

    Raises:
        TooLongError: there are more.
    """
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > largest:
            raise TooLongError
    return bytes(body)
