"""Code that is short to write and dear to follow: it is followed in time, or refused."""

from __future__ import annotations

import sys

import pytest

from aidevsecops_ext.domain.cut import CutRequest
from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.imports import UnreadableCodeError, parse_python
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.step_names import unique_names
from aidevsecops_ext.domain.steps import cut
from aidevsecops_ext.formats.notebook_json import parse
from tests.kits.notebooks import notebook_text


def test_call_that_ties_hundreds_of_names_together_is_refused() -> None:
    names = ", ".join(f"a{number}" for number in range(1_000))

    with pytest.raises(UnreadableCodeError, match="ties too much together"):
        analyze(f"f({names})")


def test_call_of_thirty_names_is_followed() -> None:
    names = [f"a{number}" for number in range(30)]

    assert analyze(f"f({', '.join(names)})").mutates == frozenset(names)


def test_functions_may_call_each_other_in_a_long_chain_and_in_a_circle() -> None:
    chain = "".join(f"def f{n}(): return f{n - 1}()\n" for n in range(1, 500))
    circle = "def f0(): return f499() if later else 1\n"
    notebook = parse(notebook_text([f"{chain}{circle}", "x = f499()", "print(x)"]), "nb.ipynb")

    plan = plan_split(notebook, cut(notebook, CutRequest()))

    assert len(plan.steps) == 1


def test_code_of_many_characters_is_refused() -> None:
    with pytest.raises(UnreadableCodeError, match="longer than 500,000"):
        parse_python("a;" * 300_000)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="Python reads them once")
def test_code_with_a_text_of_tens_of_thousands_of_values_is_refused() -> None:
    fields = "{a}" * 50_000

    with pytest.raises(UnreadableCodeError, match="more than 40,000 values"):
        parse_python(f'x = f"{fields}"')
    assert len(parse_python(f'x = "{fields}"').body) == 1


def test_code_with_a_long_text_is_read() -> None:
    assert len(parse_python(f"x = '{'iVBORw0KGgo+' * 50_000}'").body) == 1


def test_names_of_thousands_of_equal_titles_are_numbered_once_each() -> None:
    names = unique_names(["step"] * 5_000 + ["step_2"])

    assert len(set(names)) == 5_001
    assert names[4_999] == "step_5001"


def test_cell_whose_functions_all_call_each_other_is_not_followed() -> None:
    chain = "".join(f"def f{n}(): return f{n - 1}()\n" for n in range(1, 2_000))
    notebook = parse(notebook_text([chain, "print(1)"]), "nb.ipynb")

    plan = plan_split(notebook, cut(notebook, CutRequest()))

    said = [warning.message for warning in plan.warnings if warning.cell == 0]
    assert len(said) == 1
    assert "ties too much together" in said[0]
