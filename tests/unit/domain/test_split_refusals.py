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


def test_plan_tells_of_names_that_nobody_binds_in_the_same_order_each_time() -> None:
    found = plan("print(zeta, beta, gamma)\nprint(alpha, delta, beta)", "print(omega, eta)")

    told = [each.message.split()[0] for each in found.warnings]
    assert told == ["beta", "gamma", "zeta", "alpha", "delta", "eta", "omega"]


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


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ("[open('a')]", "a container of an open file"),
        ("{'a': (1, iter([]))}", "a container of an iterator"),
        ("get_ipython()", "the shell of this kernel"),
        ("pd.read_csv('a', chunksize=9)", "a reader that is used up"),
        ("pd.read_json('a', iterator=True)", "a reader that is used up"),
    ],
)
def test_plan_refuses_what_holds_or_gives_what_cannot_cross(value: str, what: str) -> None:
    found = plan(f"import pandas as pd\nx = {value}", "print(x)")

    (warning,) = [each for each in found.warnings if each.code is SplitCode.NOT_WRITABLE]
    assert f"x is {what}" in warning.message


@pytest.mark.parametrize("value", ["[]", "[1]", "pd.read_csv('a', chunksize=None)"])
def test_plan_refuses_nothing_that_can_cross(value: str) -> None:
    found = plan(f"import pandas as pd\nx = {value}", "print(x)")

    assert not any(each.is_error for each in found.warnings)


@pytest.mark.parametrize(("magic", "is_error"), [("%rerun 1", True), ("%history -n", False)])
def test_plan_tells_of_magics_of_the_history(magic: str, is_error: bool) -> None:
    found = plan("x = 1", magic)

    (warning,) = [each for each in found.warnings if each.code is SplitCode.KERNEL_HISTORY]
    assert (warning.cell, warning.line, warning.is_error) == (1, 1, is_error)


@pytest.mark.parametrize(
    "code",
    [
        "get_ipython().run_cell('y = 1')",
        "shell.run_cell('y = 1')",
        "get_ipython().user_ns['y'] = 1",
        "get_ipython().push({'y': 1})",
        "get_ipython().run_line_magic('run', '-i a.py')",
    ],
)
def test_plan_takes_what_the_shell_runs_for_any_code(code: str) -> None:
    found = plan(f"shell = 1\n{code}", "print(y)")

    assert SplitCode.DYNAMIC_CODE in {each.code for each in found.warnings}
    assert found.steps[1].inputs == ("y",)


def test_plan_takes_a_method_of_anything_for_no_code() -> None:
    found = plan("x = []\n[x][0].push(1)\n[x][0].run_cell(1)", "print(1)")

    assert not any(each.code is SplitCode.DYNAMIC_CODE for each in found.warnings)


@pytest.mark.parametrize("name", ["_write_step", "_steps_folder"])
def test_plan_refuses_names_that_step_notebooks_have_for_themselves(name: str) -> None:
    found = plan("x = 1", f"y = 2\n\n{name} = x")

    warning = warning_of(found, SplitCode.TAKEN_NAME)
    assert (warning.cell, warning.line, warning.is_error) == (1, 3, True)
    assert warning.message.startswith(f"{name} is what step notebooks call")
