"""Scripts for Seldon out of tagged cells."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.imports import UnreadableCodeError
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.domain.seldon import (
    SeldonClass,
    cells_tagged,
    class_of,
    definers_of,
    is_same_model,
    script_of,
)


def cells(*sources: str) -> tuple[Cell, ...]:
    return tuple(Cell(number, CellKind.CODE, source) for number, source in enumerate(sources))


def trained(*sources: str) -> tuple[str, ...]:
    return script_of(cells(*sources), is_training=True).models


def test_cells_are_found_by_their_tag() -> None:
    notebook = Notebook(
        (
            Cell(0, CellKind.MARKDOWN, "# x", tags=("Train",)),
            Cell(1, CellKind.CODE, "a", tags=("train ",)),
            Cell(2, CellKind.CODE, "b", tags=("Wrapper",)),
        ),
        {},
    )

    assert [cell.index for cell in cells_tagged(notebook, "train")] == [1]
    assert [cell.index for cell in cells_tagged(notebook, "wrapper")] == [2]


@pytest.mark.parametrize(
    "code",
    [
        "joblib.dump(model, 'model.pkl')",
        "pickle.dump(m, open('model.pkl', 'wb'))",
        "with open('model.pkl', mode='wb') as f:\n    pickle.dump(m, f)",
        "name = 'model.pkl'\njoblib.dump(m, name)",
        "Path('model.pkl').write_bytes(b)",
        "with Path('model.pkl').open('wb') as f:\n    f.write(b)",
        "model.save(path='model.pkl')",
        "a.b, c = 1, 2\nx: str = 'y'\ndf.to_pickle('model.pkl')",
    ],
)
def test_model_that_is_written_is_found(code: str) -> None:
    assert trained(code) == ("model.pkl",)


@pytest.mark.parametrize(
    "code",
    [
        "joblib.load('model.pkl')",
        "open('model.pkl', 'rb')",
        "open('model.pkl')",
        "joblib.dump(m, 'notes.txt')",
        "f()('model.pkl')",
        "open('model.pkl', mode)",
    ],
)
def test_model_that_is_not_written_is_none(code: str) -> None:
    assert trained(code) == ()


@pytest.mark.parametrize("code", ["joblib.load('a/m.sav')", "pickle.load(open('a/m.sav', 'rb'))"])
def test_model_that_is_read_is_found(code: str) -> None:
    assert script_of(cells(code), is_training=False).models == ("a/m.sav",)
    assert is_same_model("a/m.sav", "m.sav")


def test_script_keeps_python_and_translates_the_rest() -> None:
    script = script_of(
        cells(
            "import os\n%matplotlib inline\n!mkdir -p data\nfiles = !ls data\n%time x = 1",
            "!pip install six\n!echo {x} $HOME\nx?\nprint(x)",
        ),
        is_training=True,
    )

    assert script.text == (
        "import subprocess\n\n"
        "# cell 1\nimport os\npass\nsubprocess.run('mkdir -p data', shell=True, check=True)\n"
        "files = subprocess.run('ls data', shell=True, check=True, capture_output=True, text=True)"
        ".stdout.splitlines()\nx = 1\n\n\n"
        "# cell 2\npass\npass\npass\nprint(x)\n"
    )
    assert script.cells == (0, 1)
    assert script.missing == ()
    assert list(script.notes) == [
        "Cell 1, line 2: '%matplotlib inline' is left out.",
        "Cell 1, line 3: '!mkdir -p data' runs in a shell.",
        "Cell 1, line 4: 'files = !ls data' runs in a shell.",
        "Cell 1, line 5: '%time x = 1' is 'x = 1' in the script.",
        "Cell 2, line 1: '!pip install six' is left out.",
        "Cell 2, line 2: '!echo {x} $HOME' is left out.",
        "Cell 2, line 3: 'x?' is left out.",
    ]


def test_script_says_what_it_reads_and_does_not_define() -> None:
    script = script_of(cells("if flag:\n    df = 1\nprint(df, other)"), is_training=True)

    assert script.missing == ("flag", "other")


def test_script_is_refused_when_a_cell_is_not_python() -> None:
    with pytest.raises(UnreadableCodeError, match="cell 2 is not Python"):
        script_of(cells("x = 1", "x ="), is_training=True)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (
            "class A:\n    def predict(self, X, names): ...",
            SeldonClass("A", ("predict",)),
        ),
        (
            "class A:\n    def help(self): ...\nclass B:\n    x = 1\n"
            "    def __init__(self, path, size=1, *, key, other=2): ...\n"
            "    def transform_input(self, X): ...\nclass C(B): ...",
            SeldonClass("B", ("__init__", "transform_input"), ("path", "key")),
        ),
        (
            "class A:\n    def __init__(self, model): ...\n    def predict(self, X): ...",
            SeldonClass("A", ("__init__", "predict"), ("model",)),
        ),
        ("class A:\n    def fit(self, X): ...", None),
        ("x = 1", None),
    ],
)
def test_class_is_the_one_that_serves(code: str, found: SeldonClass | None) -> None:
    assert class_of(script_of(cells(code), is_training=False)) == found


def test_definers_are_the_cells_that_define_a_name() -> None:
    notebook = Notebook(cells("import numpy as np", "x =", "x, y = 1, 2", "x = 3"), {})

    assert definers_of(("x", "np", "gone"), notebook) == {"x": (2, 3), "np": (0,)}
