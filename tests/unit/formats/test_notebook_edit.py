"""Editing a notebook's text: what is not edited survives to the byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import NotebookEdit
from aidevsecops_ext.formats.json_text import JsonObjectText
from aidevsecops_ext.formats.notebook_json import apply_edit
from tests.kits.corpus import needs_corpus, notebooks

NOTEBOOK = """{
 "cells": [
  {"cell_type": "code", "source": ["x = 1.0e5\\n", "y = '\\u00e9'"]}
 ],
 "metadata": {
  "kernelspec": {
   "name": "python3"
  },
  "requirements": "old",
  "zeta": 1.0e5
 },
 "nbformat": 4,
 "nbformat_minor": 5
}
"""


def edit(**metadata: Json) -> NotebookEdit:
    return NotebookEdit(metadata)


def test_apply_edit_replaces_only_the_value_when_the_key_is_there() -> None:
    assert apply_edit(NOTEBOOK, edit(requirements="new")) == NOTEBOOK.replace('"old"', '"new"')


def test_apply_edit_inserts_in_order_when_keys_are_sorted() -> None:
    changed = apply_edit(NOTEBOOK, edit(requirements_lock="l", aidevsecops={"b": 1, "a": [1, 2]}))

    expected = NOTEBOOK.replace(
        '  "kernelspec"',
        '  "aidevsecops": {\n   "a": [\n    1,\n    2\n   ],\n   "b": 1\n  },\n  "kernelspec"',
    ).replace('"old",\n', '"old",\n  "requirements_lock": "l",\n')
    assert changed == expected


def test_apply_edit_appends_when_the_new_key_is_the_last() -> None:
    changed = apply_edit(NOTEBOOK, edit(zz=None, zzz=True))

    assert changed == NOTEBOOK.replace("1.0e5\n }", '1.0e5,\n  "zzz": true\n }')


def test_apply_edit_appends_when_keys_are_not_sorted() -> None:
    text = '{"metadata": {"b": 1, "a": 2}, "nbformat": 4}'

    assert apply_edit(text, edit(aa=3)) == '{"metadata": {"b": 1, "a": 2, "aa": 3}, "nbformat": 4}'


@pytest.mark.parametrize(
    ("key", "gone"),
    [
        ("kernelspec", '"kernelspec": {\n   "name": "python3"\n  },\n  '),
        ("requirements", '"requirements": "old",\n  '),
        ("zeta", ',\n  "zeta": 1.0e5'),
    ],
)
def test_apply_edit_takes_the_member_out_when_the_value_is_none(key: str, gone: str) -> None:
    assert apply_edit(NOTEBOOK, edit(**{key: None})) == NOTEBOOK.replace(gone, "")


def test_apply_edit_leaves_an_empty_object_when_the_only_member_goes() -> None:
    text = '{\n "metadata": {\n  "a": 1\n },\n "nbformat": 4\n}'

    assert apply_edit(text, edit(a=None)) == '{\n "metadata": {},\n "nbformat": 4\n}'


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"requirements": "old"},
        {"zeta": 100000.0, "kernelspec": {"name": "python3"}},
        {"absent": None},
    ],
)
def test_apply_edit_answers_the_same_text_when_nothing_changes(same: dict[str, Json]) -> None:
    assert apply_edit(NOTEBOOK, NotebookEdit(same)) is NOTEBOOK


@pytest.mark.parametrize("value", [100000, True, "100000.0"])
def test_apply_edit_writes_when_the_value_only_compares_equal(value: Json) -> None:
    assert json.loads(apply_edit(NOTEBOOK, edit(zeta=value)))["metadata"]["zeta"] is not None
    assert apply_edit(NOTEBOOK, edit(zeta=value)) != NOTEBOOK


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"metadata":{},"nbformat":4}', '{"metadata":{"k":{"a":[1,2]}},"nbformat":4}'),
        ('{"metadata": {}}', '{"metadata": {"k": {"a": [1, 2]}}}'),
        ('{"metadata": {"a": 1}}', '{"metadata": {"a": 1, "k": {"a": [1, 2]}}}'),
        (
            '{\r\n\t"metadata": {}\r\n}\r\n',
            '{\r\n\t"metadata": {\r\n\t\t"k": {\r\n\t\t\t"a": [\r\n\t\t\t\t1,\r\n\t\t\t\t2'
            "\r\n\t\t\t]\r\n\t\t}\r\n\t}\r\n}\r\n",
        ),
        (
            '{\n  "metadata": {\n  }\n}',
            '{\n  "metadata": {\n    "k": {\n      "a": [\n        1,\n        2\n      ]\n    }'
            "\n  }\n}",
        ),
        (
            '{\n\n  "metadata": { "z": 1 }\n}',
            '{\n\n  "metadata": { "k": {\n      "a": [\n        1,\n        2\n      ]\n    },'
            ' "z": 1 }\n}',
        ),
        (
            '\ufeff{\n "metadata": {"z" : 1},\n "a": 1}',
            '\ufeff{\n "metadata": {"k" : {\n   "a": [\n    1,\n    2\n   ]\n  }, "z" : 1},'
            '\n "a": 1}',
        ),
        (
            '{\n "cells": [],\n "nbformat": 4\n}',
            '{\n "cells": [],\n "metadata": {\n  "k": {\n   "a": [\n    1,\n    2\n   ]\n  }\n }'
            ',\n "nbformat": 4\n}',
        ),
        ("{}", '{"metadata": {"k": {"a": [1, 2]}}}'),
    ],
)
def test_apply_edit_writes_in_the_file_s_own_layout(text: str, expected: str) -> None:
    assert apply_edit(text, edit(k={"a": [1, 2]})) == expected


def test_apply_edit_escapes_when_the_file_does() -> None:
    escaped = '{"metadata": {"a": "\\u00e9"}}'
    raw = '{"metadata": {"a": "é"}}'

    assert apply_edit(escaped, edit(b="ü")) == '{"metadata": {"a": "\\u00e9", "b": "\\u00fc"}}'
    assert apply_edit(raw, edit(b="ü")) == '{"metadata": {"a": "é", "b": "ü"}}'


def test_apply_edit_escapes_when_a_text_cannot_be_written_in_utf8() -> None:
    changed = apply_edit('{"metadata": {"a": "é"}}', edit(b=["é\ud800"]))

    assert changed == '{"metadata": {"a": "é", "b": ["\\u00e9\\ud800"]}}'


def test_apply_edit_changes_what_readers_see_when_keys_are_doubled() -> None:
    text = '{"metadata": {"a": 0}, "metadata": {"a": 1, "b": 2, "a": 3}}'

    assert apply_edit(text, edit(a=4)) == text.replace("3", "4")
    assert json.loads(apply_edit(text, edit(a=None)))["metadata"] == {"b": 2}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"metadata": {"a": 1}',
        '{"metadata" {}}',
        '{"metadata": []}',
        '{"metadata": {"a": oops}}',
        '{"a": 1, }',
        '{"a": 1 "b": 2}',
        '{"a": ' + "[" * 200_000,
    ],
)
def test_apply_edit_refuses_when_the_text_is_not_a_notebook(text: str) -> None:
    with pytest.raises(UserError, match="The text is not JSON"):
        apply_edit(text, edit(a=2))


BLANKS = st.text(" \t\n\r", max_size=4)
KEYS = st.sampled_from(["a", "b", "kernelspec", "requirements", "requirements_lock", "é", 'q"\\'])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
)
VALUES: st.SearchStrategy[Json] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def layouts(draw: st.DrawFn, members: dict[str, Json]) -> str:
    """The object's text with any blanks anywhere, or laid out as Jupyter or a script would."""
    style = draw(st.sampled_from(["jupyter", "tabs", "compact", "line", "wild"]))
    if style == "jupyter":
        return json.dumps(members, indent=1, ensure_ascii=False)
    if style == "tabs":
        return json.dumps(members, indent="\t", ensure_ascii=True).replace("\n", "\r\n")
    if style == "compact":
        return json.dumps(members, separators=(",", ":"))
    if style == "line":
        return json.dumps(members)
    return draw(wild(members))


