"""JSON of services over HTTP, through the proxy that the environment names."""

from __future__ import annotations

import http.client
import json
from typing import IO, TYPE_CHECKING
from urllib.request import Request, urlopen

from .index_http import read_pieces

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from ..domain.json_value import Json

_LARGEST = 10_000_000
# Of the time in which the service has to say something, for all that it says.
_TIMES = 4


def get_json(url: str, *, timeout: float, context: ssl.SSLContext | None = None) -> Json:
    """What a service answers at an address of http or https, which the caller made sure of.

    Raises:
        OSError: it does not answer, or with an error (``HTTPError``, to be closed).
        ValueError: it answers something else.
    """
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - made sure of
    try:
        with urlopen(request, timeout=timeout, context=context) as answer:  # noqa: S310 - the same
            document: Json = json.loads(_read(answer, timeout * _TIMES))
    except (http.client.HTTPException, RecursionError) as error:
        raise ValueError("it is no answer") from error
    return document


def _read(stream: IO[bytes], seconds: float) -> bytes:
    content = b"".join(_up_to(_LARGEST, read_pieces(stream, seconds)))
    if len(content) > _LARGEST:
        raise ValueError("it is too long")
    return content


def _up_to(size: int, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces up to the first one by which they are longer than that."""
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size < 0:
            return
