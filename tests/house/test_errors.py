"""Every error is known to both faces and to the reference."""

from __future__ import annotations

import re

import pytest

from aidevsecops_ext.cli.exit_codes import exit_code_of
from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    CancelledError,
    ErrorCode,
)
from aidevsecops_ext.server.problems import STATUSES, status_of

from .sources import ROOT, find_sources

_ROW = re.compile(r"^\| `(?P<code>[^`]+)` \| .+ \| (?P<http>[^|]+) \| (?P<exit>[^|]+) \|$", re.M)
_NONE = "–"


def _documented() -> dict[str, tuple[set[int], set[int]]]:
    """The HTTP statuses and exit statuses that the reference names for each code."""
    text = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    return {
        row["code"]: (_numbers(row["http"]), _numbers(row["exit"])) for row in _ROW.finditer(text)
    }


def _numbers(cell: str) -> set[int]:
    return {int(word) for word in cell.split(", ")} if cell != _NONE else set()


def _make(kind: type[AidevsecopsError]) -> AidevsecopsError:
    if kind is CancelledError:
        return CancelledError()
    return kind(ErrorCode.REQUEST_INVALID, "No.")


def test_every_code_has_a_line_in_the_reference() -> None:
    assert set(_documented()) == {code.value for code in ErrorCode}


def test_every_code_is_used() -> None:
    texts = [path.read_text(encoding="utf-8") for path in find_sources("aidevsecops_ext", ".py")]
    unused = [
        code.name for code in ErrorCode if not any(f"ErrorCode.{code.name}" in t for t in texts)
    ]

    assert unused == []


@pytest.mark.parametrize("kind", AidevsecopsError.__subclasses__())
def test_every_class_has_a_status_and_an_exit_code(kind: type[AidevsecopsError]) -> None:
    error = _make(kind)

    assert kind in STATUSES
    assert exit_code_of(error) > 1


def test_reference_names_statuses_and_exit_codes_that_belong_together() -> None:
    pairs = {(status_of(_make(kind)), exit_code_of(_make(kind))) for kind in STATUSES}
    exit_codes = {status: {code for known, code in pairs if known == status} for status, _ in pairs}

    for code, (statuses, codes) in _documented().items():
        if statuses <= set(exit_codes) and codes:
            possible = set().union(*(exit_codes[status] for status in statuses))
            assert codes <= possible, code
