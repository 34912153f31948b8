from __future__ import annotations

import json

import pytest

from aidevsecops_ext.app.convert_installs import convert_installs
from aidevsecops_ext.domain.errors import RefusedError
from aidevsecops_ext.domain.notebook import CellEdit
from tests.kits.notebooks import notebook


def test_convert_installs_records_what_cells_install_and_comments_it_out() -> None:
    conversion = convert_installs(notebook(["!pip install a>=1 b", "import a"]))

    assert [requirement.to_pep508() for requirement in conversion.recorded] == ["a>=1", "b"]
    assert conversion.edit.cells == (
        CellEdit(0, "cell-0", "!pip install a>=1 b", "# !pip install a>=1 b"),
    )
    recorded = conversion.edit.metadata["requirements"]
    assert isinstance(recorded, str)
    assert json.loads(recorded)["packages"] == {"a": ">=1", "b": "*"}
    assert [(line.cell, line.line) for line in conversion.lines] == [(0, 1)]
    assert conversion.lost == ()


def test_convert_installs_keeps_what_is_declared_when_a_line_says_something_else() -> None:
    declared = json.dumps({"packages": {"a": "==1", "b": "*"}})

    conversion = convert_installs(notebook(["!pip install a==2 b"], requirements=declared))

    assert conversion.recorded == ()
    assert conversion.edit.metadata == {}
    assert len(conversion.edit.cells) == 1
    assert conversion.lost == (
        "Cell 1: 'a==2' is not taken over; the notebook asks for 'a==1' already.",
    )


def test_convert_installs_changes_nothing_when_nothing_can_be_recorded() -> None:
    conversion = convert_installs(notebook(["x = 1", "!pip install -r more.txt"]))

    assert conversion.edit.is_empty
    [sentence] = conversion.lost
    assert sentence.startswith("Cell 2: 'pip install -r more.txt' stays: ")


def test_convert_installs_is_refused_when_the_notebook_is_not_python() -> None:
    with pytest.raises(RefusedError):
        convert_installs(notebook([], kernelspec={"language": "R"}))
