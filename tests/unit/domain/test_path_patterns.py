from __future__ import annotations

import pytest

from aidevsecops_ext.domain.path_patterns import matches_any


@pytest.mark.parametrize(
    "pattern", ["a/b/c.py", "a", "a/", "./a", "a/b", "*.py", "a/*", "a/?/c.py", "[a-b]"]
)
def test_a_path_matches_its_own_pattern_and_those_of_its_folders(pattern: str) -> None:
    assert matches_any("a/b/c.py", [pattern])


@pytest.mark.parametrize("pattern", ["b", "c.py", "A", "a/b/c", "*.ipynb", ".", ""])
def test_a_path_does_not_match_what_is_named_elsewhere(pattern: str) -> None:
    assert not matches_any("a/b/c.py", [pattern])


def test_a_path_matches_no_pattern_when_there_is_none() -> None:
    assert not matches_any("a.py", [])
