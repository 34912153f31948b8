"""The journal of a release, as JSON."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from ..domain.release_record import RECORD_FORMAT, ReleaseRecord
from .prepared import prepared

_RECORD = prepared(ReleaseRecord)


def write_journal(record: ReleaseRecord) -> str:
    """The JSON text of a record."""
    return msgspec.json.encode(record).decode() + "\n"


def read_journal(text: str) -> ReleaseRecord | None:
    """The record in a text; None where it holds none that this version of the program knows."""
    try:
        record = msgspec.json.decode(text, type=_RECORD)
    except (msgspec.DecodeError, RecursionError):
        return None
    is_known = 1 <= record.format <= RECORD_FORMAT
    return replace(record, format=RECORD_FORMAT) if is_known else None
