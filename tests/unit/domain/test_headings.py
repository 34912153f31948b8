from __future__ import annotations

import pytest

from aidevsecops_ext.domain.headings import Heading, find_headings


@pytest.mark.parametrize(
    ("markdown", "headings"),
    [
        ("# Title", [(1, "Title")]),
        ("## Load ##", [(2, "Load")]),
        ("   ### Load", [(3, "Load")]),
        ("    # code", []),
        ("#hashtag", []),
        ("####### seven", []),
        ("#", [(1, "")]),
        ("Title\n=====", [(1, "Title")]),
        ("Load\nthe data\n---\ntext", [(2, "Load the data")]),
        ("\n---\n", []),
        ("- item\n---", []),
        ("| a |\n---", []),
        ("```\n# no\n```\n# yes", [(1, "yes")]),
        ("~~~python\n# no\n```\n# no\n~~~~\n# yes", [(1, "yes")]),
        ("```inline``` text\n# yes", [(1, "yes")]),
        ("```\n# never closed", []),
        ("<!-- # no\n# no -->\n# yes", [(1, "yes")]),
        ('<h2 align="center">Load <b>it</b></h2>', [(2, "Load it")]),
        ("## [Load](#load) *all* `data` &amp; __more__", [(2, "Load all data & more")]),
        ("## ![](a.png) snake_case", [(2, "snake_case")]),
        ('## <a id="x"></a>Load', [(2, "Load")]),
        ("# A\ntext\n## B", [(1, "A"), (2, "B")]),
    ],
)
def test_find_headings_reads_as_a_reader_does(
    markdown: str, headings: list[tuple[int, str]]
) -> None:
    assert find_headings(markdown) == tuple(Heading(*each) for each in headings)
