"""Editing the tags of cells: what is not edited survives to the byte."""

from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import ConflictError, UserError
from aidevsecops_ext.domain.notebook import CellTagsEdit, NotebookEdit
from aidevsecops_ext.formats.notebook_json import apply_edit
from tests.kits.notebooks import notebook_text

NOTEBOOK = notebook_text(["a = 1", "b = 2", "c = 3"])


def tagged(index: int, base: tuple[str, ...], *tags: str) -> NotebookEdit:
    return NotebookEdit(tags=(CellTagsEdit(index, None, base, tags),))


def tags_of(text: str) -> list[list[str] | None]:
    return [cell["metadata"].get("tags") for cell in json.loads(text)["cells"]]


def test_apply_edit_writes_tags_as_jupyter_does_when_a_cell_has_none() -> None:
    changed = apply_edit(NOTEBOOK, tagged(1, (), "step:train"))

    assert tags_of(changed) == [None, ["step:train"], None]
    assert changed == json.dumps(json.loads(changed), indent=1, sort_keys=True) + "\n"


def test_apply_edit_gives_the_same_bytes_back_when_tags_are_put_and_taken() -> None:
    put = apply_edit(NOTEBOOK, tagged(1, (), "step:train", "long"))

    taken = apply_edit(put, tagged(1, ("step:train", "long")))

    assert json.loads(taken) == json.loads(NOTEBOOK)
    assert tags_of(apply_edit(put, tagged(1, ("step:train", "long"), "é"))) == [None, ["é"], None]


def test_apply_edit_changes_the_tags_of_several_cells_when_they_are_given_in_any_order() -> None:
    edits = tuple(CellTagsEdit(index, None, (), (f"step:{index}",)) for index in (2, 0))

    changed = apply_edit(NOTEBOOK, NotebookEdit(tags=edits))

    assert tags_of(changed) == [["step:0"], None, ["step:2"]]


def test_apply_edit_tags_the_old_cells_when_it_puts_another_before_them() -> None:
    edit = NotebookEdit(first_cell="x", tags=(CellTagsEdit(0, None, (), ("step:a",)),))

    changed = json.loads(apply_edit(NOTEBOOK, edit))

    assert [cell["metadata"].get("tags") for cell in changed["cells"]][1] == ["step:a"]


def test_apply_edit_answers_the_same_object_when_the_tags_stay() -> None:
    assert apply_edit(NOTEBOOK, tagged(0, ())) is NOTEBOOK


def test_apply_edit_adds_metadata_when_a_cell_has_none() -> None:
    text = '{"cells": [{"cell_type": "code", "source": ""}], "metadata": {}, "nbformat": 4}'

    changed = apply_edit(text, tagged(0, (), "a"))

    assert tags_of(changed) == [["a"]]
    assert changed.startswith('{"cells": [{"cell_type": "code", ')


def test_apply_edit_replaces_tags_when_they_are_no_list() -> None:
    text = NOTEBOOK.replace('"metadata": {},', '"metadata": {"tags": "a"},', 1)

    assert tags_of(apply_edit(text, tagged(0, (), "b")))[0] == ["b"]


@pytest.mark.parametrize(("index", "base"), [(0, ("other",)), (9, ())])
def test_apply_edit_is_refused_when_a_cell_has_other_tags_by_now(
    index: int, base: tuple[str, ...]
) -> None:
    with pytest.raises(ConflictError, match=f"Cell {index + 1} was changed"):
        apply_edit(NOTEBOOK, tagged(index, base, "new"))


def test_apply_edit_is_refused_when_a_cell_has_metadata_of_another_kind() -> None:
    text = NOTEBOOK.replace('"metadata": {},', '"metadata": [],', 1)

    with pytest.raises(UserError):
        apply_edit(text, tagged(0, (), "b"))


def test_edit_is_not_empty_when_it_changes_tags() -> None:
    assert not tagged(0, (), "a").is_empty
