"""A requirement as people write it for pip (PEP 508) -> the requirement, or why it is none."""

from __future__ import annotations

from ..domain.late_patterns import late_pattern
from ..domain.package_versions import package_specifier
from ..domain.requirements import Requirement
from .redaction import redact

_SIMPLE = late_pattern(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")
_FILE_ENDINGS = (".whl", ".tar.gz", ".zip", ".tar.bz2")


class InvalidRequirementError(Exception):
    """The words are no requirement that a hashed lock can hold; the message says why."""


def parse_requirement(text: str) -> Requirement:
    """The requirement that the text asks for.

    Raises:
        InvalidRequirementError: an address, a path, a variable, or not a requirement at all.
    """
    text = text.strip()
    if _SIMPLE.fullmatch(text) and not text.lower().endswith(_FILE_ENDINGS):
        return Requirement(text)
    shown = redact(text)
    if "$" in text or "{" in text:
        raise InvalidRequirementError(f"{shown} is not known before the notebook runs.")
    # A marker holds neither; whatever else does is not a name with a version.
    if "://" in text or "@" in text.partition(";")[0]:
        raise InvalidRequirementError(f"{shown} is an address; a hashed lock cannot hold it.")
    if text.startswith((".", "/", "~")) or text.lower().endswith(_FILE_ENDINGS):
        raise InvalidRequirementError(f"{shown} is a path; a hashed lock cannot hold it.")
    # Slow to import, and most notebooks name distributions and nothing else.
    from packaging.requirements import Requirement as Pep508Requirement

    try:
        parsed = Pep508Requirement(text)
        specifier = str(parsed.specifier)
        markers = str(parsed.marker) if parsed.marker else ""
    # A marker with a thousand brackets is none, either, nor is a range of endless versions.
    except (ValueError, RecursionError) as error:
        raise InvalidRequirementError(f"{shown} is not a requirement.") from error
    if package_specifier(specifier) is None:
        raise InvalidRequirementError(f"{shown} is not a requirement: no version is so long.")
    return Requirement(parsed.name, specifier, tuple(sorted(parsed.extras)), markers)
