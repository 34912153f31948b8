"""Pipfiles and their locks as files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.formats.index_names import named_indexes, safe_names
from aidevsecops_ext.formats.pipfile import (
    hash_of,
    lockfile_text,
    pipfile_text,
    read_pipfile,
    with_python,
)
from aidevsecops_ext.formats.toml_text import read_json, text_of

PIPFILE: dict[str, Json] = {
    "packages": {"a": "*", "zope.interface": {"version": "<2", "extras": ["x"], "editable": False}},
    "dev-packages": {},
    "source": [{"url": "https://index.example/simple", "verify_ssl": True, "name": "pypi"}],
    "requires": {"python_version": "3.11"},
    "thoth": {"allow_prereleases": {"black": True}},
}

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=8)
VALUES = st.recursive(
    st.booleans() | st.integers(-9, 9) | NAMES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=5,
)


def test_pipfile_text_is_laid_out_as_pipenv_does() -> None:
    assert pipfile_text(PIPFILE) == (
        '[[source]]\nurl = "https://index.example/simple"\nverify_ssl = true\nname = "pypi"\n\n'
        '[packages]\na = "*"\n'
        '"zope.interface" = {version = "<2", extras = ["x"], editable = false}\n\n'
        "[dev-packages]\n\n"
        '[requires]\npython_version = "3.11"\n\n'
        "[thoth]\nallow_prereleases = {black = true}\n"
    )


def test_pipfile_text_leaves_nulls_out() -> None:
    text = pipfile_text({"a": None, "packages": {"b": None, "c": {"d": None, "e": [None]}}})

    assert text == "[packages]\nc = {e = []}\n"


@given(
    sections=st.dictionaries(NAMES, st.dictionaries(NAMES, VALUES, max_size=3), max_size=3),
    plain=VALUES,
)
def test_pipfile_reads_back_as_it_was_for_any_content(
    sections: dict[str, Json], plain: Json
) -> None:
    pipfile = {**sections, **PIPFILE, "plain": plain, "empty": []}

    read = read_pipfile(pipfile_text(pipfile))

    assert read == pipfile
    assert hash_of(read) == hash_of(pipfile)


def test_lockfile_text_is_laid_out_as_pipenv_does() -> None:
    assert lockfile_text({"b": 1, "a": {}}) == '{\n    "a": {},\n    "b": 1\n}\n'


@pytest.mark.parametrize(("text", "reason"), [("{", "it is not JSON"), ("[]", "not an object")])
def test_read_json_is_refused_when_it_is_no_object(text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        read_json(text, "Pipfile.lock")


def test_text_of_is_empty_when_there_is_none() -> None:
    assert (text_of({"a": 1}, "a"), text_of([], "a"), text_of({"a": "b"}, "a")) == ("", "", "b")


def test_named_indexes_have_different_names_when_hosts_are_the_same() -> None:
    urls = [
        "https://u:p@x.example/a",
        "https://x.example/b",
        "https://x.example/a/",
        "https://pypi/s",
    ]

    indexes = named_indexes(urls)

    assert [(index.name, index.url) for index in indexes] == [
        ("x.example", "https://x.example/a"),
        ("x.example-2", "https://x.example/b"),
        ("pypi-2", "https://pypi/s"),
    ]


def test_safe_names_are_those_that_uv_takes() -> None:
    indexes = [Index("my index", "a"), Index("my-index", "b"), Index("ä", "c")]

    assert safe_names(indexes) == {
        "my index": "my-index",
        "my-index": "my-index-2",
        "ä": "index",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[requires]\npython_version = "3.8" # so\n', '[requires]\npython_version = "3.11" # so\n'),
        ('requires = {python_version = "3.8"}\n', 'requires = {python_version = "3.11"}\n'),
    ],
)
def test_with_python_changes_nothing_but_the_python(before: str, after: str) -> None:
    rest = '# Ours.\n[packages]\nnumpy  =  "*" # fast\n'

    assert with_python(f"{before}{rest}", "3.11") == f"{after}{rest}"


def test_with_python_leaves_no_full_version() -> None:
    text = '[requires]\npython_full_version = "3.8.6"\n'

    assert with_python(text, "3.11") == '[requires]\npython_version = "3.11"\n'
