"""The packages on the user's indexes: their names from lists, their versions from their pages.

uv has no command for either. Why it is done so: ``docs/decisions/0004-package-search.md``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import ErrorCode, OutsideFailedError, TimedOutError
from ..domain.packages import IndexFile, IndexList, IndexPage
from ..formats.simple_page import ACCEPTED, read_page
from .answer_bodies import TooLongError, whole
from .cancellable import run_cancellable
from .index_http import (
    HttpSettings,
    IndexAddress,
    IndexAnswer,
    IndexRefusedError,
    IndexSilentError,
    ask,
    is_same_origin,
)
from .name_lists import CancelSwitch, NameLists

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ..app.ports import CancelToken, Progress
    from .index_addresses import IndexAddresses

_NOT_THERE = frozenset({404, 410})
_LARGEST = 100_000_000


class IndexCatalogue:
    """The port ``PackageCatalogue`` over the Simple API (PEP 503, PEP 691)."""

    def __init__(
        self,
        indexes: IndexAddresses,
        lists: tuple[Path, float],
        stop: CancelSwitch,
        *,
        timeout: float,
    ) -> None:
        folder, hours = lists
        self._indexes = indexes
        self._lists = NameLists(folder, hours, stop)
        self._timeout = timeout

    def names(
        self, query: str, well_known: frozenset[str], cancel: CancelToken
    ) -> tuple[tuple[str, ...], bool]:
        """Listed names that hold the query, and whether these are all of them.

        Raises:
            OutsideFailedError: uv does not say which indexes count.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        indexes = self._indexes.read(cancel)
        candidates = frozenset(name for name in well_known if query in name)
        found: dict[str, None] = {}
        is_all = True
        for address in indexes.addresses:
            self._lists.renew_later(address, indexes.settings)
            names, is_complete = self._lists.search(address, query, candidates)
            found |= dict.fromkeys(names)
            is_all = is_all and is_complete
        return (*found,), is_all

    def lists(self, cancel: CancelToken) -> tuple[IndexList, ...]:
        """What is known of the names on each index.

        Raises:
            AidevsecopsError: as for ``names``.
        """
        return tuple(self._lists.state(address) for address in self._indexes.read(cancel).addresses)

    def load(self, progress: Progress, cancel: CancelToken) -> None:
        """Renew the lists that are missing or old, and wait for them.

        Raises:
            AidevsecopsError: as for ``names``.
        """
        indexes = self._indexes.read(cancel)
        for address in indexes.addresses:
            if self._lists.is_due(address):
                progress.report(f"Fetching the list of names of {address.url}")
                self._lists.renew(address, indexes.settings, cancel)

    def page(self, name: str, cancel: CancelToken) -> IndexPage | None:
        """The package of that normalised name, None when no index has it.

        Raises:
            OutsideFailedError: an index cannot be reached, or refuses.
            TimedOutError: it does not answer.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled.
        """
        indexes = self._indexes.read(cancel)
        pages: list[IndexPage] = []
        for address in indexes.addresses:
            cancel.raise_if_cancelled()
            page = run_cancellable(partial(self._page, address, name, indexes.settings), cancel)
            if page is not None:
                pages.append(page)
                if indexes.is_first_only:
                    break
        return _joined(pages)

    def metadata(self, file: IndexFile, cancel: CancelToken) -> str | None:
        """The core metadata of a file, None when its index does not give it.

        Raises:
            CancelledError: cancelled.
        """
        indexes = self._indexes.read(cancel)
        if file.metadata_url is None:
            return None
        url = file.metadata_url
        # Files often are on another host, which needs no credentials. Nobody's address is none:
        # that of the file would let any index name the files of this machine.
        nobody = IndexAddress("")
        owner = next((a for a in indexes.addresses if is_same_origin(a.url, url)), nobody)
        try:
            return run_cancellable(
                lambda: _text_of(ask(url, owner, indexes.settings, {}), self._timeout), cancel
            )
        except (IndexRefusedError, IndexSilentError):
            cancel.raise_if_cancelled()
            return None

    def close(self) -> None:
        """Stop what is renewed in the background."""
        self._lists.close()

    def _page(self, address: IndexAddress, name: str, settings: HttpSettings) -> IndexPage | None:
        url = f"{address.url.rstrip('/')}/{name}/"
        try:
            answer = ask(url, address, settings, {"Accept": ACCEPTED})
            kind, place = answer.headers.get("content-type", ""), answer.url
            return read_page(
                _text_of(answer, self._timeout), kind, place, IndexPage(name, address.url, ())
            )
        except IndexRefusedError as error:
            if error.status in _NOT_THERE:
                return None
            raise self._unreachable(address, str(error)) from error
        except IndexSilentError as error:
            if error.is_timeout:
                raise TimedOutError(
                    ErrorCode.LOCK_INDEX_UNREACHABLE,
                    f"The package index did not answer within {self._timeout:g} seconds.",
                    hint="Try again later, or raise the setting index_timeout.",
                ) from error
            raise self._unreachable(address, str(error)) from error
        except (ValueError, RecursionError) as error:
            raise self._unreachable(address, "its page is not one of a package index") from error

    def _unreachable(self, address: IndexAddress, why: str) -> OutsideFailedError:
        return OutsideFailedError(
            ErrorCode.LOCK_INDEX_UNREACHABLE,
            f"The package index {address.url} cannot be asked: {why}.",
            hint="Check the index's address and your credentials for it.",
            details={"index": address.url},
        )


def _joined(pages: Iterable[IndexPage]) -> IndexPage | None:
    """One page of several: of a file that is on several indexes the first one's counts."""
    joined: IndexPage | None = None
    for page in pages:
        if joined is None:
            joined = page
        else:
            known = {file.name for file in joined.files}
            more = (file for file in page.files if file.name not in known)
            joined = replace(joined, files=(*joined.files, *more))
    return joined


def _text_of(answer: IndexAnswer, timeout: float) -> str:
    try:
        return whole(answer.pieces(timeout), _LARGEST).decode("utf-8", "replace")
    except TooLongError as error:
        raise IndexSilentError(str(error)) from error
    finally:
        answer.close()
