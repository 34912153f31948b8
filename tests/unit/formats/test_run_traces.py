from __future__ import annotations

import json

import pytest

from aidevsecops_ext.domain.errors import UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.run_traces import RunTraces, traces_of
from aidevsecops_ext.formats.step_text import StepMetadata, notebook_text


def code(source: str, outputs: Json = None, count: int | None = None) -> Json:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "outputs": outputs,
        "source": source,
    }


def test_traces_tell_outputs_errors_and_what_was_not_run() -> None:
    cells: list[Json] = [
        {"cell_type": "markdown", "metadata": {}, "source": "# A"},
        code("a", [{"output_type": "stream"}]),
        code("b", [{"output_type": "error"}], 2),
        code("c", [], 3),
        code("d", []),
        code("  ", []),
    ]
    text = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})

    assert traces_of(f"\ufeff{text}", "a.ipynb") == RunTraces((1, 2), (2,), (4,))


def test_traces_know_the_notebook_of_a_step() -> None:
    text = notebook_text([code("a")], {}, StepMetadata("a.ipynb", "one", (0,)))

    assert traces_of(text, "a-one.ipynb") == RunTraces(not_run=(0,), is_step=True)


def test_traces_are_refused_when_it_is_no_notebook() -> None:
    with pytest.raises(UserError):
        traces_of("{", "a.ipynb")
