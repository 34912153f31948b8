"""Names of runs."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.run_ids import is_run_id


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
