"""Finding notebooks by path, folder and pattern."""

from __future__ import annotations

import pytest

from aidevsecops_ext.app.find_notebooks import find_notebooks
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError
from tests.fakes.files import FakeFiles

FILES = FakeFiles(
    dict.fromkeys(
        [
            "top.ipynb",
            "notes.txt",
            ".hidden.ipynb",
            "a/one.ipynb",
            "a/two.ipynb",
            "a/b/three.ipynb",
            "a/b/[x] four.ipynb",
            "a/.ipynb_checkpoints/one-checkpoint.ipynb",
            ".venv/lib/five.ipynb",
            "node_modules/six.ipynb",
            "venv/seven.ipynb",
            "empty/readme.md",
            "runs/churn/20260102-030405-a1b2/copy.ipynb",
            ".odd/[y]/eight.ipynb",
        ],
        "",
    )
)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["top.ipynb"], ["top.ipynb"]),
        (["./a//one.ipynb", "a/one.ipynb"], ["a/one.ipynb"]),
        (["absent.ipynb"], ["absent.ipynb"]),
        (["notes.txt"], ["notes.txt"]),
        (["a"], ["a/one.ipynb", "a/two.ipynb", "a/b/[x] four.ipynb", "a/b/three.ipynb"]),
        (
            ["."],
            ["top.ipynb", "a/one.ipynb", "a/two.ipynb", "a/b/[x] four.ipynb", "a/b/three.ipynb"],
        ),
        (["a/b", "a/o*"], ["a/b/[x] four.ipynb", "a/b/three.ipynb", "a/one.ipynb"]),
        (["*.ipynb"], ["top.ipynb"]),
        ([".*.ipynb"], [".hidden.ipynb"]),
        (["*/*.ipynb"], ["a/one.ipynb", "a/two.ipynb"]),
        (["**/t*.ipynb"], ["top.ipynb", "a/two.ipynb", "a/b/three.ipynb"]),
        (["a/**"], ["a/one.ipynb", "a/two.ipynb", "a/b/[x] four.ipynb", "a/b/three.ipynb"]),
        (["a/**/b/t*"], ["a/b/three.ipynb"]),
        ([".venv"], [".venv/lib/five.ipynb"]),
        ([".venv/*/*"], [".venv/lib/five.ipynb"]),
        (["venv/*"], ["venv/seven.ipynb"]),
        ([".odd/[y]/*.ipynb"], [".odd/[y]/eight.ipynb"]),
        (["a/b/[x] four.ipynb"], ["a/b/[x] four.ipynb"]),
    ],
)
def test_find_notebooks_lists_each_once_when_names_match(
    names: list[str], expected: list[str]
) -> None:
    assert find_notebooks(names, FILES) == tuple(expected)


@pytest.mark.parametrize("name", ["empty", "x*.ipynb", "absent/*.ipynb", "../*", "/abs/*", "*.txt"])
def test_find_notebooks_says_so_when_a_name_has_none(name: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        find_notebooks(["top.ipynb", name], FILES)

    assert caught.value.code is ErrorCode.NOTEBOOK_NONE_FOUND
    assert caught.value.message == f"There is no notebook in {name}."
