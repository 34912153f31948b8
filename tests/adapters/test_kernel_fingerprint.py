"""Fingerprints tell values apart that differ, and only those."""

from __future__ import annotations

import collections
import datetime
import decimal
import enum
import functools
import json
import math
import pathlib
import pickle
import random
import re
import threading
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aidevsecops_ext.adapters.kernel_fingerprint import fingerprints, write
from aidevsecops_ext.adapters.kernel_fingerprint_libraries import KNOWN

mpl.use("agg")
Value = dict[str, Any]


class Colour(enum.Enum):
    RED = 1


class Box:
    """Something that holds something."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def double(self) -> Any:
        return self.content * 2


class Slotted:
    __slots__ = ("content",)

    def __init__(self, content: Any) -> None:
        self.content = content


class Broken:
    def __repr__(self) -> str:
        raise ValueError("no")


def of(value: Any, *modules: str) -> Value:
    """The fingerprint of one value."""
    asked = {"names": ["x"], "modules": [*modules]}
    found: Value = fingerprints({"x": value}, asked, KNOWN)["variables"]["x"]
    return found


def shared(**values: Any) -> Any:
    """How these variables share objects."""
    asked = {"names": sorted(values), "modules": [__name__]}
    return fingerprints(values, asked, KNOWN)["shared"]


def _looped() -> list[Any]:
    loop: list[Any] = [1]
    loop.append(loop)
    return loop


def _made(source: str) -> Any:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace["x"]


def _figure(height: float) -> Any:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 2))
    figure.subplots().bar([1, 2], [1, height])
    return figure


_PAIRS: list[tuple[Any, Any]] = [
    (1, 2),
    (1, 1.0),
    (1, True),
    ("1", 1),
    ("a", "b"),
    (b"a", "a"),
    (b"a", bytearray(b"a")),
    (0.0, -0.0),
    (0.1 + 0.2, 0.3),
    (1 + 2j, 1 + 3j),
    ([1, 2], [2, 1]),
    ([1, 2], (1, 2)),
    ([[1], 2], [[1, 2]]),
    ({"a": 1}, {"a": 2}),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({1, 2}, {1, 3}),
    ({1}, frozenset({1})),
    (Box(1), Box(2)),
    (Box(1), Slotted(1)),
    (Slotted(1), Slotted(2)),
    (datetime.date(2026, 1, 1), datetime.date(2026, 1, 2)),
    (decimal.Decimal("1.0"), decimal.Decimal("1.00")),
    (collections.Counter("ab"), collections.Counter("abb")),
    (collections.deque([1]), collections.deque([1], 3)),
    (collections.defaultdict(int, a=1), collections.defaultdict(float, a=1)),
    (pathlib.PurePosixPath("a"), pathlib.PurePosixPath("b")),
    (re.compile("a"), re.compile("a", re.I)),
    (random.Random(1), random.Random(2)),
    (functools.partial(int, base=2), functools.partial(int, base=3)),
    (Box(1).double, Box(2).double),
    (range(3), range(4)),
    (math.sin, math.cos),
    (math, re),
    (_made("x = lambda a: a + 1"), _made("x = lambda a: a + 2")),
    (_made("def x(a=1): return a"), _made("def x(a=2): return a")),
    (_made("class x:\n def f(self): return 1"), _made("class x:\n def f(self): return 2")),
    (
        _made("def outer(n):\n def x(): return n\n return x\nx = outer(1)"),
        _made("def outer(n):\n def x(): return n\n return x\nx = outer(2)"),
    ),
    (np.arange(3), np.arange(4)),
    (np.arange(3), np.arange(3.0)),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (np.float32(1), np.float64(1)),
    (np.array([1, "a"], dtype=object), np.array([1, "b"], dtype=object)),
    (np.ma.array([1, 2], mask=[False, True]), np.ma.array([1, 2], mask=[True, False])),
    (np.random.default_rng(1), np.random.default_rng(2)),
    (np.array([1 + 2j]), np.array([1 + 3j])),
    (np.array(["2026-01-01"], "M8[D]"), np.array(["2026-01-02"], "M8[D]")),
    (pd.Series([1, 2]), pd.Series([1, 3])),
    (pd.Series([1, 2]), pd.Series([1, 2], name="a")),
    (pd.Series([1, 2]), pd.Series([1, 2], index=[1, 2])),
    (pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})),
    (pd.DataFrame({"a": ["x"]}), pd.DataFrame({"a": ["y"]})),
    (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"a": [1]})),
    (pd.Series(["a"], dtype="category"), pd.Series(["b"], dtype="category")),
    (pd.Series(["a", None], dtype="string"), pd.Series(["a", "b"], dtype="string")),
    (pd.to_datetime(["2026-01-01"]), pd.to_datetime(["2026-01-02"])),
    (pd.RangeIndex(3), pd.RangeIndex(4)),
    (pd.MultiIndex.from_tuples([(1, 2)]), pd.MultiIndex.from_tuples([(1, 3)])),
    (pd.array([1, None], dtype="Int64"), pd.array([1, 2], dtype="Int64")),
    (_figure(1), _figure(2)),
    (_looped(), [1, [1]]),
]


@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_fingerprints_are_others_when_values_differ(one: Any, other: Any) -> None:
    assert of(one)["digest"] != of(other)["digest"]


@pytest.mark.parametrize("value", [value for pair in _PAIRS for value in pair])
def test_fingerprints_are_the_same_when_a_value_is_read_twice(value: Any) -> None:
    assert of(value) == of(value)
    assert of(value)["gaps"] == []


@pytest.mark.parametrize(
    "value",
    [
        [1, "a", (2.5, None), {"k": {1, 2}}],
        Box([Box(1), Colour.RED]),
        _looped(),
        np.arange(6.0).reshape(2, 3),
        pd.DataFrame({"a": [1, 2], "b": ["x", None], "c": pd.Categorical(["u", "v"])}),
        pd.date_range("2026-01-01", periods=3),
        random.Random(3),
        np.random.default_rng(3),
    ],
)
def test_fingerprint_is_the_same_when_a_value_went_through_a_pickle(value: Any) -> None:
    assert of(pickle.loads(pickle.dumps(value)))["digest"] == of(value)["digest"]


_plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary(),
    lambda some: (
        st.lists(some, max_size=4)
        | st.tuples(some, some)
        | st.dictionaries(st.text(max_size=3), some, max_size=4)
    ),
    max_leaves=12,
)


@given(_plain, _plain)
def test_plain_values_have_one_fingerprint_when_they_are_written_alike(
    one: Any, other: Any
) -> None:
    assert (of(one)["digest"] == of(other)["digest"]) == (repr(one) == repr(other))


def test_rounded_is_the_same_when_numbers_differ_beyond_the_ninth_digit() -> None:
    pairs = [
        (0.1 + 0.2, 0.3),
        (np.array([0.1 + 0.2, np.nan]), np.array([0.3, np.nan])),
        (np.array([0.1 + 0.2j]), np.array([0.1 + 0.2j * (1 + 1e-15)])),
    ]

    for one, other in pairs:
        assert of(one)["digest"] != of(other)["digest"]
        assert of(one)["rounded"] == of(other)["rounded"]
    assert of(0.3)["rounded"] != of(0.3001)["rounded"]
    assert of(np.array([0.3]))["rounded"] != of(np.array([0.3001]))["rounded"]


@pytest.mark.parametrize(
    "value", [threading.Lock(), (n for n in [1]), threading.local(), {}.keys(), memoryview(b"a")]
)
def test_gap_is_named_when_a_value_cannot_be_compared(value: Any) -> None:
    (gap,) = of(Box(value))["gaps"]

    assert "cannot be compared" in gap


def test_rest_is_compared_when_a_part_cannot_be() -> None:
    one, other = Box([threading.Lock(), 1]), Box([threading.Lock(), 2])

    assert of(one)["digest"] != of(other)["digest"]
    assert of(one)["digest"] == of(Box([threading.Lock(), 1]))["digest"]


def test_gap_is_named_when_a_value_is_nested_too_deeply() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]

    assert of(deep)["gaps"] == ["it is nested too deeply"]


def test_sharing_is_seen_when_two_names_are_of_one_object() -> None:
    inner = [1]

    assert shared(a=inner, b=inner) == [("a", "b")]
    assert shared(a=Box(inner), b={"k": inner}) == [("a", "b")]
    assert shared(a=inner, b=[1], c=inner) == [("a", "c")]
    assert shared(a=inner, b=(0, inner), c=[inner]) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert shared(a=1, b=1, c="x", d="x", e=len, f=len, g=Box, h=Box) == []
    day, path = datetime.date(2026, 1, 1), pathlib.PurePosixPath("x")
    assert shared(a=[day, path, Colour.RED, np.dtype("f8")], b=(day, path, Colour.RED)) == []
    assert of([inner, inner])["digest"] != of([[1], [1]])["digest"]


def test_missing_name_has_no_kind() -> None:
    asked = {"names": ["gone"], "modules": []}

    found = fingerprints({}, asked, KNOWN)

    assert found["variables"]["gone"]["kind"] == ""


def test_classes_of_a_module_count_as_the_notebooks_when_asked() -> None:
    here = of(Box(1), __name__)

    assert (here["kind"], of(Box(1))["kind"]) == ("Box", f"{__name__}.Box")


def test_value_without_a_representation_is_named() -> None:
    assert of(Broken())["shown"].startswith("<Broken instance at")


def test_figure_stays_as_it_was_when_it_is_read() -> None:
    figure = _figure(1)
    canvas = figure.canvas

    axes = of(figure.axes[0])

    assert figure.canvas is canvas
    assert axes["gaps"] == []
    assert axes["digest"] != of(_figure(2).axes[0])["digest"]


def test_artist_outside_of_a_figure_is_a_gap() -> None:
    from matplotlib.lines import Line2D

    assert of(Line2D([0], [1]))["gaps"] == ["Line2D is in no figure"]


def test_write_answers_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    asked = {"names": ["a"], "modules": [], "file": str(file)}

    write({"a": 1}, asked, KNOWN)

    assert json.loads(file.read_text())["variables"]["a"]["shown"] == "1"
