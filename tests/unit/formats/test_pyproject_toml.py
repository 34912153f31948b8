"""``pyproject.toml`` and script blocks: what is asked for, with uv's indexes."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.requirements import Index, Requirement, RequirementSet
from aidevsecops_ext.formats.pyproject_toml import read_pyproject, write_pyproject
from aidevsecops_ext.formats.requires_python import read_requires_python
from aidevsecops_ext.formats.script_block import read_block, write_block

OWN = Index("own", "https://own.example/simple")
DEFAULT = Index("pypi", "https://index.example/simple")
ASKED = RequirementSet(
    (
        Requirement("a", ">=1", ("x",), 'os_name == "nt"'),
        Requirement("b", index="own"),
        Requirement("t", is_dev=True),
    ),
    (DEFAULT, OWN),
    "3.11",
    allow_prereleases=True,
)
TEXT = """\
[project]
name = "my-notebook"
version = "0"
requires-python = "==3.11.*"
dependencies = [
    "a[x]>=1 ; os_name == \\"nt\\"",
    "b",
]

[dependency-groups]
dev = [
    "t",
]

[tool.uv]
prerelease = "allow"

[[tool.uv.index]]
name = "own"
url = "https://own.example/simple"
explicit = true

[tool.uv.sources]
b = {index = "own"}
"""


def test_write_pyproject_writes_a_project_that_uv_knows() -> None:
    text, lost = write_pyproject(ASKED, "My Notebook")

    assert text == TEXT
    assert lost == ()


def test_read_pyproject_gives_back_what_was_written() -> None:
    reading = read_pyproject(TEXT)

    assert reading.asked == RequirementSet(
        ASKED.requirements, (OWN,), "3.11", allow_prereleases=True
    )
    assert reading.lost == ()


def test_write_pyproject_keeps_comments_and_what_it_does_not_know() -> None:
    old = TEXT.replace('    "b",', '    "gone",\n    "b",  # why') + "[tool.x]\ny = 1 # z\n"

    text, _ = write_pyproject(ASKED, "other")

    assert text != old
    assert write_pyproject(ASKED, "other", old)[0] == (
        TEXT.replace('    "b",', '    "b",  # why') + "[tool.x]\ny = 1 # z\n"
    )


def test_write_pyproject_removes_indexes_when_none_is_named_any_more() -> None:
    text, _ = write_pyproject(RequirementSet(), "x", TEXT + "[tool.x]\n")

    assert "own" not in text
    assert "prerelease" not in text
    assert "[tool.x]" in text


def test_write_pyproject_makes_a_first_index_the_default_one() -> None:
    own = Index("own", OWN.url, verify_ssl=False)
    asked = RequirementSet((Requirement("a", index="own"),), (own,))

    text, lost = write_pyproject(asked, "x")

    assert "default = true" in text
    assert "sources" not in text
    assert lost == (
        "That the certificate of https://own.example/simple is not checked is not kept.",
    )
    assert read_pyproject(text).asked == RequirementSet((Requirement("a"),), (OWN,))


@pytest.mark.parametrize("old", ["[", "project = 1", "[tool]\nuv = 1", 'dependency-groups = "x"'])
def test_write_pyproject_is_refused_when_the_old_file_cannot_be_edited(old: str) -> None:
    with pytest.raises(UserError, match=r"pyproject\.toml cannot be read"):
        write_pyproject(ASKED, "x", old)


def test_read_pyproject_says_what_is_lost() -> None:
    text = """
[project]
requires-python = ">=3.9,<4"
dependencies = ["a", "A>1", 1, "./x"]
dynamic = ["version"]
optional-dependencies = {x = ["y"]}
[dependency-groups]
docs = []
[tool.uv]
index = [{url = "./wheels"}, {url = "https://own.example/simple", default = true}]
sources = {a = {git = "https://git.example/a"}}
"""

    reading = read_pyproject(text)

    assert reading.asked == RequirementSet((Requirement("a"),), (Index("index-2", OWN.url),), "3.9")
    assert reading.lost == (
        "[project] optional-dependencies is not taken over.",
        "[project] dynamic is not taken over.",
        "'A>1' is left out: A is named already.",
        "1 is not a requirement.",
        "./x is a path; a hashed lock cannot hold it.",
        "The dependency group 'docs' is not taken over.",
        "Python >=3.9,<4 becomes Python 3.9: a notebook names one version.",
        "The index '1' is a folder or none.",
        "Where a comes from is not kept: it is no package index.",
    )


def test_read_requires_python_says_so_when_there_is_no_version_in_it() -> None:
    assert read_requires_python("<4") == (None, ("That Python must be <4 is not kept.",))


BLOCK = """\
# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "a",  # why
#   "gone",
# ]
# ///
import a"""


def test_write_block_edits_the_block_and_keeps_its_comments() -> None:
    asked = RequirementSet((Requirement("a"), Requirement("b", "<2")), (), "3.11")

    source, lost = write_block(BLOCK, asked)

    assert source == BLOCK.replace('"gone"', '"b<2"')
    assert lost == ()
    assert write_block(source, asked)[0] == source


def test_write_block_puts_a_block_before_the_source_when_there_is_none() -> None:
    source, lost = write_block("import a", ASKED)

    assert source.startswith('# /// script\n# requires-python = "==3.11.*"\n# dependencies = [')
    assert source.endswith("# ///\nimport a")
    assert lost == ("The development requirement t is not kept: a script has none.",)
    reading = read_block(source)
    assert reading is not None
    assert reading.asked == RequirementSet(
        ASKED.requirements[:2], (OWN,), "3.11", allow_prereleases=True
    )


def test_write_block_writes_an_empty_block_when_nothing_is_asked_for() -> None:
    assert write_block("", RequirementSet())[0] == "# /// script\n# dependencies = []\n# ///"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (BLOCK + "\n" + BLOCK, "a second one begins in line 9"),
        ("# /// script\n# [\n# ///", "The script block cannot be read"),
    ],
)
def test_blocks_are_refused_when_they_cannot_be_read(source: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        write_block(source, ASKED)
    with pytest.raises(UserError, match=reason):
        read_block(source)


def test_read_block_is_none_when_there_is_no_block() -> None:
    assert read_block("import a") is None


def test_read_block_says_what_is_lost() -> None:
    reading = read_block('# /// script\n# [tool.uv]\n# exclude-newer = "2026-01-01"\n# ///')

    assert reading is not None
    assert reading.lost == ("exclude-newer of the script block is not taken over.",)
