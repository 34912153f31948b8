from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from msgspec.structs import replace

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.split import (
    Definition,
    Fragment,
    Generator,
    PlannedStep,
    StepCell,
    Taking,
)
from aidevsecops_ext.formats.definitions_module import DefinitionsModule
from aidevsecops_ext.formats.step_notebook import StepPlace, write_step_notebook
from tests.kits.step_runs import python

_PLACE = StepPlace("work/nb.ipynb", "work/nb-fit.ipynb", "work/artifacts/nb")


def _notebook(*cells: Json, **metadata: Json) -> dict[str, Json]:
    return {"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _code(source: Json, **more: Json) -> dict[str, Json]:
    return {"cell_type": "code", "source": source, "outputs": [{"old": 1}], "metadata": {}, **more}


def _step(*body: StepCell, **more: object) -> PlannedStep:
    cells = tuple(cell.index for cell in body)
    return replace(PlannedStep("fit", "Fit", cells, body), **more)


def _cells(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)["cells"]
    assert isinstance(found, list)
    return found


def _shown(text: str, *, with_functions: bool = False) -> list[tuple[str, str]]:
    """Role and source of each cell, long generated functions left out."""
    return [
        (cell["metadata"]["aidevsecops"]["role"], "".join(cell["source"]))
        for cell in _cells(text)
        if with_functions or "jupyter" not in cell["metadata"]
    ]


_FULL = _step(
    StepCell(3, "model = Model(rows)"),
    StepCell(4, ""),
    cells=(2, 3, 4),
    takes=(Taking("load", ("rows",), (Generator.NUMPY,)), Taking("more", ("limit",))),
    outputs=("model",),
    upstream=("load", "more", "seen"),
    parameters=(StepCell(1, "rate = 1"), StepCell(5, "size = 2")),
    imports=(Fragment("import os", 0, 1), Fragment("import pandas as pd", 2, 1)),
    settings=(
        Fragment("os.environ['A'] = '1'", 0, 2),
        Fragment("pd.set_option('a', limit)", 3, 1),
        Fragment("pd.set_option('b', 1)", 4, 1),
    ),
    definitions=(Definition("Model", "class Model: ...", 0, 3), Definition("f", "f = 1", 2, 1)),
)
_SOURCE = _notebook(
    _code("import os"),
    _code("rate = 1"),
    {"cell_type": "markdown", "source": ["# Fit\n", "it"], "attachments": {"a.png": {"x": "y"}}},
    _code("model = Model(rows)", id="c-3", metadata={"tags": ["slow"], "ExecuteTime": {"s": 1}}),
    kernelspec={"name": "python3", "display_name": "Python 3"},
    language_info={"name": "python"},
    widgets={"state": {}},
)


def test_cells_come_in_the_order_in_which_they_matter() -> None:
    shown = _shown(write_step_notebook(_FULL, _SOURCE, _PLACE))

    assert [role for role, _ in shown] == [
        *("header", "place", "imports", "settings", "imports", "definitions"),
        *("read", "parameters", "settings", "source", "source", "write"),
    ]
    assert [source for _, source in shown][2:] == [
        "import os",
        "os.environ['A'] = '1'",
        "import pandas as pd",
        "class Model: ...\n\n\nf = 1",
        "_read_step('load', ['rows'], generators=['numpy'])\n_read_step('more', ['limit'])",
        "rate = 1\n\nsize = 2",
        "pd.set_option('a', limit)\npd.set_option('b', 1)",
        "# Fit\nit",
        "model = Model(rows)",
        "_write_step('fit', {'model': 'cell 4'})",
    ]


def test_header_says_where_the_step_comes_from() -> None:
    text = write_step_notebook(_FULL, _SOURCE, _PLACE)

    assert _shown(text)[0][1] == (
        "Step **fit** of [nb.ipynb](nb.ipynb): its cells 3–5.\n"
        "It reads what `load`, `more` wrote.\n"
        "It runs after `seen`.\n"
        "Made by AIDevSecOps; once edited, it is not written over."
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [((), "none of its cells"), ((2,), "its cell 3"), ((0, 1, 4), "its cells 1–2, 5")],
)
def test_header_counts_cells_as_people_do(cells: tuple[int, ...], said: str) -> None:
    place = StepPlace("a b_1/n[1].ipynb", "a b_1/out/s.ipynb", "a b_1/artifacts/n")

    text = write_step_notebook(_step(cells=cells), _notebook(), place)

    assert _shown(text)[0][1].startswith(
        f"Step **fit** of [n\\[1\\].ipynb](../n%5B1%5D.ipynb): {said}."
    )


def test_notebook_is_valid_and_the_same_each_time() -> None:
    text = write_step_notebook(_FULL, _SOURCE, _PLACE)

    assert write_step_notebook(_FULL, _SOURCE, _PLACE) == text
    nbformat.validate(json.loads(text))
    assert text.endswith("}\n")
    assert text.startswith('{\n "cells": [\n')
    ids = [cell["id"] for cell in _cells(text)]
    assert len(set(ids)) == len(ids)
    assert json.loads(text)["metadata"].keys() == {"aidevsecops", "kernelspec", "language_info"}


def test_cells_of_the_notebook_keep_tags_and_ids_but_nothing_of_runs() -> None:
    cells = {cell["id"]: cell for cell in _cells(write_step_notebook(_FULL, _SOURCE, _PLACE))}

    assert cells["c-3"]["metadata"] == {
        "aidevsecops": {"cell": 3, "role": "source"},
        "tags": ["slow"],
    }
    assert cells["c-3"]["outputs"] == []
    assert cells["cell-2"]["attachments"] == {"a.png": {"x": "y"}}
    assert cells["parameters"]["metadata"] == {
        "aidevsecops": {"cell": 1, "role": "parameters"},
        "tags": ["parameters"],
    }


def test_ids_differ_when_the_notebook_has_those_of_generated_cells() -> None:
    source = _notebook(_code("x", id="header"), _code("y", id="header"), _code("z", id="no id"))
    body = (StepCell(0, "x"), StepCell(1, "y"), StepCell(2, "z"), StepCell(9, "not there"))

    cells = _cells(write_step_notebook(_step(*body), source, _PLACE))

    assert [cell["id"] for cell in cells] == [
        *("header", "header-2", "header-3", "cell-2", "cell-9"),
    ]


@pytest.mark.parametrize("source", [{}, {"cells": 1, "metadata": 1}, _notebook(1, None)])
def test_step_is_written_when_the_notebook_is_odd(source: Mapping[str, Json]) -> None:
    text = write_step_notebook(_step(StepCell(0, "x")), source, _PLACE)

    assert _shown(text)[1] == ("source", "x")


def test_text_is_written_as_an_escape_when_utf_8_has_no_place_for_it() -> None:
    text = write_step_notebook(_step(StepCell(0, "x = 'é\ud800'")), _notebook(), _PLACE)

    assert "\\ud800" in text
    assert _shown(text)[1] == ("source", "x = 'é\ud800'")


def test_magics_of_a_cell_stay_alone_when_settings_are_repeated() -> None:
    settings = (Fragment("%matplotlib inline", 0, 1), Fragment("%%capture\nf()", 1, 1))

    text = write_step_notebook(_step(settings=settings), _notebook(), _PLACE)

    assert _shown(text)[1:] == [
        ("settings", "%matplotlib inline"),
        ("settings", "%%capture\nf()"),
    ]


def test_setting_that_cannot_be_read_comes_first() -> None:
    step = _step(settings=(Fragment("x = (", 0, 1),), parameters=(StepCell(1, "y = ("),))

    shown = _shown(write_step_notebook(step, _notebook(), _PLACE))

    assert [role for role, _ in shown] == ["header", "settings", "parameters"]


def test_definitions_come_from_the_module_when_there_is_one() -> None:
    place = StepPlace(*(_PLACE.notebook, _PLACE.step, _PLACE.artifacts),
                      module=DefinitionsModule("nb_shared", "", ("Model", "other")))  # fmt: skip

    shown = _shown(write_step_notebook(_FULL, _SOURCE, place))

    assert [source for role, source in shown if role == "definitions"] == [
        "from nb_shared import Model",
        "f = 1",
    ]


def test_no_cell_finds_folders_when_nothing_crosses_and_the_step_is_beside() -> None:
    assert _shown(write_step_notebook(_step(), _notebook(), _PLACE))[1:] == []


def test_functions_are_folded_and_before_their_calls() -> None:
    cells = _cells(write_step_notebook(_FULL, _SOURCE, _PLACE))

    folded = [c["id"] for c in cells if c["metadata"].get("jupyter") == {"source_hidden": True}]
    assert folded == ["read", "write"]
    assert [cell["id"] for cell in cells][-2:] == ["write", "write-2"]


def _run(text: str, folder: Path, *, is_kernel: bool) -> str:
    """What the code cells print, run one after another in a new process."""
    # A kernel finds modules where it is; what else runs a notebook may not.
    head = "import sys\nsys.path.insert(0, '')\n" if is_kernel else ""
    code = head + "\n".join("".join(c["source"]) for c in _cells(text) if c["cell_type"] == "code")
    with python(folder) as process:
        ran = process.run(code)
    assert ran.error is None, ran.error
    return ran.printed


@pytest.mark.parametrize("out", ["work", "work/steps", "elsewhere"])
def test_steps_do_what_the_notebook_does_when_they_run_apart(tmp_path: Path, out: str) -> None:
    (tmp_path / "work" / "data").mkdir(parents=True)
    (tmp_path / out).mkdir(exist_ok=True)
    (tmp_path / "work" / "local.py").write_text("def label(n):\n    return f'n{n}'\n")
    setting = Fragment("os.chdir('data')", 0, 2)
    load = _step(
        StepCell(0, "random.seed(4)\nos.chdir('data')\nrows = [label(n) for n in range(3)]"),
        outputs=("rows",),
        imports=tuple(Fragment(f"import {name}", 0, 1) for name in ("os", "random"))
        + (Fragment("from local import label", 0, 1),),
        generators=(Generator.PYTHON,),
    )
    fit = _step(
        StepCell(1, "open('out.txt', 'w').write(str(rows))\nprint(rows, random.random())"),
        takes=(Taking("fit", ("rows",), (Generator.PYTHON,)),),
        imports=tuple(Fragment(f"import {name}", 0, 1) for name in ("os", "random")),
        settings=(setting,),
    )
    place = StepPlace("work/nb.ipynb", f"{out}/nb-fit.ipynb", "work/artifacts/nb")

    is_kernel = out == "work"
    _run(write_step_notebook(load, _notebook(), place), tmp_path / out, is_kernel=is_kernel)
    text = write_step_notebook(fit, _notebook(), place)
    printed = _run(text, tmp_path / out, is_kernel=is_kernel)

    assert printed == "['n0', 'n1', 'n2'] 0.23604808973743452\n"
    assert (tmp_path / "work" / "data" / "out.txt").exists()
    assert (tmp_path / "work" / "artifacts" / "nb" / "fit" / "manifest.json").exists()
