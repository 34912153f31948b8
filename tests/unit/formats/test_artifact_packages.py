"""What crosses with packages that are missing, or that are stood in for by small modules."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.step_runs import Python, python, read, written

_STEP = Path("artifacts") / "nb" / "one"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[tuple[Python, Python]]:
    """Processes whose modules a test may change."""
    with python(tmp_path) as writer, python(tmp_path) as reader:
        yield writer, reader


def _without(module: str) -> str:
    return f"import sys\nsys.modules[{module!r}] = None\n"


def test_plain_pickle_does_when_cloudpickle_is_missing(fresh: tuple[Python, Python]) -> None:
    writer, reader = fresh
    head = "class Model:\n    pass\n"
    code = f"{_without('cloudpickle')}import numpy\n{head}m = Model()\nm.a = numpy.zeros(10**5)"

    ran = writer.run(written(code, ["m"], "by_name=['Model']"))

    assert ran.error is None
    assert (writer.folder / _STEP / "m.npy").exists()
    assert reader.run(read("result = len(m.a)", ["m"], head=head)).result == 10**5


@pytest.mark.parametrize("made", ["lambda: 1", "type('Model', (), {})()"])
def test_write_says_what_to_install_when_only_cloudpickle_could(
    fresh: tuple[Python, Python], made: str
) -> None:
    ran = fresh[0].run(written(f"{_without('cloudpickle')}bad = {made}", ["bad"]))

    assert "is defined in this notebook. Install cloudpickle where this runs." in ran.message


def test_frame_stays_in_the_pickle_when_pyarrow_is_missing(fresh: tuple[Python, Python]) -> None:
    writer, reader = fresh
    code = f"{_without('pyarrow')}import pandas\nf = pandas.DataFrame({{'x': range(10**5)}})"

    ran = writer.run(written(code, ["f"]))

    assert ran.error is None
    assert {path.suffix for path in (writer.folder / _STEP).iterdir()} == {".pkl", ".json", ".npy"}
    assert reader.run(read("result = int(f.x.sum())", ["f"])).result == 4999950000


_KERAS = """
import json, sys, types
keras = sys.modules["{name}"] = types.ModuleType("{name}")
{namespace}

class Model:
    def __init__(self, weights):
        self.weights, self.lock = weights, (n for n in ())

    def get_config(self):
        return {{"layers": ["Own"]}}

    def get_compile_config(self):
        return None

    def save(self, path):
        with open(path, "w") as file:
            json.dump([weight[0] for weight in self.weights], file)

def load_model(path, custom_objects, safe_mode):
    assert list(custom_objects) == ["Own"] and not safe_mode
    with open(path) as file:
        return Model([[number] for number in json.load(file)])

class Own:
    pass

Model.__module__ = "{name}.keras.models"
keras.Model, keras.models = Model, types.SimpleNamespace(load_model=load_model)
"""
_KERAS_ALONE = _KERAS.format(name="keras", namespace="")
_KERAS_INSIDE = _KERAS.format(
    name="tensorflow", namespace="keras.keras = keras = types.SimpleNamespace()"
)


@pytest.mark.parametrize("head", [_KERAS_ALONE, _KERAS_INSIDE])
def test_model_of_keras_is_saved_by_keras(fresh: tuple[Python, Python], head: str) -> None:
    writer, reader = fresh

    ran = writer.run(written(f"{head}m = Model([[1], [2]])\nboth = {{'m': m}}", ["m", "both"]))

    assert ran.error is None
    assert (writer.folder / _STEP / "m.keras").read_text() == "[1, 2]"
    code = "result = [m.weights, both['m'] is m]"
    assert reader.run(read(code, ["m", "both"], head=head)).result == [[[1], [2]], True]


def test_models_of_keras_are_refused_when_they_share_layers(fresh: tuple[Python, Python]) -> None:
    code = f"{_KERAS_ALONE}w = [1]\na = Model([w])\nb = Model([w, [2]])"

    ran = fresh[0].run(written(code, ["a", "b"]))

    assert "b (keras.keras.models.Model, from cell 3) cannot be written for later" in ran.message
    assert "it shares layers with another model" in ran.message


_TORCH = """
import pickle, sys, types
torch = sys.modules["torch"] = types.ModuleType("torch")

class Storage:
    device = "cpu"

    def __init__(self, numbers):
        self.numbers, self._cdata = numbers, id(numbers)

    def __reduce__(self):
        raise TypeError("only by torch.save")

class Tensor:
    # As in torch, where each pickle of a tensor makes a new object for its storage.
    is_leaf, grad, grad_fn = True, None, None

    def __init__(self, storage):
        self.set_(storage)

    def __reduce__(self):
        return Tensor, (Storage(self.numbers),)

    def set_(self, storage):
        self.numbers = storage.numbers
        return self

    def untyped_storage(self):
        return Storage(self.numbers)

    def tolist(self):
        return self.numbers

def save(value, path):
    with open(path, "wb") as file:
        pickle.dump([tensor.numbers for tensor in value], file)

def load(path, weights_only):
    assert weights_only
    with open(path, "rb") as file:
        return [Tensor(Storage(numbers)) for numbers in pickle.load(file)]

