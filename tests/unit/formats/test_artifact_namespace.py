"""Artifacts of notebooks that give their variables the names of other things."""

from __future__ import annotations

import builtins
import types
from collections.abc import Iterator
from keyword import iskeyword

import pytest

from aidevsecops_ext.domain.split import Generator
from aidevsecops_ext.formats.artifact_parts import Part
from aidevsecops_ext.formats.artifact_reader import read_functions
from aidevsecops_ext.formats.artifact_writer import write_functions
from tests.kits.step_runs import Python, python, read, written

_BUILTINS = [name for name in dir(builtins) if name[0] != "_" and not iskeyword(name)]
_LEFT = {"_split_code", "_read_step", "_write_step", "_steps_folder"}


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Python, Python]]:
    folder = tmp_path_factory.mktemp("names")
    with python(folder) as writer, python(folder) as reader:
        yield writer, reader


def test_names_of_python_cross_when_the_notebook_binds_them(
    processes: tuple[Python, Python],
) -> None:
    writer, reader = processes
    code = "import numpy, pandas\nmade = [numpy.arange(9), pandas.DataFrame({'a': [1]}), {1}]\n"
    code += "both = [made]\n" + "\n".join(
        f"{name} = {number}" for number, name in enumerate(_BUILTINS)
    )

    wrote = writer.run(written(code, [*_BUILTINS, "made", "both"]))
    ran = reader.run(
        read(f"result = [{', '.join(_BUILTINS)}, both[0] is made]", [*_BUILTINS, "made", "both"])
    )

    assert wrote.error is None
    assert ran.result == [*range(len(_BUILTINS)), True]


def test_names_of_the_generated_code_cross_when_the_notebook_binds_them(
    processes: tuple[Python, Python],
) -> None:
    writer, reader = processes
    names = sorted(
        name
        for code in _codes()
        for name in (*code.co_names, *code.co_varnames, *code.co_cellvars)
        if name.isidentifier() and not name.startswith("__") and name not in _LEFT
    )
    again = "import sys\n" + "\n".join(f"{name} = 'mine'" for name in names)

    wrote = writer.run(written(again, names))
    ran = reader.run(read(f"result = {{{', '.join(names)}}} == {{'mine'}}", names))

    assert wrote.error is None
    assert ran.result is True


def test_generated_functions_know_nothing_of_the_notebook_but_what_they_are_given(
    processes: tuple[Python, Python],
) -> None:
    writer, _ = processes

    ran = writer.run(
        written("before = {*globals()}", []) + "result = sorted({*globals()} - before)"
    )

    assert ran.result == ["_split_code", "_write_step", "before"]


def _codes() -> Iterator[types.CodeType]:
    """The code objects of all functions that step notebooks can hold."""
    todo = [
        compile(functions(list(Part), list(Generator)), "cell", "exec")
        for functions in (read_functions, write_functions)
    ]
    for code in todo:
        todo += [each for each in code.co_consts if isinstance(each, types.CodeType)]
        yield code
