"""Cells that install, without their install lines."""

from __future__ import annotations

import pytest

from aidevsecops_ext.formats.install_cells import convert_cell


@pytest.mark.parametrize(
    ("source", "converted", "requirements"),
    [
        ("import x", "import x", []),
        ("!pip install -q 'a>=1' b\nx = 1", "# !pip install -q 'a>=1' b\nx = 1", ["a>=1", "b"]),
        ("%pip install a \\\n  b\nc", "# %pip install a \\\n  # b\nc", ["a", "b"]),
        ("if x:\n    !pip install a", "if x:\n    pass  # !pip install a", ["a"]),
        ("pip install a", "# pip install a", ["a"]),
        ("!uv pip install a", "# !uv pip install a", ["a"]),
        ("%%bash\npip install a\nls", "%%bash\n# pip install a\nls", ["a"]),
        ("%%sh\nif x\n  pip install a\nfi", "%%sh\nif x\n  :  # pip install a\nfi", ["a"]),
        ("%%script bash\npip install a", "%%script bash\n# pip install a", ["a"]),
        ("%%capture\n!pip install a", "%%capture\n# !pip install a", ["a"]),
        ("!pip install --upgrade pip", "!pip install --upgrade pip", []),
    ],
)  # fmt: skip
def test_convert_cell_comments_out_what_it_records(
    source: str, converted: str, requirements: list[str]
) -> None:
    result = convert_cell(source)

    assert result.source == converted
    assert [requirement.to_pep508() for requirement in result.requirements] == requirements
    assert result.problems == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("!pip install git+https://x.example/y", "a hashed lock cannot hold it"),
        ("!pip install -r more.txt", "are not read"),
        ("!pip install a && make", "does something else as well"),
        ("!conda install a", "conda's packages"),
        ("x = !pip install a", "part of another statement"),
        (">>> !pip install a", "part of another statement"),
    ],
)
def test_convert_cell_leaves_a_line_and_says_why_when_it_cannot_be_recorded(
    source: str, reason: str
) -> None:
    result = convert_cell(source)

    assert result.source == source
    assert result.requirements == []
    [problem] = result.problems
    assert reason in problem


def test_convert_cell_says_which_option_is_lost() -> None:
    result = convert_cell("!pip install --no-deps -U a")

    assert result.problems == ["The option --no-deps of 'pip install --no-deps -U a' is not kept."]
    assert [(line.line, line.text) for line in result.lines] == [(1, "!pip install --no-deps -U a")]
