"""Reading notebooks: tolerant of what real ones hold, clear about what is not one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.notebook import Cell, CellKind, Notebook
from aidevsecops_ext.formats.notebook_json import parse, parse_json
from tests.kits.corpus import needs_corpus, notebooks


def text_of(**changes: Json) -> str:
    notebook: dict[str, Json] = {
        "cells": [],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps({**notebook, **changes})


def test_parse_answers_an_empty_notebook_when_it_is_fresh() -> None:
    notebook = parse(text_of(), "nb.ipynb")

    assert notebook == Notebook((), {})
    assert notebook.is_python


def test_parse_reads_cells_when_sources_are_lists_or_texts() -> None:
    cells: Json = [
        {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Title"},
        {
            "cell_type": "code",
            "metadata": {"tags": ["parameters", 3]},
            "source": ["import a\n", "a.b()"],
            "outputs": [],
        },
        {"cell_type": "raw", "id": 5, "metadata": {"tags": "odd"}},
    ]

    notebook = parse(text_of(cells=cells), "nb.ipynb")

    assert notebook.cells == (
        Cell(0, CellKind.MARKDOWN, "# Title", "a"),
        Cell(1, CellKind.CODE, "import a\na.b()", None, ("parameters",)),
        Cell(2, CellKind.RAW, ""),
    )


@pytest.mark.parametrize(
    ("metadata", "language", "kernel"),
    [
        ({}, None, None),
        ({"kernelspec": {"language": "Python", "name": "py"}}, "python", "py"),
        ({"kernelspec": {"name": ""}, "language_info": {"name": "R"}}, "r", None),
        ({"kernelspec": {"language": "julia"}, "language_info": {"name": "r"}}, "julia", None),
        ({"kernelspec": {"language": " "}, "language_info": {"name": "ipython3"}}, "python", None),
        ({"kernelspec": None, "language_info": []}, None, None),
    ],
)
def test_parse_finds_the_language_when_the_metadata_say(
    metadata: Json, language: str | None, kernel: str | None
) -> None:
    notebook = parse(text_of(metadata=metadata), "nb.ipynb")

    assert (notebook.language, notebook.kernel_name) == (language, kernel)


def test_parse_reads_the_notebook_when_it_begins_with_a_byte_order_mark() -> None:
    assert parse("\ufeff" + text_of(), "nb.ipynb").cells == ()


def test_parse_answers_empty_metadata_when_there_are_none() -> None:
    assert parse('{"nbformat": 4, "cells": []}', "nb.ipynb").metadata == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON: Expecting value at line 1, column 1"),
        ('{\n "cells": [\n  oops]}', "is not JSON: Expecting value at line 3, column 3"),
        ("[" * 200_000, "is nested too deeply"),
        ('{"a":' * 200_000, "is nested too deeply"),
        ('{"nbformat": ' + "4" * 5000 + "}", "holds what cannot be read (Exceeds the limit"),
        ("[]", "it is not an object"),
        ('"text"', "it is not an object"),
        ("{}", "it has no number 'nbformat'"),
        ('{"nbformat": "4"}', "it has no number 'nbformat'"),
        ('{"nbformat": true}', "it has no number 'nbformat'"),
        ('{"nbformat": 4}', "it has no list of cells"),
        (text_of(metadata=[]), "its metadata are not an object"),
        (text_of(cells=["x"]), "cell 1: it is not an object"),
        (text_of(cells=[{"cell_type": "heading"}]), "cell 1: 'heading' is not a type of cell"),
        (text_of(cells=[{"cell_type": "code", "source": 1}]), "neither a text nor a list"),
        (text_of(cells=[{"cell_type": "code", "source": [1]}]), "something that is not a text"),
    ],
)
def test_parse_says_where_when_the_text_is_not_a_notebook(text: str, words: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text, "folder/nb.ipynb")

    assert caught.value.code is ErrorCode.NOTEBOOK_INVALID
    assert caught.value.message.startswith("folder/nb.ipynb is ") or words.startswith("holds")
    assert words in caught.value.message
    assert caught.value.details["notebook"] == "folder/nb.ipynb"


def test_parse_gives_the_position_for_machines_when_the_text_is_not_json() -> None:
    with pytest.raises(UserError) as caught:
        parse('{\n "cells": [\n  oops]}', "nb.ipynb")

    assert caught.value.details["position"] == "3:3"


@pytest.mark.parametrize(("number", "hint"), [(3, "--nbformat 4"), (5, "newer Jupyter")])
def test_parse_refuses_when_the_format_is_another(number: int, hint: str) -> None:
    with pytest.raises(RefusedError, match=f"a notebook of format {number}") as caught:
        parse(json.dumps({"nbformat": number, "worksheets": []}), "nb.ipynb")

    assert caught.value.code is ErrorCode.NOTEBOOK_UNSUPPORTED_FORMAT
    assert hint in caught.value.hint


def test_parse_json_reads_the_same_when_an_editor_sends_the_notebook() -> None:
    text = text_of(cells=[{"cell_type": "code", "source": "import a"}])

    assert parse_json(json.loads(text), "nb.ipynb") == parse(text, "nb.ipynb")


@needs_corpus
@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.name)
def test_parse_reads_every_cell_when_the_notebook_is_real(path: Path) -> None:
    raw = json.loads(path.read_bytes())

    notebook = parse(path.read_text(encoding="utf-8"), path.name)

    assert notebook.is_python
    assert [cell.source for cell in notebook.cells] == [
        "".join(cell["source"]) for cell in raw["cells"]
    ]


@pytest.mark.parametrize(("count", "known"), [(3, 3), (None, None), (True, None), ("3", None)])
def test_parse_knows_when_a_cell_was_run(count: Json, known: int | None) -> None:
    cell: Json = {"cell_type": "code", "source": "", "execution_count": count}

    notebook = parse_json({"nbformat": 4, "cells": [cell]}, "a.ipynb")

    assert notebook.cells[0].execution_count == known
