"""A package index that holds the names a test lists."""

from __future__ import annotations

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.errors import AidevsecopsError
from aidevsecops_ext.domain.requirements import DEFAULT_INDEX_NAME, Index


class FakePackageIndex:
    """Has ``names`` (normalised); raises ``error`` when given one; records what it was asked."""

    def __init__(self, *names: str, error: AidevsecopsError | None = None) -> None:
        self.names = frozenset(names)
        self.error = error
        self.asked: list[frozenset[str]] = []

    def existing(self, names: frozenset[str], cancel: CancelToken) -> frozenset[str]:
        cancel.raise_if_cancelled()
        self.asked.append(names)
        if self.error is not None:
            raise self.error
        return names & self.names

    def default_index(self) -> Index:
        return Index(DEFAULT_INDEX_NAME, "https://index.example/simple")
