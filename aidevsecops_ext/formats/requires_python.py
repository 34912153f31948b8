"""``requires-python`` (a range) and the one Python version that a notebook names."""

from __future__ import annotations

from ..domain.late_patterns import late_pattern

_EXACT = late_pattern(r"==\s*(\d+\.\d+)(?:\.\*|\.\d+)?")
_LOWEST = late_pattern(r"(?:>=|~=|===?)\s*(\d+\.\d+)")


def write_requires_python(python_version: str) -> str:
    """The range of that version."""
    return f"=={python_version}.*"


def read_requires_python(specifier: str) -> tuple[str | None, tuple[str, ...]]:
    """The version that stands for the range, and what is lost by that; None without a range."""
    exact = _EXACT.fullmatch(specifier.strip())
    if exact:
        return exact[1], ()
    if not specifier.strip():
        return None, ()
    lowest = _LOWEST.search(specifier)
    if lowest is None:
        return None, (f"That Python must be {specifier} is not kept.",)
    version = lowest[1]
    return version, (f"Python {specifier} becomes Python {version}: a notebook names one version.",)
