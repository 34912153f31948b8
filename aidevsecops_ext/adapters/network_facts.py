"""The port ``Network``: whether the hosts that are configured answer."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, OutsideFailedError
from ..formats.simple_page import ACCEPTED
from .cancellable import run_cancellable
from .index_http import (
    HttpSettings,
    IndexAddress,
    IndexRefusedError,
    IndexSilentError,
    ask,
)

if TYPE_CHECKING:
    from ..app.ports import CancelToken
    from .index_addresses import IndexAddresses

# Every index has a page for it, or says that it has none; the page of all names is very long.
_PACKAGE = "pip"
_NOT_THERE = frozenset({404, 410})


class ConfiguredHosts:
    """The package indexes of a folder, and addresses of services."""

    def __init__(self, indexes: IndexAddresses, *, timeout: float) -> None:
        self._indexes = indexes
        self._timeout = timeout

    def indexes(self, cancel: CancelToken) -> tuple[str, ...]:
        """The addresses of the package indexes that are configured, without credentials.

        Raises:
            OutsideFailedError: uv does not say.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        return tuple(address.url for address in self._indexes.read(cancel).addresses)

    def ask_index(self, url: str, cancel: CancelToken) -> None:
        """Make sure that one of these indexes answers, and lets us in.

        Raises:
            OutsideFailedError: it cannot be reached, or does not let us in.
            CancelledError: cancelled.
        """
        known = self._indexes.read(cancel)
        address = next(each for each in known.addresses if each.url == url)
        page = f"{url.rstrip('/')}/{_PACKAGE}/"
        try:
            run_cancellable(lambda: _open(page, address, known.settings), cancel)
        except IndexRefusedError as error:
            if error.status not in _NOT_THERE:
                raise OutsideFailedError(
                    ErrorCode.LOCK_INDEX_UNREACHABLE,
                    f"The package index {url} does not let us in: {error}.",
                    hint="Give credentials for it: see 'Private indexes' in the documentation.",
                ) from error
        except IndexSilentError as error:
            raise OutsideFailedError(
                ErrorCode.LOCK_INDEX_UNREACHABLE,
                f"The package index {url} cannot be asked: {error}.",
                hint="Check its address and the network.",
            ) from error

    def reach(self, url: str, cancel: CancelToken) -> None:
        """Make sure that something answers at an address, whatever it says.

        Raises:
            OutsideFailedError: nothing does.
            CancelledError: cancelled.
        """
        settings = HttpSettings.of(os.environ, self._timeout)
        try:
            run_cancellable(lambda: _open(url, IndexAddress(url), settings), cancel)
        except IndexRefusedError:
            return
        except IndexSilentError as error:
            raise OutsideFailedError(
                ErrorCode.SERVICE_UNREACHABLE,
                f"{url} cannot be reached: {error}.",
                hint="Check its address and the proxy (HTTPS_PROXY), or set another one.",
            ) from error


def _open(url: str, address: IndexAddress, settings: HttpSettings) -> None:
    ask(url, address, settings, {"Accept": ACCEPTED}).close()
