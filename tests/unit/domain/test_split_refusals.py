"""What warnings of a plan say: where, and what to do."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.split import SplitCode, SplitPlan, SplitWarning
from tests.kits.plans import plan


def warning_of(found: SplitPlan, code: SplitCode) -> SplitWarning:
    (warning,) = [each for each in found.warnings if each.code is code]
    return warning


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1\n\nif x:\n    y = 2\n    print(y,\n          late)", 6),
        ("%time late", 1),
        ("x = 1\n%time print(x, late)", 2),
        ("x = 1\nlate += 1", 2),
        ("def f():\n    return late\n\n\nprint(f(\n))", 5),
    ],
)
def test_plan_says_in_which_line_a_name_is_read_that_nobody_binds(source: str, line: int) -> None:
    found = plan(source)

    assert warning_of(found, SplitCode.UNDEFINED_NAME).line == line


def test_plan_says_which_cells_to_have_in_one_step_when_a_variable_cannot_cross() -> None:
    found = plan(
        "import ipywidgets as widgets\nchoice = widgets.RadioButtons(options=[1, 2])",
        "x = 1",
        "y = choice.value",
        "print(y)",
    )

    message = warning_of(found, SplitCode.NOT_WRITABLE).message
    assert "choice is a widget" in message
    assert "have cells 1 to 3 in one step" in message


def test_plan_says_what_to_do_when_nobody_reads_what_cannot_cross() -> None:
    found = plan("c = 0\ng = (x for x in [1])", "if c:\n    g = 1", "print(list(g))")

    message = warning_of(found, SplitCode.NOT_WRITABLE).message
    assert message.endswith("Make it in the step that uses it, or keep what it is made of.")


_MAPPED = """
from datasets import load
from transformers import make
token = make()
def cut(row):
    return token(row)
data = load()
cut_data = {}
""".strip()


@pytest.mark.parametrize(
    ("value", "is_error", "what"),
    [
        ("data.map(cut)", False, "cut_data may hold a function; if so, later steps get it"),
        ("data['a'].map(cut)", False, "cut_data may hold a function; if so, later steps get it"),
        ("[data, cut]", True, "cut_data holds a function, and later steps get it"),
    ],
)
def test_plan_refuses_functions_that_cross_only_when_they_surely_do(
    value: str, is_error: bool, what: str
) -> None:
    found = plan(_MAPPED.format(value), "token.train(cut_data)\nprint(cut_data)")

    warning = warning_of(found, SplitCode.DEFINITION_STATE)
    assert (warning.is_error, warning.message.startswith(what)) == (is_error, True)
    assert "token" in warning.message
