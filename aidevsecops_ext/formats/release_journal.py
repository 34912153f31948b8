"""The journal of a release, as JSON."""

from __future__ import annotations

import msgspec

from ..domain.release_record import ReleaseRecord

FORMAT = 1


def write_journal(record: ReleaseRecord) -> str:
    """The JSON text of a record."""
    return msgspec.json.encode(record).decode() + "\n"


def read_journal(text: str) -> ReleaseRecord | None:
    """The record in a text; None where it holds none that this version of the program knows."""
    try:
        record = msgspec.json.decode(text, type=ReleaseRecord)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    return record if record.format == FORMAT else None
