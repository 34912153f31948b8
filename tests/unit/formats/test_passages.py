from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.secrets_found import Passage, PassagePart
from aidevsecops_ext.formats.passages import is_lock, passages_of

PICTURE = "data:image/png;base64," + "iVBORw0KGgo" * 20


def cell(**members: Json) -> Json:
    return {"cell_type": "code", "id": "0123abcd", "metadata": {}, "source": "", **members}


def passages(*cells: Json, **metadata: Json) -> list[tuple[PassagePart, int | None, str]]:
    text = json.dumps({"cells": [*cells], "metadata": metadata, "nbformat": 4})
    return [(one.part, one.cell, one.text) for one in passages_of("a.ipynb", text)]


def test_passages_of_a_file_are_its_text() -> None:
    assert passages_of("a.py", "x = 1\n") == (Passage("a.py", "x = 1\n"),)


def test_passages_of_a_lock_are_for_its_addresses() -> None:
    (found,) = passages_of("sub/Pipfile.lock", "{}")

    assert found.is_addresses_only


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("uv.lock", True),
        ("overlays/a/pylock.toml", True),
        ("pylock.dev.toml", True),
        ("requirements.txt", False),
        ("my-pylock.toml", False),
    ],
)
def test_is_lock_knows_files_of_hashes(path: str, expected: bool) -> None:
    assert is_lock(path) is expected


def test_passages_of_a_notebook_are_its_cells_decoded() -> None:
    found = passages(
        {"cell_type": "markdown", "id": "a" * 40, "metadata": {}, "source": ["# A\n", 'é "b"']},
        cell(source='key = "a\\n"'),
    )

    assert found == [(PassagePart.SOURCE, 0, '# A\né "b"'), (PassagePart.SOURCE, 1, 'key = "a\\n"')]


def test_passages_have_all_outputs_that_are_text() -> None:
    outputs: list[Json] = [
        {"output_type": "stream", "name": "stdout", "text": ["one\n", "two\n"]},
        {
            "output_type": "execute_result",
            "data": {
                "text/plain": "three",
                "text/html": ["<b>a &quot;four&quot;</b>", f'<img src="{PICTURE}">'],
                "application/json": {"password": "five"},
                "image/png": "iVBORw0KGgo",
                "image/svg+xml": "<svg/>",
            },
        },
        {
            "output_type": "error",
            "ename": "E",
            "evalue": "six",
            "traceback": ["\x1b[0;31mpass\x1b[0mword = 7", 8],
        },
        {"output_type": "display_data"},
        "no output",
    ]

    ((part, index, text),) = passages(cell(outputs=outputs))

    assert (part, index) == (PassagePart.OUTPUT, 0)
    assert text.splitlines() == [
        *("one", "two"),
        *("", "three", '<b>a "four"</b><img src="data:">', '"password": "five"'),
        *("password = 7", "six"),
    ]


def test_passages_have_metadata_without_hashes() -> None:
    found = passages(
        cell(metadata={"tags": ["a", ""], "n": 1}),
        papermill={"parameters": {"password": "b\nc"}},
        requirements_lock={"default": {"x": {"hashes": ["sha256:0"], "version": "==1"}}},
    )

    assert found == [
        (PassagePart.METADATA, None, '"password": "b c"\n"version": "==1"'),
        (PassagePart.METADATA, 0, '"tags": "a"'),
    ]


def test_passages_of_what_is_no_notebook_are_its_text() -> None:
    for text in ("{", "[]", '{"cells": 1}', "[" * 100_000):
        assert passages_of("a.ipynb", text) == (Passage("a.ipynb", text),)


def test_passages_read_notebooks_with_numbers_that_are_none() -> None:
    text = json.dumps({"cells": [cell(source="a", metadata={"x": float("nan")})]})

    assert [one.text for one in passages_of("a.ipynb", f"\ufeff{text}")] == ["a"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "source": json_values,
                "outputs": st.lists(
                    st.fixed_dictionaries(
                        {"output_type": st.sampled_from(["stream", "error", "display_data"])},
                        optional={
                            "text": json_values,
                            "data": json_values,
                            "traceback": json_values,
                        },
                    )
                ),
                "metadata": json_values,
            },
        )
        | json_values
    )
)
def test_passages_of_any_notebook_can_be_told(cells: list[Json]) -> None:
    found = passages_of("a.ipynb", json.dumps({"cells": cells}))

    assert all(one.text for one in found)
