"""Editing the sources of cells: what is not edited survives to the byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.domain.errors import ConflictError, UserError
from aidevsecops_ext.domain.notebook import CellEdit, NotebookEdit
from aidevsecops_ext.formats.json_text import JsonArrayText
from aidevsecops_ext.formats.notebook_json import apply_edit, parse
from tests.kits.notebooks import notebook_text

NOTEBOOK = """{
 "cells": [
  {"cell_type": "code", "id": "a", "source": ["x = '\\u00e9'\\n", "y\\n", "z"], "n": 1.0e5},
  {"cell_type": "code", "source": "one"},
  {"cell_type": "code", "source": []}
 ],
 "metadata": {},
 "nbformat": 4,
 "nbformat_minor": 5
}
"""
FIRST = "x = 'é'\ny\nz"


def edit(index: int, base: str, source: str) -> NotebookEdit:
    return NotebookEdit(cells=(CellEdit(index, None, base, source),))


def test_apply_edit_changes_one_line_when_the_source_is_a_list() -> None:
    changed = apply_edit(NOTEBOOK, edit(0, FIRST, "x = 'é'\n# y\nz"))

    assert changed == NOTEBOOK.replace('"y\\n"', '"# y\\n"')


def test_apply_edit_keeps_a_text_a_text_when_the_source_is_one() -> None:
    assert apply_edit(NOTEBOOK, edit(1, "one", "two")) == NOTEBOOK.replace('"one"', '"two"')


def test_apply_edit_fills_an_empty_list_and_empties_a_full_one() -> None:
    both = NotebookEdit(cells=(CellEdit(0, "a", FIRST, ""), CellEdit(2, None, "", "new")))

    cells = json.loads(apply_edit(NOTEBOOK, both))["cells"]

    assert [cell["source"] for cell in cells] == [[], "one", ["new"]]


def test_apply_edit_answers_the_same_object_when_a_source_stays() -> None:
    assert apply_edit(NOTEBOOK, edit(1, "one", "one")) is NOTEBOOK


@pytest.mark.parametrize("index", [0, 1, 9])
def test_apply_edit_is_refused_when_the_cell_is_another_by_now(index: int) -> None:
    with pytest.raises(ConflictError, match=f"Cell {index + 1} was changed"):
        apply_edit(NOTEBOOK, edit(index, "something else", "new"))


@pytest.mark.parametrize("cells", ["", '"cells": {},', '"cells": [1 2],', '"cells": [{}],'])
def test_apply_edit_is_refused_when_there_are_no_such_cells(cells: str) -> None:
    with pytest.raises((UserError, ConflictError)):
        apply_edit(f'{{{cells} "nbformat": 4}}', edit(0, "x", "y"))


def test_apply_edit_puts_a_cell_first_when_one_is_to_be_added() -> None:
    changed = apply_edit(NOTEBOOK, NotebookEdit(first_cell="# a\nb"))

    start = NOTEBOOK.index('  {"cell_type"')
    assert changed.startswith(NOTEBOOK[:start])
    assert changed.endswith(NOTEBOOK[start:])
    cell = json.loads(changed)["cells"][0]
    assert cell.pop("id").startswith("script-")
    assert cell == {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"jupyter": {"source_hidden": True}},
        "outputs": [],
        "source": ["# a\n", "b"],
    }


def test_apply_edit_adds_a_cell_without_id_when_the_notebook_is_old_and_empty() -> None:
    text = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'

    cells = json.loads(apply_edit(text, NotebookEdit(first_cell="a")))["cells"]

    assert [cell["source"] for cell in cells] == [["a"]]
    assert "id" not in cells[0]


def test_edit_is_empty_when_it_changes_neither_metadata_nor_cells() -> None:
    assert NotebookEdit().is_empty
    assert not edit(0, "a", "b").is_empty
    assert not NotebookEdit(first_cell="").is_empty


def test_array_has_no_elements_when_it_is_empty() -> None:
    array = JsonArrayText.read(" [ ]", 0)

    assert (array.lead, array.tail, array.comma("")) == (" ", "", ", ")


@pytest.mark.parametrize("text", ["{}", "[1 2]", "[1"])
def test_array_is_refused_when_it_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="Expecting"):
        JsonArrayText.read(text, 0)


@given(sources=st.lists(st.text(), min_size=1, max_size=4), new=st.text(), minor=st.booleans())
def test_apply_edit_changes_only_that_source_for_any_text(
    sources: list[str], new: str, *, minor: bool
) -> None:
    text = notebook_text(sources)
    before = parse(text, "nb.ipynb").cells
    index = len(sources) - 1 if minor else 0

    after = parse(apply_edit(text, edit(index, before[index].source, new)), "nb.ipynb").cells

    assert after[index].source == new
    assert [c for c in after if c.index != index] == [c for c in before if c.index != index]
