"""``aidevsecops discover``."""

from __future__ import annotations

import json

from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from tests.cli.conftest import Terminal
from tests.fakes.package_index import FakePackageIndex
from tests.kits.notebooks import notebook_text


def test_discover_answers_the_promised_json_when_given_one_notebook(terminal: Terminal) -> None:
    terminal.write("own.py", "import rich\n")
    terminal.write(
        "nb.ipynb",
        notebook_text(
            [
                "import numpy as np\nimport own",
                "try:\n    import cv2\nexcept ImportError:\n    cv2 = None",
                "%pip install 'pandas[excel]>=2'\nimport surely_unknown_thing",
            ]
        ),
    )

    answer = terminal.json("discover", "nb.ipynb")

    assert list(answer) == ["notebook", "requirements", "unresolved", "local", "problems"]
    assert answer["notebook"] == "nb.ipynb"
    requirements = answer["requirements"]
    found = {entry["name"]: entry for entry in requirements}
    assert found["pandas"] == {
        "name": "pandas",
        "specifier": ">=2",
        "extras": ["excel"],
        "imports": [],
        "cells": [2],
        "source": "pip",
        "optional": False,
    }
    assert (found["numpy"]["cells"], found["opencv-python"]["optional"]) == ([0], True)
    assert answer["unresolved"] == [{"import": "surely_unknown_thing", "cells": [2]}]
    assert answer["local"] == [{"import": "own", "path": "own.py", "cells": [0]}]


def test_discover_prints_rows_when_asked_in_words(terminal: Terminal) -> None:
    terminal.write("own.py", "")
    terminal.write(
        "nb.ipynb",
        notebook_text(["import numpy, surely_unknown_thing, own", "def broken(:", "import numpy"]),
    )
    terminal.write("empty.ipynb", notebook_text())

    result = terminal.run("discover", "nb.ipynb", "empty.ipynb")

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[:4] == [
        "nb.ipynb",
        "  numpy  import  cells 1, 3",
        "  unresolved: surely_unknown_thing (cell 1)",
        "  local: own (own.py)",
    ]
    assert lines[4].startswith("  problem: The cell is not Python")
    assert lines[4].endswith("(cell 2, line 1)")
    assert lines[5:] == ["empty.ipynb", "  no requirements"]


def test_discover_answers_a_list_when_given_several_or_a_folder(terminal: Terminal) -> None:
    terminal.write("a/one.ipynb", notebook_text())
    terminal.write("a/.ipynb_checkpoints/one-checkpoint.ipynb", notebook_text())
    terminal.write("two.ipynb", notebook_text())

    names = [["a"], ["a", "two.ipynb"], ["**/*.ipynb"], ["two.ipynb", "two.ipynb"]]
    answers = [terminal.json("discover", *each) for each in names]

    assert [[entry["notebook"] for entry in answer] for answer in answers] == [
        ["a/one.ipynb"],
        ["a/one.ipynb", "two.ipynb"],
        ["two.ipynb", "a/one.ipynb"],
        ["two.ipynb"],
    ]


def test_discover_goes_on_when_one_notebook_fails(terminal: Terminal) -> None:
    terminal.write("a.ipynb", "{")
    terminal.write("b.ipynb", notebook_text(["import numpy"]))
    terminal.write("c.ipynb", notebook_text(language_info={"name": "R"}))

    result = terminal.run("discover", ".", "absent.ipynb")
    answer = terminal.json("discover", ".", "absent.ipynb")

    codes = [entry["error"]["code"] if "error" in entry else None for entry in answer]
    assert codes == [
        "notebook.invalid",
        None,
        "notebook.unsupported-language",
        "notebook.not-found",
    ]
    assert result.exit_code == 3
    assert "b.ipynb" in result.stdout
    assert "a.ipynb: Error: a.ipynb is not JSON" in result.stderr
    assert "Traceback" not in result.output


def test_discover_asks_the_index_once_when_notebooks_share_an_unknown_name(
    terminal: Terminal,
) -> None:
    terminal.index = FakePackageIndex("surely-unknown-thing")
    for number in range(5):
        terminal.write(f"{number}.ipynb", notebook_text(["import surely_unknown_thing"]))

    answer = terminal.json("discover", ".")

    assert len(terminal.index.asked) == 1
    assert all(not entry["unresolved"] for entry in answer)


def test_discover_asks_once_when_the_index_fails(terminal: Terminal) -> None:
    failure = OutsideFailedError(ErrorCode.LOCK_INDEX_UNREACHABLE, "No network.")
    terminal.index = FakePackageIndex(error=failure)
    for number in range(3):
        terminal.write(f"{number}.ipynb", notebook_text([f"import unknown_{number}"]))

    answer = terminal.json("discover", ".")

    assert len(terminal.index.asked) == 1
    assert [len(entry["problems"]) for entry in answer] == [1, 1, 1]


def test_discover_does_not_ask_the_index_when_offline(terminal: Terminal) -> None:
    terminal.index = FakePackageIndex("surely-unknown-thing")
    terminal.write("nb.ipynb", notebook_text(["import surely_unknown_thing"]))

    terminal.run("discover", "nb.ipynb", "--offline")

    assert terminal.index.asked == []


def test_discover_writes_one_entry_a_line_when_there_are_many(terminal: Terminal) -> None:
    for number in range(60):
        terminal.write(f"{number:02}.ipynb", notebook_text(["import numpy"]))

    result = terminal.run("discover", ".", "--json")

    lines = result.stdout.splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 62)
    assert json.loads(lines[1].rstrip(","))["notebook"] == "00.ipynb"
    assert len(json.loads(result.stdout)) == 60
