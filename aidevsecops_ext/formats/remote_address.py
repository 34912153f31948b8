"""Addresses of Git remotes: as people may read them, and what in them is secret."""

from __future__ import annotations

import re
from urllib.parse import unquote

_ADDRESS = re.compile(r"(?is)^(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<user>[^/?#]*@)?(?P<rest>.*)$")
_WEB = {"http", "https", "ftp", "ftps"}
_SHORTEST_SECRET = 4


def shown_address(url: str) -> str:
    """The address without what may be secret: passwords, and tokens in place of a user.

    The user of ``ssh://git@host/…`` and ``git@host:…`` stays, as it is part of the place.
    """
    match = _ADDRESS.match(url)
    if match is None:
        return url
    scheme, rest = match["scheme"], match["rest"]
    if scheme.lower() in _WEB:
        return f"{scheme}://{re.split('[?#]', rest)[0]}"
    name = (match["user"] or "").rstrip("@").partition(":")[0]
    return f"{scheme}://{name}@{rest}" if name else f"{scheme}://{rest}"


def address_login(url: str) -> tuple[str, str]:
    """User and password in a web address, decoded; both are empty without a password."""
    match = _ADDRESS.match(url)
    if match is None or match["scheme"].lower() not in _WEB:
        return "", ""
    name, _, password = (match["user"] or "").rstrip("@").partition(":")
    return (unquote(name), unquote(password)) if password else ("", "")


def address_secrets(url: str) -> frozenset[str]:
    """What must not be seen of an address, as it is written and decoded."""
    match = _ADDRESS.match(url)
    user = "" if match is None else (match["user"] or "").rstrip("@")
    name, _, password = user.partition(":")
    is_web = match is not None and match["scheme"].lower() in _WEB
    secret = password or (name if is_web else "")
    # Masking every "a" of a text would hide the text, not the secret.
    return frozenset(s for s in (secret, unquote(secret)) if len(s) >= _SHORTEST_SECRET)
