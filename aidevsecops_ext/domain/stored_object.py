"""What is kept in object storage."""

from __future__ import annotations

from msgspec import Struct


class StoredObject(Struct, frozen=True):
    """An object: its key, how many bytes it has, when it was stored (ISO 8601)."""

    key: str
    size: int
    modified: str = ""
