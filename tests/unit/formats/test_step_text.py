from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.split import PlannedStep, StepCell
from aidevsecops_ext.domain.step_record import CellRole, RecordedCell, StepState
from aidevsecops_ext.formats.step_notebook import StepPlace, write_step_notebook
from aidevsecops_ext.formats.step_text import compare_step, read_step_notebook, with_verified


def _text(*sources: str) -> str:
    body = tuple(StepCell(index, source) for index, source in enumerate(sources))
    step = PlannedStep("fit", "Fit", tuple(range(len(sources))), body)
    return write_step_notebook(step, {}, StepPlace("nb.ipynb", "nb-fit.ipynb", "artifacts/nb"))


def _with_cell(text: str, **cell: Json) -> str:
    notebook = json.loads(text)
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "mine", **cell})
    return json.dumps(notebook, indent=4)


def test_record_says_what_was_generated() -> None:
    record = read_step_notebook("\ufeff" + _text("a", "b"))

    assert record is not None
    assert (record.notebook, record.step, record.split_cells) == ("nb.ipynb", "fit", (0, 1))
    assert record.cells[1:] == (
        RecordedCell(CellRole.SOURCE, "a", 0),
        RecordedCell(CellRole.SOURCE, "b", 1),
    )
    assert not record.is_edited
    assert record.verified is None


def test_record_is_not_edited_when_the_notebook_was_saved_and_run() -> None:
    notebook = json.loads(_text("a\nb"))
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        cell |= {"outputs": [{"text": "x"}], "execution_count": 3}

    record = read_step_notebook(json.dumps(notebook))

    assert record is not None
    assert not record.is_edited


def test_record_is_not_edited_when_papermill_gave_it_values() -> None:
    text = _with_cell(_text("a"), metadata={"tags": ["injected-parameters"]})

    record = read_step_notebook(text)

    assert record is not None
    assert not record.is_edited


@pytest.mark.parametrize("own", [{}, {"role": "odd"}, {"role": 1}])
def test_record_is_edited_when_a_cell_was_added(own: Json) -> None:
    record = read_step_notebook(_with_cell(_text("a"), metadata={"aidevsecops": own}))

    assert record is not None
    assert record.is_edited
    assert record.cells[-1] == RecordedCell(CellRole.ADDED, "mine")


def test_record_is_edited_when_a_source_was_changed() -> None:
    record = read_step_notebook(_text("abc").replace('"abc"', '"abd"'))

    assert record is not None
    assert record.is_edited


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"metadata": {"aidevsecops": {"split": {"step": 1}}}}', "[" * 100_000],
)
def test_text_has_no_record_when_it_is_no_step(text: str) -> None:
    assert read_step_notebook(text) is None


@pytest.mark.parametrize("value", [True, False, None])
def test_verified_changes_nothing_else(value: bool | None) -> None:
    text = _with_cell(_text("a"))

    marked = with_verified(text, value)

    record = read_step_notebook(marked)
    assert record is not None
    assert record.verified is value
    written = {None: "null", True: "true", False: "false"}[value]
    assert marked == text.replace('"verified": null', f'"verified": {written}')


def test_verified_is_refused_when_the_text_is_no_step() -> None:
    with pytest.raises(ValueError, match="not the notebook of a step"):
        with_verified("{}", value=True)


@pytest.mark.parametrize(
    ("existing", "state"),
    [
        (None, StepState.NEW),
        (_text("a"), StepState.UNCHANGED),
        (_with_cell(_text("a")), StepState.EDITED),
        (_text("b"), StepState.CHANGED),
        ('{"cells": []}', StepState.FOREIGN),
        ("not JSON", StepState.FOREIGN),
    ],
)
def test_compare_says_what_is_there(existing: str | None, state: StepState) -> None:
    new = read_step_notebook(_text("a"))

    assert new is not None
    assert compare_step(existing, new).state is state
