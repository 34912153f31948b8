"""What an advisory service said of packages, as JSON, so that it need not be asked again."""

from __future__ import annotations

# Not for types only: what reads the texts looks at the annotations.
from collections.abc import Mapping  # noqa: TC003

from msgspec import DecodeError, Struct, field
from msgspec.json import decode, encode

from ..domain.advisories import Advisory  # noqa: TC001
from .prepared import prepared


class RememberedPackage(Struct, frozen=True):
    """What is known against a version, and when that was (seconds since the epoch)."""

    at: float
    advisories: tuple[Advisory, ...] = ()


class AdvisoryNotes(Struct, frozen=True):
    """By service, then by ``name==version``."""

    services: Mapping[str, Mapping[str, RememberedPackage]] = field(default_factory=dict)


_NOTES = prepared(AdvisoryNotes)


def write_notes(notes: AdvisoryNotes) -> bytes:
    """The text of the file."""
    return encode(notes)


def read_notes(text: bytes) -> AdvisoryNotes:
    """What the file says; nothing where it cannot be understood."""
    try:
        return decode(text, type=_NOTES)
    except (DecodeError, RecursionError, UnicodeDecodeError):
        return AdvisoryNotes()
