"""Random objects cross from one process to another: what they hold, and which are one object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.kits.step_runs import Python, described, python, read, written

_HEAD = """
import numpy
import pandas


class Thing:
    def __init__(self, **members):
        vars(self).update(members)


def counter(held):
    def count():
        held.append(len(held))
        return held

    return count
"""
_ATOMS = (
    "None", "True", "-1", "2**70", "0.1", "-0.0", "float('inf')", "1j", "'a'", "''", "b'x'",
    "'\\ud800'", "numpy.float64(0.1)", "numpy.int8(3)", "Thing", "numpy.mean",
)  # fmt: skip
_ARRAYS = (
    "numpy.arange(12.).reshape(3, 4)", "numpy.arange(20_000.).reshape(100, 200)",
    "numpy.asfortranarray(numpy.arange(30_000).reshape(150, 200))", "numpy.zeros((0, 3))",
    "numpy.array(3)", "numpy.array(['a', 'bcd'])", "numpy.array([1, 'x', None], dtype=object)",
    "numpy.array(['2020-01-01', 'NaT'], dtype='M8[D]')", "numpy.arange(5, dtype='>i4')",
    "numpy.broadcast_to(numpy.arange(3.), (4, 3))",
    "numpy.ones(3, dtype=[('a', 'f8'), ('b', 'O')])",
    "numpy.ones(40, dtype=[('a', 'f8'), ('b', 'i2')])", "numpy.arange(24).reshape(2, 3, 4)",
)  # fmt: skip
_VIEWS = (
    "{0}[1:]", "{0}[::-1]", "{0}.T", "{0}[..., :2]", "{0}.reshape(-1)", "{0}[::3]", "{0}[..., 1]",
)  # fmt: skip
_FRAMES = (
    "pandas.DataFrame({'x': [0.5, float('nan')], 'y': [1, 2]})",
    "pandas.DataFrame({'x': ['a', None], 'y': [True, False]}, index=['p', 'q'])",
    "pandas.DataFrame({'x': pandas.array([1, None])})",
    "pandas.DataFrame({'x': pandas.Categorical(['a', 'b'])})",
    "pandas.DataFrame({'x': pandas.Series(['a', 1, None], dtype=object)})",
    "pandas.DataFrame({'t': pandas.date_range('2020', periods=3)}).set_index('t', drop=False)",
    "pandas.DataFrame({1: [1], 2: [2]})", "pandas.DataFrame([[1, 2]], columns=['a', 'a'])",
    "pandas.DataFrame(numpy.arange(6.).reshape(2, 3), columns=list('abc'))",
    "pandas.DataFrame(numpy.arange(6.).reshape(2, 3), columns=list('abc'), copy=False)",
    "pandas.DataFrame({'t': numpy.array(['2020'], dtype='M8[s]')})", "pandas.DataFrame()",
    "pandas.DataFrame({'x': numpy.arange(9, dtype='f2')})", "pandas.Series(['a', 'b'], name='s')",
    "pandas.DataFrame({'x': [1]}, index=pandas.Index([3], name='id'))",
    "pandas.DataFrame({'x': range(9)}).iloc[2:7:2]",
    "pandas.DataFrame({'x': pandas.Series(['a', 'b'], dtype=object)})",
)  # fmt: skip


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Code that binds ``v0``, ``v1`` …, and the names that cross."""
    lines: list[str] = []
    kinds: list[str] = []

    def one_of(*wanted: str) -> str | None:
        places = [f"v{place}" for place, kind in enumerate(kinds) if kind in wanted or not wanted]
        return draw(st.sampled_from(places)) if places else None

    def item() -> str:
        return one_of() or draw(st.sampled_from(_ATOMS)) if draw(st.booleans()) else atom()

    def atom() -> str:
        return draw(st.sampled_from(_ATOMS))

    for number in range(draw(st.integers(1, 9))):
        kind = draw(st.sampled_from(("list", "dict", "tuple", "set", "thing", "array", "view",
                                     "frame", "closure", "grow", "alias")))  # fmt: skip
        held = ", ".join(item() for _ in range(draw(st.integers(0, 3))))
        base = one_of("array", "view")
        code = {
            "list": f"[{held}]",
            "dict": "{" + ", ".join(f"'k{i}': {item()}" for i in range(2)) + f", 1: {atom()}}}",
            "tuple": f"({held},)" if held else "()",
            "set": "{1, 'a', (2, 'b')}",
            "thing": f"Thing(one={item()}, two={item()})",
            "array": draw(st.sampled_from(_ARRAYS)),
            "frame": draw(st.sampled_from(_FRAMES)),
            "closure": f"counter({one_of('list') or '[]'})",
        }.get(kind)
        if kind == "alias":
            code = one_of() or "[]"
            kind = kinds[int(code[1:])] if code != "[]" else "list"
        if kind == "grow":
            grown = one_of("list")
            lines += [f"{grown}.append({item()})"] if grown else []
            code, kind = "{'plain': [1, 2.5, None]}", "dict"
        if kind == "view" and code is None:
            view = draw(st.sampled_from(_VIEWS)).format(base)
            has_one = f"({base}.ndim and not {base}.dtype.hasobject and {base}.size > 2)"
            code = f"{view} if {has_one} else {base}" if base else "numpy.arange(9.)"
        lines.append(f"v{number} = {code}")
        kinds.append(kind)
    names = [f"v{number}" for number in range(len(kinds))]
    crossing = [name for name in names if draw(st.booleans())] or names
    return "\n".join(lines), crossing


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Python, Python]]:
    folder = tmp_path_factory.mktemp("graphs")
    with python(folder) as writer, python(folder) as reader:
        yield writer, reader


@pytest.mark.slow
@pytest.mark.timeout(300)
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(program=programs(), knows_thing=st.booleans())
@example(program=("v0 = pandas.DataFrame({'x': range(9)}).iloc[2:7:2]", ["v0"]), knows_thing=False)
@example(program=("v0 = numpy.arange(9.)[::-2]", ["v0"]), knows_thing=False)
def test_objects_are_what_they_were_when_they_have_crossed(
    processes: tuple[Python, Python],
    tmp_path: Path,
    program: tuple[str, list[str]],
    knows_thing: bool,
) -> None:
    code, names = program
    by_name = "by_name=['Thing', 'counter']" if knows_thing else ""
    writer, reader = processes

    before = writer.run(written(_HEAD + code, names, by_name) + described(names), tmp_path)
    head = _HEAD if knows_thing else ""
    after = reader.run(read(described(names), names, head=head), tmp_path)

    assert before.error is None, before.error
    assert after.error is None, after.error
    assert after.result == before.result