@st.composite
def wild(draw: st.DrawFn, value: Json) -> str:
    if not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=draw(st.booleans()))
    parts = []
    for key, inner in value.items():
        name, text = json.dumps(key), draw(wild(inner))
        parts.append(draw(BLANKS) + name + draw(BLANKS) + ":" + draw(BLANKS) + text + draw(BLANKS))
    return "{" + (",".join(parts) or draw(BLANKS)) + "}"


@st.composite
def notebook_texts(draw: st.DrawFn) -> tuple[str, dict[str, Json]]:
    metadata = draw(st.dictionaries(KEYS, VALUES, max_size=5))
    members: dict[str, Json] = {"nbformat": 4, "cells": draw(st.lists(VALUES, max_size=2))}
    members["metadata"] = metadata
    text = draw(st.sampled_from(["", "\ufeff"])) + draw(BLANKS)
    text += draw(layouts(members)) + draw(st.sampled_from(["", "\n", "\r\n"]))
    return text, metadata


@settings(max_examples=300)
@given(notebook_texts(), st.dictionaries(KEYS, VALUES, max_size=3))
def test_apply_edit_is_an_update_when_read_again(
    notebook: tuple[str, dict[str, Json]], changes: dict[str, Json]
) -> None:
    text, metadata = notebook
    expected = {**metadata, **changes}
    for key in [key for key, value in changes.items() if value is None]:
        del expected[key]

    changed = apply_edit(text, NotebookEdit(changes))

    again = json.loads(changed.removeprefix("\ufeff"))
    before = json.loads(text.removeprefix("\ufeff"))
    assert json.dumps(again) == json.dumps({**before, "metadata": again["metadata"]})
    assert json.dumps(again["metadata"], sort_keys=True) == json.dumps(expected, sort_keys=True)


