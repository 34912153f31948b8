"""JSON of services over HTTP, through the proxy that the environment names."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

from .answer_bodies import pieces_of, whole

if TYPE_CHECKING:
    import ssl

    from ..domain.json_value import Json

_LARGEST = 10_000_000


def get_json(url: str, *, timeout: float, context: ssl.SSLContext | None = None) -> Json:
    """What a service answers at an address of http or https, which the caller made sure of.

    Raises:
        OSError: it does not answer, or with an error (``HTTPError``, to be closed).
        ValueError: it answers something else.
    """
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - made sure of
    try:
        with urlopen(request, timeout=timeout, context=context) as answer:  # noqa: S310 - the same
            document: Json = json.loads(whole(pieces_of(answer, timeout), _LARGEST))
    except (http.client.HTTPException, RecursionError) as error:
        raise ValueError("it is no answer") from error
    return document
