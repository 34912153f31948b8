from __future__ import annotations

import re

import pytest

from aidevsecops_ext.domain.late_patterns import late_pattern


def test_a_late_pattern_is_used_like_a_compiled_one() -> None:
    pattern = late_pattern(r"(\d+)-b", re.IGNORECASE)
    found = pattern.search("a 12-B")

    assert found is not None
    assert found[1] == "12"
    assert pattern.sub("x", "1-b 2-b") == "x x"
    assert pattern.pattern == r"(\d+)-b"


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    pattern = late_pattern("(")

    with pytest.raises(re.error):
        pattern.search("")
