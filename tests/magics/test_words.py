"""Where the notebook belongs among the words of a magic."""

from __future__ import annotations

import pytest

from aidevsecops_ext.magics.words import read_call


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("check", "check NB"),
        ("lock --engine uv --dry-run", "lock NB --engine uv --dry-run"),
        ("lock --engine", "lock NB --engine"),
        ("requirements --add pandas", "requirements NB --add pandas"),
        ("export --format sbom", "export NB --format sbom"),
        ("kernel install --name x", "kernel install NB --name x"),
        ("kernel check", "kernel check NB"),
        ("lock other.ipynb", "lock other.ipynb"),
        ("lock --help", "lock --help"),
        ("kernel list", "kernel list"),
        ("kernel delete x", "kernel delete x"),
        ("kernel", "kernel"),
        ("nonsense", "nonsense"),
        ("", ""),
    ],
)
def test_with_notebook_puts_it_where_the_command_expects_it(line: str, expected: str) -> None:
    call = read_call(line.split())

    assert call.with_notebook("NB") == tuple(expected.split())


@pytest.mark.parametrize(
    ("line", "is_writing"),
    [
        ("lock", True),
        ("lock --dry-run", False),
        ("requirements", False),
        ("requirements -r x", True),
        ("requirements -a x --dry-run", False),
        ("convert a.ipynb", True),
        ("import --from Pipfile", True),
        ("kernel install", True),
        ("kernel check", False),
        ("check", False),
        ("audit", False),
    ],
)
def test_call_is_writing_when_the_command_changes_notebooks(line: str, is_writing: bool) -> None:
    assert read_call(line.split()).is_writing is is_writing


def test_call_knows_the_notebooks_that_are_named() -> None:
    assert read_call(["check", "a.ipynb", "b"]).named == ("a.ipynb", "b")
    assert read_call(["export", "a.ipynb"]).named == ("a.ipynb",)