torch.is_storage, torch.Tensor = lambda value: isinstance(value, Storage), Tensor
torch.empty = lambda size, dtype, device: Tensor(Storage([]))
torch.save, torch.load, torch.uint8 = save, load, "uint8"
torch.states = [[1, 2], [3]]
torch.get_rng_state = lambda: Tensor(Storage(torch.states[0]))
torch.set_rng_state = lambda tensor: torch.states.__setitem__(0, tensor)
torch.tensor = lambda numbers, dtype: numbers
torch.cuda = types.SimpleNamespace(
    is_initialized=lambda: {cuda},
    get_rng_state_all=lambda: [Tensor(Storage(torch.states[1]))],
    set_rng_state_all=lambda tensors: torch.states.__setitem__(slice(1, None), tensors),
)
"""
_BY_NAME = "by_name=['Tensor', 'Storage', 'load']"


def test_tensors_share_what_they_shared_when_they_have_crossed(
    fresh: tuple[Python, Python],
) -> None:
    writer, reader = fresh
    head = _TORCH.replace("{cuda}", "False")
    code = f"{head}s = Storage([1, 2])\na = Tensor(s)\nb = [Tensor(s)]\nc = Tensor(Storage([3]))"

    ran = writer.run(written(code, ["a", "b", "c"], _BY_NAME))

    assert ran.error is None
    assert {p.name for p in (writer.folder / _STEP).glob("*.pt")} == {"a.pt", "c.pt"}
    code = "a.numbers.append(5)\nresult = [b[0].numbers, c.numbers]"
    assert reader.run(read(code, ["a", "b", "c"], head=head)).result == [[1, 2, 5], [3]]


def test_gradient_of_a_tensor_crosses_with_it(fresh: tuple[Python, Python]) -> None:
    writer, reader = fresh
    head = _TORCH.replace("{cuda}", "False")
    code = f"{head}a = Tensor(Storage([1]))\na.grad = Tensor(Storage([2]))"

    ran = writer.run(written(code, ["a"], _BY_NAME))

    assert ran.error is None
    code = "result = [a.numbers, a.grad.numbers]"
    assert reader.run(read(code, ["a"], head=head)).result == [[1], [2]]


def test_tensor_is_refused_when_gradients_flow_through_it(fresh: tuple[Python, Python]) -> None:
    head = _TORCH.replace("{cuda}", "False")

    ran = fresh[0].run(written(f"{head}a = Tensor(Storage([1]))\na.grad_fn = 'f'", ["a"]))

    assert "a (__main__.Tensor, from cell 3) cannot be written for later steps:" in ran.message
    assert "detach() it" in ran.message


@pytest.mark.parametrize(("cuda", "states"), [("False", [[1, 2], [0]]), ("True", [[1, 2], [3]])])
def test_generators_of_torch_go_on_where_they_were(
    fresh: tuple[Python, Python], cuda: str, states: list[list[int]]
) -> None:
    writer, reader = fresh
    words = "generators=['torch']"
    head = _TORCH.replace("{cuda}", cuda)

    ran = writer.run(written(head, [], words))

    assert ran.error is None
    forgotten = f"{head}torch.states = [[0], [0]]\n"
    assert reader.run(read("result = torch.states", [], words, head=forgotten)).result == states


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")
def test_real_torch_crosses_with_its_generator(fresh: tuple[Python, Python]) -> None:
    writer, reader = fresh
    code = """
import torch
torch.manual_seed(3)
net = torch.nn.Linear(300, 300)
tied, optimizer = [net.weight], torch.optim.Adam(net.parameters())
row = net.weight.detach()[3]
"""
    names, words = ["net", "tied", "optimizer", "row"], "generators=['torch']"
    before = writer.run(written(code, names, words) + "result = torch.rand(3).tolist()")

    check = """
import torch
held = optimizer.param_groups[0]["params"][0]
result = torch.rand(3).tolist()
with torch.no_grad():
    net.weight[3, 0] = 5
assert tied[0] is net.weight is held and row[0] == 5
"""
    after = reader.run(read(check, names, words))

    assert (after.error, after.result) == (None, before.result)


_TENSORFLOW = """
import random, sys, types

class Context:
    _seed = None

def set_seed(seed):
    Context._seed, Context._rng = seed, random.Random(seed)

eager = types.ModuleType("context")
eager.context = lambda: Context
for name in ("tensorflow", "tensorflow.python", "tensorflow.python.eager"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["tensorflow.python.eager.context"] = eager
sys.modules["tensorflow"].random = types.SimpleNamespace(set_seed=set_seed)
"""


def test_seeds_of_tensorflow_go_on_where_they_were(fresh: tuple[Python, Python]) -> None:
    writer, reader = fresh
    words, draw = "generators=['tensorflow']", "result = Context._rng.random()"
    code = f"{_TENSORFLOW}set_seed(4)\nContext._rng.random()\n"

    before = writer.run(written(code, [], words) + draw)

    after = reader.run(read(draw, [], words, head=_TENSORFLOW))
    assert before.error is None
    assert (after.error, after.result) == (None, before.result)


def test_tensorflow_crosses_nothing_when_it_was_never_seeded(fresh: tuple[Python, Python]) -> None:
    ran = fresh[0].run(written(_TENSORFLOW, [], "generators=['tensorflow']"))

    assert (ran.error, ran.printed) == (None, "")
