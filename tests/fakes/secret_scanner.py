"""A scanner that knows one kind of secret."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.secrets_found import FoundSecret, Passage


class FakeSecretScanner:
    """Finds the values that begin with ``sk-``."""

    def scan(self, passages: Iterable[Passage], cancel: CancelToken) -> Iterator[FoundSecret]:
        del cancel
        for passage in passages:
            for number, line in enumerate(passage.text.splitlines(), start=1):
                if '"sk-' in line:
                    yield FoundSecret(passage.file, number, "Key")
