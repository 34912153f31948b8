"""What has crossed is pickled again to the same bytes: types of numpy stay the ones of numpy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.step_runs import Python, python, read, written

_HEAD = """
import hashlib, pickle
import numpy


class Model:
    pass


def pickled(value):
    return hashlib.sha256(pickle.dumps(value, protocol=4)).hexdigest()


def with_another(value):
    return [value, numpy.arange(2.0), numpy.arange(2)]
"""
_MODEL = """Model()
x.classes = numpy.array([0, 1])
x.trees = [numpy.ones(30_000), numpy.ones(4), numpy.float64(2), numpy.ones(4, dtype="f4")]
x.counts = {"a": numpy.arange(3), "flags": numpy.array([True, False])}"""


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Python, Python]]:
    folder: Path = tmp_path_factory.mktemp("dtypes")
    with python(folder) as writer, python(folder) as reader:
        yield writer, reader


@pytest.mark.parametrize(
    "value",
    [
        "numpy.arange(4.0)",
        "numpy.arange(30_000)",
        "numpy.arange(12.0).reshape(3, 4)[:, 1:]",
        "[numpy.arange(4.0), numpy.float64(1), numpy.arange(4.0)]",
        "[numpy.dtype('f8'), numpy.dtype('>i4'), numpy.dtype([('a', 'f8'), ('b', 'i2')])]",
        "[numpy.array(['a', 'bc']), numpy.array(['2020'], dtype='M8[D]')]",
        "numpy.array([1, 'x', None], dtype=object)",
        "__import__('pandas').DataFrame({'x': [0.5, 2.5], 'y': [1, 2]})",
        "__import__('pandas').DataFrame({'x': range(30_000), 't': 'a'})",
        _MODEL,
    ],
)
def test_pickle_is_the_same_when_its_value_has_crossed(
    processes: tuple[Python, Python], value: str
) -> None:
    writer, reader = processes
    code = f"{_HEAD}\nx = {value}\n"

    wrote = writer.run(written(f"{code}result = pickled(with_another(x))\n", ["x"], "['Model']"))
    ran = reader.run(read("result = pickled(with_another(x))", ["x"], head=_HEAD))

    assert (wrote.error, ran.error) == (None, None)
    assert ran.result == wrote.result


@pytest.mark.parametrize("dtype", ["f8", "f4", "i8", "u1", "?", "c16", "O"])
def test_dtype_is_the_one_of_numpy_when_it_has_crossed(
    processes: tuple[Python, Python], dtype: str
) -> None:
    writer, reader = processes

    writer.run(
        written(f"import numpy\nx = [numpy.dtype({dtype!r}), numpy.ones(2, {dtype!r})]", "x")
    )
    ran = reader.run(read(f"import numpy\nd = numpy.dtype({dtype!r})\nresult = x[0] is d", "x"))

    assert ran.result is True