@settings(max_examples=300)
@given(notebook_texts(), KEYS, VALUES.filter(lambda value: value is not None))
def test_apply_edit_leaves_all_else_as_written_when_one_member_changes(
    notebook: tuple[str, dict[str, Json]], key: str, value: Json
) -> None:
    text, metadata = notebook

    changed = apply_edit(text, NotebookEdit({key: value}))

    offset = int(text.startswith("\ufeff"))
    span = JsonObjectText.read(changed, offset).find("metadata")
    assert span is not None
    member = JsonObjectText.read(changed, span.start).find(key)
    assert member is not None
    if key in metadata:
        old_span = JsonObjectText.read(text, offset).find("metadata")
        assert old_span is not None
        old = JsonObjectText.read(text, old_span.start).find(key)
        assert old is not None
        rest, expected = text[: old.start] + text[old.end :], changed[: member.start]
        assert expected + changed[member.end :] == rest
    else:
        # What was inserted is one piece: the text around it is all of the old text.
        inserted = len(changed) - len(text)
        starts = range(max(0, member.key_start - inserted), member.key_start + 1)
        assert any(changed[:at] + changed[at + inserted :] == text for at in starts)


@needs_corpus
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.name)
def test_apply_edit_gives_back_every_byte_when_a_real_notebook_is_edited_and_restored(
    path: Path,
) -> None:
    text = path.read_bytes().decode()
    metadata = json.loads(text)["metadata"]
    mark = edit(aidevsecops={"a": [1]}, requirements="x", zz="y")

    changed = apply_edit(text, mark)
    restored = apply_edit(
        changed, edit(aidevsecops=None, zz=None, requirements=metadata.get("requirements"))
    )

    assert json.loads(changed)["metadata"]["aidevsecops"] == {"a": [1]}
    assert restored == text
    assert apply_edit(text, NotebookEdit(metadata)) is text
