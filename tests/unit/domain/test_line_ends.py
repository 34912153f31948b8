"""Cells whose lines end as on other systems."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.statement_flow import read_statements


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_statements_are_those_of_their_lines_whatever_ends_them(end: str) -> None:
    statements = read_statements(f"import os{end}%time x = 1{end}y = x")

    assert [each.source for each in statements] == ["import os", "%time x = 1", "y = x"]


def test_carriage_return_within_a_cell_with_magics_ends_a_line() -> None:
    assert analyze("%%time\ndf = 1\ra = df\n%pip list").writes == {"df", "a"}
