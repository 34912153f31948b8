"""A catalogue of packages that a test lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aidevsecops_ext.app.ports import CancelToken, Progress
from aidevsecops_ext.domain.packages import IndexFile, IndexList, IndexPage, ListState

LISTED = IndexList("https://index.example/simple", ListState.LISTED, 3, 10.0)
UNLISTED = IndexList("https://inner.example/simple", ListState.UNLISTED, reason="It has no list.")
LOADING = IndexList("https://slow.example/simple", ListState.LOADING)


class FakeCatalogue:
    """Lists ``listed`` names and has ``pages`` by name; files have the ``described`` metadata."""

    def __init__(
        self,
        listed: Iterable[str] = (),
        indexes: tuple[IndexList, ...] = (LISTED,),
        pages: Mapping[str, IndexPage] | None = None,
        described: Mapping[str, str] | None = None,
    ) -> None:
        self.listed = tuple(listed)
        self.indexes = indexes
        self.pages = dict(pages or {})
        self.described = dict(described or {})
        self.is_all = True
        self.is_loaded = self.is_closed = False

    def names(
        self, query: str, well_known: frozenset[str], cancel: CancelToken
    ) -> tuple[tuple[str, ...], bool]:
        cancel.raise_if_cancelled()
        assert "numpy" in well_known
        return tuple(name for name in self.listed if query in name), self.is_all

    def lists(self, cancel: CancelToken) -> tuple[IndexList, ...]:
        cancel.raise_if_cancelled()
        return self.indexes

    def load(self, progress: Progress, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        progress.report("Fetching the list of names")
        self.is_loaded = True

    def page(self, name: str, cancel: CancelToken) -> IndexPage | None:
        cancel.raise_if_cancelled()
        return self.pages.get(name)

    def metadata(self, file: IndexFile, cancel: CancelToken) -> str | None:
        cancel.raise_if_cancelled()
        return self.described.get(file.name)

    def close(self) -> None:
        self.is_closed = True
