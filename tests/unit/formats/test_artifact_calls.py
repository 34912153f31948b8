from __future__ import annotations

import ast

from aidevsecops_ext.domain.split import Generator, PlannedStep, StepCell, Taking
from aidevsecops_ext.formats.artifact_calls import read_call, write_call


def test_read_call_names_producer_names_and_generators() -> None:
    call = read_call(Taking("load", ("x", "y"), (Generator.NUMPY, Generator.PYTHON)))

    assert call == "_read_step('load', ['x', 'y'], generators=['numpy', 'random'])"


def test_write_call_says_where_each_name_comes_from() -> None:
    step = PlannedStep(
        "train",
        "Train",
        (3, 4, 5),
        (StepCell(3, "model = make()"), StepCell(4, "model.fit(x)"), StepCell(5, "def (")),
        takes=(Taking("load", ("x", "rows")),),
        outputs=("model", "rows", "rate", "late"),
        parameters=(StepCell(1, "rate = 1"),),
        by_reference=("Model",),
        generators=(Generator.TORCH,),
    )

    call = write_call(step)

    assert call == (
        "_write_step(\n"
        "    'train',\n"
        "    {\n"
        "        'model': 'cell 5',\n"
        "        'rows': 'step load',\n"
        "        'rate': 'cell 2',\n"
        "        'late': 'this step',\n"
        "    },\n"
        "    by_name=['Model'],\n"
        "    generators=['torch'],\n"
        ")"
    )
    ast.parse(call)


def test_write_call_is_one_line_when_it_fits() -> None:
    step = PlannedStep("a", "A", (0,), (StepCell(0, "x = 1"),), outputs=("x",))

    assert write_call(step) == "_write_step('a', {'x': 'cell 1'})"
