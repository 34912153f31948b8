"""Script blocks in cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.requirements import Requirement
from aidevsecops_ext.formats.pep723 import ScriptBlock, read_script_block


def test_read_script_block_gives_dependencies_and_python() -> None:
    source = (
        "# note\n# /// script\n# requires-python = '>=3.11'\n# dependencies = [\n"
        "#   'a>=1',\n#\n#   'b[x]',\n# ]\n# ///\nimport a"
    )

    block = read_script_block(source)

    assert block == ScriptBlock(
        2, (Requirement("a", ">=1"), Requirement("b", extras=("x",))), ">=3.11"
    )


@pytest.mark.parametrize(
    "source",
    [
        "import a",
        "# /// script\n# dependencies = []",
        "# /// script\nimport a\n# ///",
        "# /// other\n# x\n# ///",
        "# ///",
        "#/// script\n# ///",
    ],
)
def test_read_script_block_is_none_when_there_is_no_whole_one(source: str) -> None:
    block = read_script_block(source)

    assert block is None


def test_read_script_block_reads_on_when_an_inner_line_looks_like_the_end() -> None:
    source = "# /// script\n# x = '''\n# ///\n# '''\n# dependencies = ['a']\n# ///\n"

    block = read_script_block(source)

    assert block is not None
    assert block.dependencies == (Requirement("a"),)


def test_read_script_block_skips_blocks_of_other_types() -> None:
    source = "# /// other\n# x\n# ///\n# /// script\n# dependencies = ['a']\n# ///"

    block = read_script_block(source)

    assert block == ScriptBlock(4, (Requirement("a"),))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("# x", "The script block is not TOML: "),
        ("# dependencies = 'a'", "The dependencies of the script block are not a list."),
        ("# dependencies = [1]", "1 is not a requirement."),
        ("# dependencies = ['./a']", "./a is a path"),
        ("# dependencies = ['a b']", "a b is not a requirement."),
        ("# requires-python = 3", "requires-python of the script block is not a text."),
        ("# x = 1\n# ///\n\n# /// script", "A second script block begins in line 5."),
    ],
)
def test_read_script_block_says_what_it_cannot_read(content: str, problem: str) -> None:
    block = read_script_block(f"# /// script\n{content}\n# ///")

    assert block is not None
    assert [said.startswith(problem) for said in block.problems] == [True]
    assert block.dependencies == ()
    assert block.requires_python is None


_LINES = st.sampled_from(
    ["# /// script", "# ///", "#", "# x = 1", "# dependencies = ['a']", "# dependencies = [", "y"]
    + ["# ]", "# /// other", "", "# x = '''", "#x", "# /// script ", "\x00", "# \x00"]
)


@given(st.lists(_LINES, max_size=12).map("\n".join))
def test_read_script_block_never_fails_whatever_it_reads(source: str) -> None:
    block = read_script_block(source)

    assert block is None or source.split("\n")[block.line - 1].startswith("# /// script")
