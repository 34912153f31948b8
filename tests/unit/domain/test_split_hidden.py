"""State that hides in functions and classes, and what is said of it."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.split_hidden import gives_state, keeps_state
from tests.kits.plans import codes_of, plan

STATE = "flow.definition-state"
OUTER = "def make():\n    seen = []\n    def inner(x):\n        {}\n    return inner"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("seen.append(x)", True),
        ("seen[0] = x", True),
        ("del seen[0]", True),
        ("inner.calls = x", True),
        ("seen.items.add(x)", True),
        ("next(seen)", True),
        ("setattr(inner, 'n', x)", True),
        ("nonlocal seen\n        seen = x", True),
        ("x.append(1)", False),
        ("rest = [*seen, x]\n        rest.append(1)", False),
        ("seen().append(x)", False),
        ("print(seen)", False),
    ],
)
def test_function_gives_state_when_what_it_makes_changes_what_it_keeps(
    line: str, expected: bool
) -> None:
    assert gives_state(OUTER.format(line)) is expected


@pytest.mark.parametrize("source", ["def f():\n    return 1", "x = lambda: seen.append(1)"])
def test_function_gives_no_state_when_it_makes_none(source: str) -> None:
    assert not gives_state(source)


@pytest.mark.parametrize("what", [gives_state, keeps_state])
def test_code_that_cannot_be_read_may_keep_anything(what: object) -> None:
    assert callable(what)
    assert what("def f(x=[]:\n    def g(): 1")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(x, seen=[]):\n    seen.append(x)", True),
        ("def f(x, *, seen={}):\n    return seen", True),
        ("def f(x, seen=[]):\n    return x", False),
        ("def f(x, seen=dict(a=1)):\n    return seen", True),
        ("def f(x, seen=collections.deque()):\n    return seen", True),
        ("def f(x, device=torch.device('cpu')):\n    return x.to(device)", False),
        ("def f(x, limit=float('inf')):\n    return x < limit", False),
        ("def f(x, ids=itertools.count()):\n    return next(ids)", True),
        ("def f(x, y=[1], box=makers[0]()):\n    box.value = x", True),
        ("def f(x=1):\n    y = [x]\n    return y", False),
        ("class A:\n    xs = []\n    def add(self, x):\n        self.xs.append(x)", True),
        ("class A:\n    a, b = [], []\n    xs: list = []", False),
        ("class A:\n    xs = (1, 2)\n    n: dict = {}\n    def f(self):\n        self.xs", False),
    ],
)
def test_definition_keeps_state_when_calls_change_it(source: str, expected: bool) -> None:
    assert keeps_state(source) is expected


@pytest.mark.parametrize(
    "change",
    ["setattr(C, 'x', 7)", "delattr(C, 'x')", "type(c).x = 7", "c.__class__.x += 1", "c.xs[0] = 1"],
)
def test_class_crosses_when_it_is_changed_through_something_else(change: str) -> None:
    found = plan("class C:\n    x = 1\n    xs = [1]\nc = C()", change, "print(C.x, C.xs)")

    assert STATE in codes_of(found)
    assert "C" in found.steps[2].inputs


@pytest.mark.parametrize("use", ["print(c.x)", "setattr()", "y = type(c).x == 1", "zs = c.ys[0]"])
def test_class_is_repeated_when_it_is_only_read(use: str) -> None:
    found = plan("class C:\n    x = 1\n    ys = [1]\nc = C()", use, "print(C.x)")

    assert "C" not in found.steps[2].inputs
    assert [each.name for each in found.steps[2].definitions] == ["C"]


def test_function_with_state_goes_to_whoever_calls_it_last() -> None:
    made = OUTER.format("seen.append(x)")

    found = plan(f"{made}\nadd = make()", "add(1)", "add(2)")

    assert found.steps[2].takes[0].producer == "s1"


def test_maker_is_another_when_its_name_is_bound_anew() -> None:
    made = OUTER.format("seen.append(x)")

    found = plan(f"{made}\ndef make():\n    return print\nadd = make()", "add(1)", "add(2)")

    assert found.steps[2].takes[0].producer == "s0"


CACHED = "import functools\n@functools.lru_cache(maxsize=None)\ndef f(x):\n    {}\n    return x"


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("print(x)", [STATE]),
        ("log.append(x)", [STATE]),
        ("y = time.time()", [STATE]),
        ("y = random.random()", [STATE, "state.unseeded"]),
        ("y = x + 1", []),
    ],
)
def test_cache_is_told_of_when_what_it_saves_can_be_seen(line: str, codes: list[str]) -> None:
    head = "import random, time\nlog = []\nprint(random, time)\n"

    found = plan(head + CACHED.format(line), "f(1)", "f(1)\nprint(log)")

    assert codes_of(found) == codes
    assert not any(warning.is_error for warning in found.warnings)
    assert all(warning.line == 5 for warning in found.warnings if warning.code.value == STATE)


def test_cache_is_an_error_when_it_would_have_to_cross() -> None:
    found = plan(CACHED.format("pass"), "f.cache_clear()", "f(1)")

    [error] = [warning for warning in found.warnings if warning.is_error]
    assert (error.code.value, error.cell, error.line) == (STATE, 0, 2)


def test_cache_is_no_matter_when_one_step_uses_it() -> None:
    assert codes_of(plan(CACHED.format("print(x)") + "\nf(1)", "print(2)")) == []
