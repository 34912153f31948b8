"""What looking for packages needs of the outside, as a protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.packages import IndexFile, IndexList, IndexPage
    from .ports import CancelToken, Progress


class PackageCatalogue(Protocol):
    """The packages on the user's indexes."""

    def names(
        self, query: str, well_known: frozenset[str], cancel: CancelToken
    ) -> tuple[tuple[str, ...], bool]:
        """Listed names that hold the query, and whether these are all of them.

        Where they are many: the exact one, the well-known ones, and the shortest, rather of those
        that begin with the query. Lists that are missing or old are renewed in the background: this
        only reads what is there.

        Raises:
            OutsideFailedError: it cannot be found out which indexes count.
            ToolMissingError: the engine that knows it is not installed.
            CancelledError: cancelled.
        """
        ...

    def lists(self, cancel: CancelToken) -> tuple[IndexList, ...]:
        """What is known of the names on each index.

        Raises:
            AidevsecopsError: as for ``names``.
        """
        ...

    def load(self, progress: Progress, cancel: CancelToken) -> None:
        """Renew the lists that are missing or old, and wait for them.

        Raises:
            AidevsecopsError: as for ``names``.
        """
        ...

    def page(self, name: str, cancel: CancelToken) -> IndexPage | None:
        """The package of that normalised name, None when no index has it.

        Raises:
            OutsideFailedError: an index cannot be reached, or refuses.
            TimedOutError: it does not answer.
            ToolMissingError: the engine that knows which indexes count is not installed.
            CancelledError: cancelled.
        """
        ...

    def metadata(self, file: IndexFile, cancel: CancelToken) -> str | None:
        """The core metadata of a file, None when its index does not give it.

        Raises:
            CancelledError: cancelled.
        """
        ...

    def close(self) -> None:
        """Stop what is renewed in the background."""
        ...
