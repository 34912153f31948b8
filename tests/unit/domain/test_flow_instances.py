"""What using an instance of a class of the notebook may run, and what that reads."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.dataflow import analyze
from tests.kits.plans import plan

_NET = """
import torch.nn as nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(3, width)
    def forward(self, x):
        return self.out(x) * scale
net = Net()
""".strip()

_PLAIN = """
class Adder:
    def __init__(self):
        self.start = width
    def __call__(self, x):
        return x + scale
    def __len__(self):
        return size
    def fit(self, x):
        return x + scale
net = Adder()
""".strip()


def read_of(cells: str, source: str) -> set[str]:
    """What the last of three steps reads of the first, where the second makes the instance."""
    found = plan("width = 3\nscale = 2\nsize = 1", cells, source)
    return set(found.steps[2].inputs) - {"net"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("net(4)", {"scale"}),
        ("net.train()", {"scale"}),
        ("def test():\n    return net(3)\ntest()", {"scale"}),
        ("def test(model):\n    return model(3)\ntest(net)", {"scale"}),
        ("nn.DataParallel(net)", {"scale"}),
        ("show(net)", {"scale"}),
        ("print(net)", set()),
        ("import copy\ncopy.deepcopy(net)", set()),
        ("Net()", {"width", "scale"}),
        ("net", set()),
    ],
)
def test_plan_takes_what_methods_read_that_a_library_calls(source: str, names: set[str]) -> None:
    assert read_of(_NET, source) == names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("net(4)", {"scale", "size"}),
        ("net.fit(4)", {"scale", "size"}),
        ("print(net)", {"size"}),
        ("net.other(4)", {"scale", "size"}),
        ("from sklearn.model_selection import cross_val_score\ncross_val_score(net, 3)", {"scale"}),
        ("def run():\n    return len(net)\nrun()", {"scale", "size"}),
        ("def run():\n    return net.start\nrun()", {"scale", "size"}),
    ],
)
def test_plan_takes_what_methods_read_of_a_class_of_its_own(source: str, names: set[str]) -> None:
    assert read_of(_PLAIN, source) >= names


def test_plan_spares_what_only_methods_read_that_nobody_calls() -> None:
    assert read_of(_PLAIN, "print(net.start)") == {"size"}


@pytest.mark.parametrize(
    ("base", "names"),
    [
        ("Known", set()),
        ("Exception", set()),
        ("abc.ABC", set()),
        ("Generic[T]", set()),
        ("Unknown", {"scale"}),
        ("other.Unknown[T]", {"scale"}),
    ],
)
def test_plan_knows_which_bases_call_methods_of_their_own_accord(
    base: str, names: set[str]
) -> None:
    cells = (
        "import abc, other\nfrom typing import Generic, TypeVar\nfrom other import Unknown\n"
        "T = TypeVar('T')\nclass Known:\n    pass\n"
        f"class Robot({base}):\n    def step(self):\n        return scale\nnet = Robot()"
    )

    assert read_of(cells, "net.start()") == names


def test_plan_takes_what_methods_of_a_base_in_the_notebook_read() -> None:
    cells = (
        "import other\nclass Base(other.Agent):\n    def step(self):\n        return scale\n"
        "class Robot(Base, Base):\n    pass\nnet = Robot()"
    )

    assert read_of(cells, "net.start()") == {"scale"}


def test_analyze_knows_what_a_name_was_before_the_code_gave_it_another_object() -> None:
    assert analyze("d = b[1:]\nb = 1\nd[0].append(1)").mutates == {"b", "d"}
    assert analyze("b, d = d, b[1:]\nd[0].append(1)").mutates == {"b", "d"}
    assert analyze("d = b\nb, d = 1, 2\nd = [3]\nd.append(1)").mutates == {"d"}
    assert analyze("c = [a]\na = 1\ne = c\nc = 2\ne[0].append(1)").mutates >= {"a", "e"}


_RESTLESS = """
class Count:
    def __init__(self):
        self.uses = 0
    def used(self):
        self.uses += 1
        return 1
""".strip()


@pytest.mark.parametrize(
    ("method", "source"),
    [
        ("def __len__(self): return self.used()", "len(it)"),
        ("def __len__(self): return self.used()", "if it: pass"),
        ("def __iter__(self):\n        self.uses += 1\n        yield 1", "list(it)"),
        ("def __iter__(self):\n        self.uses += 1\n        yield 1", "for each in it: pass"),
        ("def __add__(self, other): return self.used()", "it + 1"),
        ("def __call__(self, x): return self.used()", "sorted([2, 1], key=it)"),
        ("@property\n    def now(self): return self.used()", "it.now"),
        ("def __repr__(self): return str(self.used())", "text = f'{it}'"),
        ("def __len__(self): return self.used()", "def size(): return len(it)\nsize()"),
        ("def __len__(self): return self.used()", "def size(x): return len(x)\nsize(it)"),
        ("def __len__(self): return self.used()", "[len(each) for each in [it, it]]"),
        ("__len__ = lambda self: self.used()", "len(it)"),
    ],
)
def test_plan_hands_on_what_changes_when_it_is_used(method: str, source: str) -> None:
    found = plan(f"{_RESTLESS}\n    {method}\nit = Count()", source, "print(it.uses)")

    assert [taking.producer for taking in found.steps[2].takes] == ["s1"]


@pytest.mark.parametrize("source", ["len(it)", "print(it.uses)", "list(it)", "it.now", "it + 1"])
def test_plan_leaves_with_its_maker_what_is_only_looked_at(source: str) -> None:
    methods = (
        "    def __len__(self): return len([self.uses])\n    @property\n"
        "    def now(self): return self.uses\n    def __iter__(self): yield self.uses\n"
        "    def __add__(self, other): return other\n"
    )

    found = plan(f"{_RESTLESS}\n{methods}it = Count()", source, "print(it.uses)")

    assert [taking.producer for taking in found.steps[2].takes] == ["s0"]
