from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.cell_roles import CodeCell, code_cells, without_cells


def notebook(*cells: Json) -> str:
    """A notebook's text."""
    return json.dumps({"cells": [*cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def code(source: Json, **metadata: Json) -> Json:
    """A code cell."""
    return {"cell_type": "code", "metadata": metadata, "source": source}


def test_code_cells_are_those_that_run_something() -> None:
    text = notebook(
        {"cell_type": "markdown", "source": "# Title"},
        code(["\n", "  x = 1\n", "y = 2"]),
        code("  \n"),
        code("z = 3"),
    )

    assert code_cells(text) == (
        CodeCell(1, "x = 1", None, "\n  x = 1\ny = 2"),
        CodeCell(3, "z = 3", source="z = 3"),
    )


def test_code_cells_of_a_step_say_which_cell_they_run() -> None:
    text = notebook(
        code("import os", aidevsecops={"role": "imports", "cell": 0}),
        code("print(1)", aidevsecops={"role": "source", "cell": 4}),
        code("print(2)", aidevsecops={"role": "source", "cell": None}),
        code("print(3)", aidevsecops=["odd"]),
    )

    assert [cell.origin for cell in code_cells(text)] == [None, 4, None, None]


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 1}', '{"cells": [1]}'])
def test_code_cells_are_none_when_the_text_is_no_notebook(text: str) -> None:
    assert code_cells(text) == ()


def test_notebook_without_cells_has_them_empty_where_they_were() -> None:
    text = notebook(code("x = 1"), code("y = 2"), 3, code("z = 3"))

    without = without_cells(text, {0, 2})

    assert [(cell.position, cell.name) for cell in code_cells(without)] == [
        (1, "y = 2"),
        (3, "z = 3"),
    ]
    assert len(json.loads(without)["cells"]) == 4
