"""``aidevsecops examples``."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.example_project import PackagedExamples
from aidevsecops_ext.app.copy_examples import ExamplePorts
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import ErrorCode, ToolMissingError
from aidevsecops_ext.wiring import Services

from .conftest import Terminal


def test_examples_are_discovered_where_the_command_says(terminal: Terminal) -> None:
    (terminal.folder / "new").mkdir()

    copied = terminal.run("examples", "new")

    *_, last = copied.stdout.splitlines()
    assert last == "Begin with: aidevsecops discover new/aidevsecops-examples/digits-pipeline.ipynb"
    assert terminal.run("discover", last.split()[-1]).exit_code == 0


@pytest.mark.parametrize("name", ["new/one", "{tmp}/elsewhere/new/one"])
def test_examples_make_the_folder_that_is_not_there(
    terminal: Terminal, tmp_path: Path, name: str
) -> None:
    folder = name.format(tmp=tmp_path)

    copied = terminal.run("examples", folder)

    assert copied.exit_code == 0, copied.output
    assert f"The examples are in {folder}/aidevsecops-examples.\n" in copied.stdout
    assert (terminal.folder / folder / "aidevsecops-examples" / ".git").is_dir()


def test_examples_do_not_go_where_a_file_is(terminal: Terminal) -> None:
    terminal.write("taken", "mine")

    beside, inside = terminal.run("examples", "taken"), terminal.run("examples", "taken/new")

    assert (beside.exit_code, inside.exit_code) == (2, 4), inside.output
    assert "'taken' is a file" in beside.stderr
    assert "taken" in inside.stderr
    assert (terminal.folder / "taken").read_text() == "mine"


def test_examples_answer_in_json(terminal: Terminal) -> None:
    assert terminal.json("examples") == {
        "folder": "aidevsecops-examples",
        "notebook": "aidevsecops-examples/digits-pipeline.ipynb",
        "problem": "",
    }
    assert terminal.json("examples")["folder"] == "aidevsecops-examples-2"


class _NoGit:
    def begin(self, folder: str, cancel: CancelToken) -> None:
        cancel.raise_if_cancelled()
        raise ToolMissingError(ErrorCode.RELEASE_NO_GIT, f"git is not installed ({folder}).")


def test_examples_say_that_they_are_no_repository(terminal: Terminal) -> None:
    services = Services(terminal.folder, Settings())
    ports = ExamplePorts(services.as_written, services.changes, PackagedExamples(), _NoGit())
    terminal.ports["example_ports"] = lambda: ports

    copied = terminal.run("examples")

    assert "no Git repository, which releases need: git is not installed (aidevs" in copied.stdout
