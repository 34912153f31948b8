"""Text without its secrets: credentials in addresses, and values known to be secret."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "***"

# A token may stand alone before the "@" of a web address; elsewhere ("ssh://git@host") a lone name
# is no secret. Compiled by ``re`` on first use: most texts have no "@", and commands should start
# quickly.
_WEB_USERINFO = r"(?i)\b(https?://)[^\s/@'\"]+@"
_ANY_LOGIN = r"(?i)\b([a-z][a-z0-9+.-]*://[^\s/:@'\"]*):[^\s/@'\"]+@"
_SHORTEST_SECRET = 4


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with ``***`` in place of credentials in addresses and of each known secret."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    if "@" not in text:
        return text
    text = re.sub(_WEB_USERINFO, rf"\1{MASK}@", text)
    return re.sub(_ANY_LOGIN, rf"\1:{MASK}@", text)


def secrets_in(urls: Iterable[str]) -> frozenset[str]:
    """The passwords (or lone tokens) that addresses carry, as written and decoded.

    Very short ones are left out: masking every ``a`` of a text would hide the text, not the secret.
    """
    found: set[str] = set()
    for url in urls:
        userinfo = urlsplit(url).netloc.rpartition("@")[0]
        secret = userinfo.partition(":")[2] or userinfo
        found.update({secret, unquote(secret)})
    return frozenset(secret for secret in found if len(secret) >= _SHORTEST_SECRET)
