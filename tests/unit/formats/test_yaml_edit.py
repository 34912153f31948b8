"""Additions to YAML files that keep every other byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.yaml_edit import (
    load_yaml,
    with_entry,
    with_entry_value,
    with_value,
    without_entry,
)
from tests.kits.corpus import FOLDER, needs_corpus

ENTRY: dict[str, Json] = {"id": "t", "v": "3.1", "o": {"k": "u"}}
NAMES = ("host", "list", "other", "a-b")


def add(text: str, key: str = "list") -> str:
    return with_entry(text, key, ENTRY, "f.yaml")


def is_addition(old: str, new: str) -> bool:
    """True when the new text is the old one with something put in at one place."""
    head = len(os.path.commonprefix([old, new]))
    tail = len(os.path.commonprefix([old[head:][::-1], new[::-1]]))
    return head + tail == len(old) < len(new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "list:\n- name: a # one\n",
            "list:\n- name: a # one\n- id: t\n  v: \"3.1\"\n  o:\n    k: u\n",
        ),
        (
            "list:\n  -   name: a\n  -   name: b\n\n\nrest: 1\n",
            "list:\n  -   name: a\n  -   name: b\n  -   id: t\n"
            "      v: \"3.1\"\n      o:\n          k: u\n\n\nrest: 1\n",
        ),
        (
            "list:\n  - name: a\n\n  - name: b\n    # base: x\n# of the rest\nrest: 1\n",
            "list:\n  - name: a\n\n  - name: b\n    # base: x\n\n  - id: t\n"
            "    v: \"3.1\"\n    o:\n      k: u\n# of the rest\nrest: 1\n",
        ),
        (
            "list: [{name: a}]  # c\n",
            'list: [{name: a}, {id: t, v: "3.1", o: {k: u}}]  # c\n',
        ),
        ("list: []\n", 'list: [{id: t, v: "3.1", o: {k: u}}]\n'),
        (
            "list: [\n  a,\n]\n",
            'list: [\n  a,\n{id: t, v: "3.1", o: {k: u}}]\n',
        ),
        ('{"a": "b"}', '{"a": "b", list: [{id: t, v: "3.1", o: {k: u}}]}'),
        (
            "list: ~ # none yet\nrest: 1\n",
            "list: # none yet\n  - id: t\n    v: \"3.1\"\n    o:\n"
            "      k: u\nrest: 1\n",
        ),
        (
            "check:\n- a\nlist:\n  # - b\n",
            "check:\n- a\nlist:\n- id: t\n  v: \"3.1\"\n  o:\n    k: u\n  # - b\n",
        ),
        (
            "a: 1\n\nb: 2",
            "a: 1\n\nb: 2\n\nlist:\n  - id: t\n    v: \"3.1\"\n    o:\n      k: u\n",
        ),
        (
            "a: 1\n...\n# after\n",
            "a: 1\nlist:\n  - id: t\n    v: \"3.1\"\n    o:\n      k: u\n...\n# after\n",
        ),
        (
            "list:\n- name: a\n  text: |\n    long\n\n    er\n\nrest: 1\n",
            "list:\n- name: a\n  text: |\n    long\n\n    er\n- id: t\n  v: \"3.1\"\n"
            "  o:\n    k: u\n\nrest: 1\n",
        ),
        (
            "list:\n- a\n- [b]\n- c:\n",
            "list:\n- a\n- [b]\n- c:\n- id: t\n  v: \"3.1\"\n  o:\n    k: u\n",
        ),
        (
            "list:\r\n- name: a\r\n",
            "list:\r\n- name: a\r\n- id: t\r\n  v: \"3.1\"\r\n  o:\r\n    k: u\r\n",
        ),
        (
            "list:\n- id: a\n  o: &o\n    k: u\n- id: b\n  o: *o\n# end\n",
            "list:\n- id: a\n  o: &o\n    k: u\n- id: b\n  o: *o\n- id: t\n  v: \"3.1\"\n"
            "  o:\n    k: u\n# end\n",
        ),
        ("list:\n- - a\n", "list:\n- - a\n- id: t\n  v: \"3.1\"\n  o:\n    k: u\n"),
    ],
)  # fmt: skip
def test_entry_is_added_as_the_file_is_written(before: str, after: str) -> None:
    assert add(before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("host: x\n\nlist:\n- a\n", "host: x\nkey: v\n\nlist:\n- a\n"),
        ("# c\nlist:\n- a\nhost: x\n", "# c\nkey: v\nlist:\n- a\nhost: x\n"),
        ("text: |\n  a\n", "key: v\ntext: |\n  a\n"),
        ("a: 1\nb: 2\n# end\n", "a: 1\nb: 2\nkey: v\n# end\n"),
        ("key: old # c\n", "key: v # c\n"),
        ("key: 'old'\n", "key: 'v'\n"),
        ('key: "old"\n', 'key: "v"\n'),
        ("key:\n", "key: v\n"),
        ("key: ~\n", "key: v\n"),
        ("{a: 1}", "{a: 1, key: v}"),
        ("{}", "{key: v}"),
    ],
)
def test_value_is_put_where_people_look_for_it(before: str, after: str) -> None:
    assert with_value(before, "key", "v", "f.yaml") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("l:\n- n: a\n- n: b\n  v: '3.8' # c\n", "l:\n- n: a\n- n: b\n  v: '3.11' # c\n"),
        ("l:\n- n: a\n- n: b\n  # c\n", 'l:\n- n: a\n- n: b\n  # c\n  v: "3.11"\n'),
        ("l: [{n: a}, {n: b}]", 'l: [{n: a}, {n: b, v: "3.11"}]'),
    ],
)
def test_value_of_an_entry_is_replaced_or_added(before: str, after: str) -> None:
    assert with_entry_value(before, ("l", 1, "v"), "3.11", "f.yaml") == after


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ("l:\n- a # c\n- b\n", 0, "l:\n- b\n"),
        ("l:\n- a\n- b: 1\n  c: |\n    x\n\nr: 1\n", 1, "l:\n- a\n\nr: 1\n"),
        ("l:\n  - a: 1\n\n  - b: 1\n\n  - c: 1\n", 0, "l:\n  - b: 1\n\n  - c: 1\n"),
        ("l:\n  - a: 1\n\n  - b: 1\n\n  - c: 1\n", 1, "l:\n  - a: 1\n\n  - c: 1\n"),
        ("l:\n  - a: 1\n\n  - b: 1\n    # of b\n# end\n", 1, "l:\n  - a: 1\n# end\n"),
        ("l: # c\n  - a: 1\n\nr: 1\n", 0, "l: [] # c\nr: 1\n"),
        ("l:\n  # c\n  -\n    a: 1\n    b: 2\nr: 1", 0, "l: []\n  # c\nr: 1"),
        ("l:\r\n- a\r\n- b\r\n", 1, "l:\r\n- a\r\n"),
        ("l:\n- - a\n  - b\n- c\n", 0, "l:\n- c\n"),
    ],
)
def test_entry_is_taken_out_with_what_is_about_it(before: str, number: int, after: str) -> None:
    assert without_entry(before, ("l", number), "f.yaml") == after


@pytest.mark.parametrize(
    "text",
    ["l: a\n", "l: [a, b]\n", "x: &x\n  a: 1\nl:\n- *x\n", "l:\n- &x a\nr: *x\n", "? l\n:\n- a\n"],
)
def test_entry_stays_when_taking_it_out_would_change_something_else(text: str) -> None:
    with pytest.raises(RefusedError):
        without_entry(text, ("l", 0), "f.yaml")


@pytest.mark.parametrize("text", ["list: a\n", "list: {a: b}\n", "list: &x []\nother: *x\n"])
def test_addition_is_refused_when_it_would_change_something_else(text: str) -> None:
    with pytest.raises(RefusedError) as caught:
        add(text)

    assert caught.value.code is ErrorCode.FORMAT_UNSUPPORTED
    assert caught.value.details == {"file": "f.yaml"}


def test_value_is_refused_when_something_else_is_there() -> None:
    with pytest.raises(RefusedError):
        with_value("key: [a]\n", "key", "v", "f.yaml")
    with pytest.raises(RefusedError):
        with_entry_value("l: [a]\n", ("l", 0, "v"), "x", "f.yaml")


@pytest.mark.parametrize("text", ["a: [", "- a\n", "", "a: 1\n---\nb: 2\n"])
def test_file_is_refused_when_it_is_no_table(text: str) -> None:
    with pytest.raises(UserError) as caught:
        load_yaml(text, "f.yaml")

    assert "f.yaml" in caught.value.message


_TEXTS = st.sampled_from(["a", "3.8", "x y", "", "yes", "é", "a: b", "# c"])
_VALUES = st.recursive(
    _TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(NAMES), _VALUES, min_size=1),
    st.sampled_from([None, False, True]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(2, 4),
)
def test_addition_keeps_every_byte_of_any_file(
    document: dict[str, Json], flow: bool | None, end: str, indent: int
) -> None:
    text = yaml.safe_dump(
        document, default_flow_style=flow, sort_keys=False, indent=indent, allow_unicode=True
    ).replace("\n", end)

    if isinstance(document.get("list", []), list):
        assert is_addition(text, add(text))
    else:
        with pytest.raises(RefusedError):
            add(text)


@given(st.lists(_VALUES, min_size=2, max_size=4), st.sampled_from(["\n", "\r\n"]), st.data())
def test_removal_keeps_every_other_byte_of_any_file(
    entries: list[Json], end: str, data: st.DataObject
) -> None:
    text = yaml.safe_dump({"a": "1", "list": entries, "z": "2"}, allow_unicode=True)
    text = text.replace("\n", end)
    number = data.draw(st.integers(0, len(entries) - 1))

    assert is_addition(without_entry(text, ("list", number), "f.yaml"), text)


@needs_corpus
@pytest.mark.parametrize("name", [".thoth.yaml", ".aicoe-ci.yaml"])
def test_addition_keeps_every_line_of_real_files(name: str) -> None:
    files = sorted(Path(FOLDER).rglob(name))

    assert files
    for file in files:
        text = file.read_bytes().decode()
        for key in ("runtime_environments", "overlays", "check", "new"):
            assert is_addition(text, add(text, key))
