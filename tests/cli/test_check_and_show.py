"""``aidevsecops check`` and ``aidevsecops show``."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.lock import LockedPackage
from tests.cli.conftest import Terminal
from tests.kits.notebooks import locked_metadata, notebook_text

NUMPY = locked_metadata({"numpy": "*"}, [LockedPackage("numpy", "2.0")])
FRESH = notebook_text(["import numpy"], **NUMPY)
DRIFTED = notebook_text(["import numpy", "import rich, surely_unknown_thing"], **NUMPY)
UNLOCKED = notebook_text(["import numpy"])
JULIA = notebook_text(["using X"], language_info={"name": "julia"})
STALE = notebook_text(
    ["import numpy"],
    **{**NUMPY, "requirements": str(NUMPY["requirements"]).replace('"*"', '"<2"')},
)


@pytest.mark.parametrize(
    ("text", "status", "codes", "exit_code"),
    [
        (FRESH, "fresh", [], 0),
        (STALE, "stale", ["requirement-changed"], 1),
        (DRIFTED, "drifted", ["missing", "unresolved"], 1),
        (UNLOCKED, "unlocked", [], 1),
        (JULIA, "unsupported", ["language"], 1),
    ],
)
def test_check_answers_the_status_when_given_a_notebook(
    terminal: Terminal, text: str, status: str, codes: list[str], exit_code: int
) -> None:
    terminal.write("nb.ipynb", text)

    answer = terminal.json("check", "nb.ipynb")
    result = terminal.run("check", "nb.ipynb")

    (entry,) = answer
    assert list(entry) == ["notebook", "status", "details"]
    assert (entry["notebook"], entry["status"]) == ("nb.ipynb", status)
    details = entry["details"]
    assert [detail["code"] for detail in details] == codes
    assert result.exit_code == exit_code
    assert result.stdout.splitlines()[0] == f"nb.ipynb: {status}"


def test_check_prints_what_is_wrong_when_a_notebook_drifted(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", DRIFTED)

    result = terminal.run("check", "nb.ipynb", "--offline")

    assert result.stdout.splitlines()[1:] == [
        "  - rich is imported (rich), but not locked. (cell 2)",
        "  i It is not known which package provides surely_unknown_thing. (cell 2)",
    ]


def test_check_ends_with_the_worst_status_when_notebooks_differ(terminal: Terminal) -> None:
    terminal.write("a.ipynb", FRESH)
    terminal.write("b.ipynb", UNLOCKED)
    assert terminal.run("check", "a.ipynb", "b.ipynb").exit_code == 1
    terminal.write("c.ipynb", notebook_text(requirements="garbage", requirements_lock="{}"))

    result = terminal.run("check", ".")

    assert result.exit_code == 2
    assert "'requirements' cannot be read" in result.stderr
    assert "a.ipynb: fresh" in result.stdout


def test_show_answers_all_there_is_when_given_a_notebook(terminal: Terminal) -> None:
    terminal.write("own.py", "")
    terminal.write("nb.ipynb", notebook_text(["import numpy, rich, own", "x ="], **NUMPY))

    answer = terminal.json("show", "nb.ipynb")
    result = terminal.run("show", "nb.ipynb")

    assert (answer["status"], answer["engine"]) == ("drifted", "pipenv")
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "nb.ipynb: drifted",
        "  - rich is imported (rich), but not locked. (cell 1)",
        "  lock: 1 packages for Python 3.11",
        "  numpy  locked 2.0  metadata  cell 1",
        "  rich   not locked  import    cell 1",
    ]
    assert lines[5:7] == [
        "  index: pypi https://index.example/simple",
        "  local: own (own.py)",
    ]
    assert lines[7].startswith("  problem: ")
    assert result.exit_code == 0


def test_show_answers_the_status_when_the_notebook_is_not_python(terminal: Terminal) -> None:
    terminal.write("nb.ipynb", JULIA)

    answer = terminal.json("show", "nb.ipynb")

    assert (answer["status"], answer["lock"]) == ("unsupported", None)
