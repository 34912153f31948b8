"""Requests to object storage, signed as S3 wants it (AWS Signature Version 4)."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_ALGORITHM = "AWS4-HMAC-SHA256"
_NOTHING = hashlib.sha256(b"").hexdigest()


class StorageKeys(Struct, frozen=True):
    """What object storage lets somebody in with."""

    access: str
    secret: str

    def __repr__(self) -> str:
        # Logs and tracebacks show this.
        return "StorageKeys(***)"


def address_of(endpoint: str, path: str, query: Mapping[str, str]) -> str:
    """The address of a resource, spelled as it has to be signed."""
    asked = "&".join(f"{_quoted(name)}={_quoted(query[name])}" for name in sorted(query))
    return f"{endpoint.rstrip('/')}/{quote(path, safe='/~')}{f'?{asked}' if asked else ''}"


def signed_headers(
    method: str, url: str, keys: StorageKeys, region: str, now: datetime
) -> dict[str, str]:
    """The headers of a request without a body, to an address of ``address_of``; ``now`` is UTC.

    >>> from datetime import datetime
    >>> url = address_of("https://examplebucket.s3.amazonaws.com", "", {"lifecycle": ""})
    >>> keys = StorageKeys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    >>> headers = signed_headers("GET", url, keys, "us-east-1", datetime(2013, 5, 24))
    >>> headers["Authorization"].partition("Signature=")[2][:16]
    'fea454ca298b7da1'
    """
    parts = urlsplit(url)
    moment = now.strftime("%Y%m%dT%H%M%SZ")
    sent = {
        "host": parts.netloc,
        "x-amz-content-sha256": _NOTHING,
        "x-amz-date": moment,
    }
    names = ";".join(sent)
    lines = "".join(f"{name}:{value}\n" for name, value in sent.items())
    request = "\n".join((method, parts.path, parts.query, lines, names, _NOTHING))
    scope = f"{moment[:8]}/{region}/s3/aws4_request"
    text = "\n".join((_ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
    key = f"AWS4{keys.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    credential = f"{keys.access}/{scope}"
    return {
        "x-amz-content-sha256": _NOTHING,
        "x-amz-date": moment,
        "Authorization": f"{_ALGORITHM} Credential={credential}, SignedHeaders={names}, "
        f"Signature={signature}",
    }


def _quoted(text: str) -> str:
    return quote(text, safe="~")
