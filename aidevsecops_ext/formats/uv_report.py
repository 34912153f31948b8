"""What uv says when it fails, sorted by what went wrong."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.names import canonicalize_name
from .uv_project import PROJECT_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable


class UvFailureKind(Enum):
    """What went wrong."""

    NOT_FOUND = "not found"
    UNSATISFIABLE = "unsatisfiable"
    BUILD_FAILED = "build failed"
    UNAUTHORIZED = "unauthorized"
    TIMED_OUT = "timed out"
    UNREACHABLE = "unreachable"
    DISK = "disk"
    OTHER = "other"


class UvFailure(Struct, frozen=True):
    """Why uv failed; ``names`` are the packages at fault, ``url`` the address that did not answer.

    ``explanation`` is uv's own, without labels; ``suggestion`` the package it takes to be meant.
    """

    kind: UvFailureKind
    explanation: str
    names: tuple[str, ...] = ()
    url: str | None = None
    suggestion: str | None = None
    is_python_unsupported: bool = False


_NOT_FOUND = re.compile(
    r"(?<!\S)(\S+) was not found in (?:the package registry|the provided package locations)"
)
_BUILD = re.compile(r"Failed to (?:download and )?build `([^`]+?)(?:==[^`]*)?`")
_FETCH = re.compile(r"(?:Failed to fetch: |for url \()`?([^\s`)]+)")
_URL = re.compile(r"https?://[^\s`'\")]+")
_TIMED_OUT = re.compile(r"timed? ?out", re.IGNORECASE)
_UNAUTHORIZED = re.compile(r"\b(401 Unauthorized|403 Forbidden)\b|lack of valid authentication")
_DISK = re.compile(
    r"No space left on device|Disk quota exceeded|Read-only file system|File too large"
    r"|Failed to initialize cache|[Ff]ailed to create (?:temporary )?(?:file|directory)"
)
_NAME = re.compile(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?")
_OFFLINE = "the network was disabled"
_SUGGESTION = re.compile(r"Did you mean to install `([^`]+)`")
# A failed build may print thousands of lines; what uv concludes comes first.
_EXPLANATION_LINES = 200
_PYTHON = re.compile(r"requested Python version|--python-version` value")
_LABEL = re.compile(r"^(?:error|\s+cause|hint): ?|^ {9}")


def read_failure(lines: Iterable[str]) -> UvFailure:
    """The failure that uv's standard error tells; its log lines must be taken out before."""
    kept = [line for line in lines if not line.startswith("warning: ")]
    text = "\n".join(kept)
    url = _FETCH.search(text)
    names = _names(_NOT_FOUND, text)
    suggestion = _SUGGESTION.search(text)
    kind = UvFailureKind.OTHER
    if _DISK.search(text):
        # Whatever it was doing then.
        kind = UvFailureKind.DISK
    elif _UNAUTHORIZED.search(text):
        kind = UvFailureKind.UNAUTHORIZED
        url = _URL.search(text)
    elif "Failed to fetch" in text or "Request failed" in text or _OFFLINE in text:
        kind = UvFailureKind.TIMED_OUT if _TIMED_OUT.search(text) else UvFailureKind.UNREACHABLE
    elif _BUILD.search(text):
        kind, names = UvFailureKind.BUILD_FAILED, _names(_BUILD, text)
    elif names:
        kind = UvFailureKind.NOT_FOUND
    elif "No solution found" in text:
        kind = UvFailureKind.UNSATISFIABLE
    return UvFailure(
        kind=kind,
        explanation=_explanation(kept),
        names=names,
        url=url[url.lastindex or 0].rstrip(".,:;") if url else None,
        suggestion=suggestion[1] if suggestion else None,
        is_python_unsupported=bool(_PYTHON.search(text)),
    )


def named_in(explanation: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of the given names that the explanation speaks of, in their order."""
    words = {canonicalize_name(word) for word in _NAME.findall(explanation)}
    return tuple(name for name in names if canonicalize_name(name) in words)


def _names(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pattern.findall(text)))


def _explanation(lines: list[str]) -> str:
    parts = [_LABEL.sub("", line).rstrip() for line in lines[:_EXPLANATION_LINES]]
    text = re.sub(r"\n{2,}", "\n", "\n".join(parts)).strip()
    text = text.removeprefix("No solution found when resolving dependencies").lstrip(":\n ")
    return text.replace(PROJECT_NAME, PROJECT_NAME.replace("-", " "))
