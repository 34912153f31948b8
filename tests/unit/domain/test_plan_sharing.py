"""Variables that one call gives and that share objects: their steps do as the notebook does."""

from __future__ import annotations

import sys
import types

import pytest

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.steps import cut
from tests.kits.cut_notebooks import notebook_of
from tests.kits.split_runs import differences


def _differences(*steps: str) -> list[str]:
    notebook = notebook_of(*((code, f"step:s{number}") for number, code in enumerate(steps)))
    return differences(notebook, cut(notebook, CutRequest(CutBy.TAG)))


@pytest.mark.parametrize(
    "code",
    [
        "def make():\n    x = [1]\n    return x, x\na, b = make()",
        "def make():\n    x = [1]\n    return x, [x]\na, b = make()",
        "def make():\n    x, y = [1], []\n    y.append(x)\n    return x, y\na, b = make()",
        "make = lambda: (lambda x: (x, x))([1])\na, b = make()",
        "def make():\n    x = [1]\n    yield x\n    yield x\na, b = make()",
        "def make():\n    pair = [1], [2]\n    pair[1].append(pair[0])\n    return pair\n"
        "a, b = make()",
        "def make():\n    x = [1]\n    return (x, [x]), 2\n(a, b), c = make()",
        "a, b = [[]] * 2",
        "from unknown_of_this import pair\na, b = pair()",
        "def make():\n    x = [1]\n    return x, 2, x\na, *b = make()",
        "def make():\n    x = [1]\n    def add(y):\n        x.append(y)\n    return x, add\n"
        "a, add = make()\nb = [a, add]",
        "for a, b in [([1],) * 2]:\n    pass",
    ],
)
def test_steps_keep_one_object_one_that_a_call_gives_twice(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = types.ModuleType("unknown_of_this")
    module.pair = lambda: ([],) * 2  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "unknown_of_this", module)

    found = _differences(code, "a.append(2)", "print(b)")

    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "def make():\n    return [1], [2]\na, b = make()",
        "import json\na, b = json.loads('[[1], [2]]')",
        "from sklearn.datasets import load_digits\na, b = load_digits(return_X_y=True)",
        "from keras.datasets import mnist\na, b = mnist.load_data()",
    ],
)
def test_steps_leave_apart_what_calls_are_known_to_give_apart(code: str) -> None:
    cells = [(code, "step:s0"), ("a.append(2)", "step:s1"), ("print(a, b)", "step:s2")]
    notebook = notebook_of(*cells)

    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))

    assert [step.inputs for step in plan.steps] == [(), ("a",), ("a", "b")]
