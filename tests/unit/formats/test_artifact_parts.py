from __future__ import annotations

import ast

import pytest

from aidevsecops_ext.domain.dataflow import analyze
from aidevsecops_ext.domain.imports import ImportedModule
from aidevsecops_ext.domain.split import (
    STEP_NAMES,
    Fragment,
    Generator,
    PlannedStep,
    StepCell,
)
from aidevsecops_ext.formats.artifact_parts import Part, parts_of
from aidevsecops_ext.formats.artifact_reader import read_functions
from aidevsecops_ext.formats.artifact_writer import write_functions


@pytest.mark.parametrize(
    ("modules", "code", "parts"),
    [
        ((), "x = 1", set()),
        (("requests", "tqdm"), "x = requests.get(y)", set()),
        (("numpy", "scipy.stats"), "x = numpy.ones(3)", {Part.ARRAYS}),
        ((), "x = __import__('numpy').ones(3)", {Part.ARRAYS}),
        (("sklearn.svm",), "x = 1", {Part.ARRAYS, Part.FRAMES}),
        (("features",), "x = features.load()", set(Part)),
        ((), "import random\nx = random.random", {Part.DRAWS}),
        ((), "x = __import__('torch').ones(3)", {Part.ARRAYS, Part.TORCH}),
        (("numpy",), "tf = load('tensorflow')", {Part.ARRAYS, Part.KERAS}),
    ],
)
def test_parts_are_those_that_the_modules_of_a_step_may_make(
    modules: tuple[str, ...], code: str, parts: set[Part]
) -> None:
    imported = tuple(ImportedModule(module, 1) for module in modules)
    step = PlannedStep("a", "A", (0,), (StepCell(0, code),), modules=imported)

    assert parts_of(step) == parts


def test_parts_are_found_in_what_a_step_repeats() -> None:
    step = PlannedStep("a", "A", (0,), (), imports=(Fragment("import pandas", 0, 1),))

    assert parts_of(step) == {Part.ARRAYS, Part.FRAMES}


@pytest.mark.parametrize("parts", [[], [Part.ARRAYS], [Part.ARRAYS, Part.FRAMES], list(Part)])
@pytest.mark.parametrize("generators", [[], list(Generator)])
def test_functions_are_whole_programs_with_any_parts(
    parts: list[Part], generators: list[Generator]
) -> None:
    ast.parse(write_functions(parts, generators), feature_version=(3, 8))
    ast.parse(read_functions(parts, generators), feature_version=(3, 8))


def test_functions_are_few_lines_where_only_plain_things_cross() -> None:
    assert read_functions(list(Part), []).count("\n") <= 40
    assert write_functions([], []).count("\n") <= 215


def test_functions_bind_no_names_but_those_that_notebooks_are_warned_of() -> None:
    texts = [write_functions(list(Part), list(Generator)), read_functions(list(Part), [])]

    # What functions bind for all, they bind in a module of their own.
    inner = {"_stored", "_with_grad"}
    assert {name for text in texts for name in analyze(text).writes} - inner == {
        *STEP_NAMES - {"_steps_folder"}
    }
