"""Which package indexes count for the user, in which order, and with which credentials.

uv itself says which ones: it alone knows its files, its variables, and what pip is configured with.
"""

from __future__ import annotations

import base64
import netrc
import os
import re
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from ..domain.errors import ErrorCode, OutsideFailedError
from ..formats.pipfile.entries import without_credentials
from .index_configuration import index_configuration
from .index_http import HttpSettings, IndexAddress
from .process import DeadlineError
from .uv_configuration import configured_indexes
from .uv_program import UvCall, UvProgram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.ports import CancelToken

_OPTIONS = ("--extra-index-url ", "--index-url ")
_KEPT_SECONDS = 60.0
_FIRST_INDEX = "first-index"


class Indexes(Struct, frozen=True):
    """The indexes, the one that is asked first to the front.

    With ``is_first_only`` a package is taken from the first that has it, else from all of them.
    """

    addresses: tuple[IndexAddress, ...]
    settings: HttpSettings
    is_first_only: bool = True


class IndexAddresses:
    """What uv says, kept for a minute: it is asked at every key that is pressed."""

    def __init__(self, root: Path, *, timeout: float, agreed: tuple[str, ...] = ()) -> None:
        self._timeout = timeout
        self._agreed = agreed
        self._uv = UvProgram(root, index_timeout=timeout)
        self._lock = threading.Lock()
        self._known: tuple[float, Indexes] | None = None

    def read(self, cancel: CancelToken) -> Indexes:
        """The indexes as they are configured now, or were a minute ago.

        Raises:
            OutsideFailedError: uv does not say, perhaps because its configuration is not valid.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        with self._lock:
            now = time.monotonic()
            if self._known is None or now - self._known[0] > _KEPT_SECONDS:
                self._known = (now, self._ask(cancel))
            return self._known[1]

    def _ask(self, cancel: CancelToken) -> Indexes:
        said: list[str] = []
        call = UvCall(
            ("-", "--quiet"), stdin="", timeout=self._timeout, agreed=self._agreed, is_asking=True
        )
        try:
            outcome = self._uv.compile(call, cancel, said.append)
        except DeadlineError as error:
            raise _unknown() from error
        if outcome.returncode != 0:
            raise _unknown()
        folder = self._uv.folder_of(call, cancel)
        environment = index_configuration(os.environ, folder, lambda _known: None).environment
        # What a child says comes back without credentials.
        urls = dict.fromkeys(
            without_credentials(line.removeprefix(option))
            for option in _OPTIONS
            for line in outcome.stdout.splitlines()
            if line.startswith(option)
        )
        known = {
            without_credentials(url): (url, name)
            for url, name in configured_indexes(environment, folder)
            if _is_address(url)
        }
        return Indexes(
            tuple(_address(*known.get(url, (url, "")), environment) for url in urls),
            HttpSettings.of(environment, self._timeout),
            environment.get("UV_INDEX_STRATEGY", _FIRST_INDEX) == _FIRST_INDEX,
        )


def _is_address(url: str) -> bool:
    try:
        return bool(urlsplit(url).scheme)
    except ValueError:
        return False


def _address(url: str, name: str, environment: Mapping[str, str]) -> IndexAddress:
    parts = urlsplit(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if name and not user and not password:
        variable = "UV_INDEX_" + re.sub(r"[^A-Za-z0-9]", "_", name).upper()
        user = environment.get(f"{variable}_USERNAME", "")
        password = environment.get(f"{variable}_PASSWORD", "")
    if not password and parts.hostname:
        user, password = _from_netrc(parts.hostname, user, environment)
    if not user and not password:
        return IndexAddress(without_credentials(url))
    word = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    return IndexAddress(without_credentials(url), f"Basic {word}")


def _from_netrc(host: str, user: str, environment: Mapping[str, str]) -> tuple[str, str]:
    file = environment.get("NETRC")
    path = Path(file) if file else Path(environment.get("HOME") or Path.home()) / ".netrc"
    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
        # uv, too, does without a file that it cannot read.
        return user, ""
    if found is None or (user and found[0] != user):
        return user, ""
    return found[0], found[2]


def _unknown() -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.LOCK_ENGINE_FAILED,
        "uv does not say which package indexes are configured.",
        hint="Check uv's configuration.",
    )
