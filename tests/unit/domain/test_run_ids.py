"""Names of runs."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.run_ids import is_run_id, run_id_after, run_id_at


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20260102-030405-a1b2", True),
        ("20260102-030405-A1B2", False),
        ("20260102-030405", False),
        ("../20260102-030405-a1b2", False),
        ("20260102-030405-a1b2\n", False),
    ],
)
def test_run_is_known_by_its_name(name: str, expected: bool) -> None:
    assert is_run_id(name) is expected


def test_run_id_tells_the_moment_and_the_part_of_its_second() -> None:
    assert run_id_at(1767322445.5) == "20260102-025405-8000"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("20260102-030405-a1bf", "20260102-030405-a1c0"),
        ("20260102-030405-ffff", "20260102-030406-0000"),
        ("20260102-999999-ffff", "20260103-000000-0000"),
    ],
)
def test_run_id_after_comes_after_and_is_one(name: str, expected: str) -> None:
    after = run_id_after(name)

    assert after == expected
    assert after > name
    assert is_run_id(after)
