"""Versions of packages, and constraints on them, as Python writes them (PEP 440)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .late_patterns import late_pattern

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

# More digits than Python reads; a constraint finds that out only once it is compared.
_ENDLESS = late_pattern(r"\d{4300}")


def package_version(text: str) -> Version | None:
    """The version in a text; None where it is none, or has more digits than Python reads."""
    # Here and not above: most commands compare no versions, and the import is slow.
    from packaging.version import Version

    try:
        return Version(text)
    except ValueError:  # InvalidVersion is one, and so is the refusal of thousands of digits
        return None


def package_specifier(text: str) -> SpecifierSet | None:
    """The constraints in a text; None where it is none, or one of them has such a version."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return None if _ENDLESS.search(text) else SpecifierSet(text)
    except InvalidSpecifier:
        return None


def is_allowed(version: str, specifier: str) -> bool:
    """True for a version, a pre-release too, that fulfils all constraints in a text."""
    allowed = package_specifier(specifier)
    if allowed is None or _ENDLESS.search(version):
        return False
    return allowed.contains(version, prereleases=True)
