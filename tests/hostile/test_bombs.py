"""Texts that are dear to read: every parser reads or refuses them in time and in little memory.

``fuzz/bombs.py`` makes them for each parser of the list, also out of its examples; ``make bombs``
drops larger ones, and more of them. How long they may take is far more than they take, so that
a busy machine fails nothing, and counts processor time alone.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Any

import pytest

from fuzz.parsers import PARSERS
from tests.hostile.dropping import drop

_SIZE = int(os.environ.get("BOMB_SIZE", "6000"))
# All that can be made of their examples, where the texts are large.
_GROWN = 20 if _SIZE < 50_000 else 200

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are those of Linux"),
]


@cache
def _reports() -> dict[str, dict[str, Any]]:
    return drop(PARSERS, _SIZE, _GROWN)


@pytest.mark.parametrize("name", PARSERS)
def test_parser_reads_or_refuses_what_is_dear_to_read(name: str) -> None:
    report = _reports()[name]

    assert report["faults"] == []
    assert report["read"] > 100
