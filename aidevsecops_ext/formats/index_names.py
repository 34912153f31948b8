"""Names for package indexes that a file gives only the addresses of."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..domain.late_patterns import late_pattern
from ..domain.requirements import DEFAULT_INDEX_NAME, Index
from .pipfile.entries import without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterable

_UNSAFE = late_pattern(r"[^A-Za-z0-9_.-]+")


def named_indexes(urls: Iterable[str]) -> tuple[Index, ...]:
    """An index for each address, called as its host is, without credentials; each once.

    Raises:
        UserError: one is not an address.
    """
    indexes: dict[str, Index] = {}
    for url in map(without_credentials, urls):
        # The default's name stands for another index, whatever the host is called.
        taken = {index.name for index in indexes.values()} | {DEFAULT_INDEX_NAME}
        name = host = urlsplit(url).hostname or "index"
        number = 1
        while name in taken:
            number += 1
            name = f"{host}-{number}"
        indexes.setdefault(url.rstrip("/"), Index(name, url))
    return tuple(indexes.values())


def safe_names(indexes: Iterable[Index]) -> dict[str | None, str]:
    """How uv may call each index, by the index's name: uv takes fewer characters than a Pipfile."""
    names: dict[str | None, str] = {}
    for index in indexes:
        name = _UNSAFE.sub("-", index.name).strip("-.") or "index"
        while name in names.values():
            name += "-2"
        names[index.name] = name
    return names
