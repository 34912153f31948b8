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


_REGISTRY = "rows = []\ndef register(f):\n    rows.append(f)\n    return f"
_SAID = "def f():\n    said.append(1)"
_SAYS = f"@register\n{_SAID}"
_BUS = (
    "class Bus:\n    def __init__(self):\n        self.kept = {}\n    def on(self, name):\n"
    "        def keep(f):\n            self.kept[name] = f\n            return f\n"
    "        return keep\n    def fire(self, name):\n        return self.kept[name]()\nbus = Bus()"
)
_TRACED = (
    "rows = []\ndef traced(f):\n    def inner(x):\n        note(x)\n        return f(x)\n"
    "    return inner\ndef note(x):\n    rows.append(x)"
)
_OPENED = (
    "import contextlib\nrows = []\n@contextlib.contextmanager\ndef opened(x):\n"
    "    rows.append(x)\n    yield rows\n    rows.append(-x)"
)


@pytest.mark.parametrize(
    "steps",
    [
        (_REGISTRY, "@register\ndef f():\n    return 1", "print([f() for f in rows], f())"),
        (_REGISTRY, "@register\nclass A:\n    x = 1", "print([A.x for A in rows], rows[0] is A)"),
        (_TRACED, "@traced\ndef f(x):\n    return x", "f(1)", "f(2)", "print(rows)"),
        (_TRACED, "@traced\ndef f(x):\n    return x", "rows.append(0)", "f(2)", "print(rows)"),
        (_OPENED, "with opened(1) as q:\n    q.append(2)", "q.append(3)", "print(rows, q)"),
        (_REGISTRY, "@register\ndef f():\n    return rows", "print(f())", "rows = []\nprint(rows)"),
        (f"said = []\n{_REGISTRY}", _SAYS, "rows[0]()", "print(said)", "f()\nprint(said)"),
        (f"said = []\n{_BUS}", f"@bus.on('a')\n{_SAID}", "bus.fire('a')", "print(said)"),
        (f"said = []\n{_BUS}\n@bus.on('a')\n{_SAID}", "bus.fire('a')", "f()\nprint(said)"),
    ],
)
def test_steps_keep_what_decorators_and_context_managers_change(steps: tuple[str, ...]) -> None:
    notebook = notebook_of(*((code, f"step:s{number}") for number, code in enumerate(steps)))
    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))

    assert [warning for warning in plan.warnings if warning.is_error] == []
    assert _differences(*steps) == []


@pytest.mark.parametrize(
    "steps",
    [
        (_TRACED, "@traced\ndef f(x):\n    return rows", "rows = [0]\nf(2)", "print(f(1), rows)"),
        (
            "class Base:\n    made = []\n    def __init_subclass__(cls):\n"
            "        Base.made.append(cls.__name__)",
            "class A(Base):\n    pass",
            "print(A, Base.made)",
        ),
        (
            "rows = []\ndef given(f):\n    rows.append(f)\n    return f",
            "@given\ndef f():\n    return later",
            "later = [1]",
            "later.append(2)\nprint(f())",
        ),
    ],
)
def test_plan_refuses_functions_that_lose_what_they_use(steps: tuple[str, ...]) -> None:
    notebook = notebook_of(*((code, f"step:s{number}") for number, code in enumerate(steps)))

    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))

    assert "flow.definition-state" in {each.code.value for each in plan.warnings if each.is_error}


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("def rows():\n    yield 1\nq = rows()", True),
        ("@contextmanager\ndef rows():\n    yield 1\nq = rows()", True),
        ("@contextmanager\ndef rows():\n    yield 1\nwith rows() as q:\n    pass", False),
        ("with list_of as q:\n    pass", False),
        ("@list_of\ndef rows():\n    yield 1\nq = rows()", False),
        ("@contextmanager\ndef rows(a):\n    yield a\nwith rows([1])() as q:\n    pass", False),
    ],
)
def test_plan_refuses_what_is_surely_a_generator(code: str, is_refused: bool) -> None:
    head = ("from contextlib import contextmanager\nfrom more import list_of", "step:s0")
    notebook = notebook_of(head, (code, "step:s1"), ("print(q)", "step:s2"))

    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))

    assert any(warning.is_error for warning in plan.warnings) == is_refused


@pytest.mark.parametrize(
    "code",
    [
        "class F:\n    def make(self):\n        return A()\nz = F().make()",
        "def make():\n    global z\n    z = A()\nmake()",
        "def make():\n    global z\n    z = A()\ndef go():\n    make()\ngo()",
        "for i in range(2):\n    y = A()\n    z = y",
        "z = None\ntry:\n    raise A\nexcept A as e:\n    z = e",
        "while True:\n    w = A()\n    y = w\n    z = y\n    break",
    ],
)
def test_steps_keep_objects_of_the_classes_that_they_repeat(code: str) -> None:
    steps = ("class A(Exception):\n    pass", code, "print(isinstance(z, A))")

    assert _differences(*steps) == []
    notebook = notebook_of(*((code, f"step:s{number}") for number, code in enumerate(steps)))
    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))
    assert "A" in plan.steps[1].by_reference
