"""Versions of packages as Python writes them (PEP 440)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.version import Version


def package_version(text: str) -> Version | None:
    """The version in a text; None where it is none, or has more digits than Python reads."""
    # Here and not above: most commands compare no versions, and the import is slow.
    from packaging.version import Version

    try:
        return Version(text)
    except ValueError:  # InvalidVersion is one, and so is the refusal of thousands of digits
        return None
