"""What a magic does around the command that it runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import aidevsecops_ext
from aidevsecops_ext.magics.running import MagicFailedError
from tests.kits.notebooks import notebook_text

from .shells import FakeShell, saved

ADD = "%aidevsecops requirements --add pandas"


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notebook that this kernel runs, with cells that use magics."""
    monkeypatch.chdir(tmp_path)
    path = saved(tmp_path / "nb.ipynb", "import json", ADD, "%horus requirements --add pandas")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    return path


def run(cell: str, cell_id: str | None = None) -> FakeShell:
    """The shell after it ran a cell of one magic."""
    shell = FakeShell(cell, cell_id)
    aidevsecops_ext.load_ipython_extension(shell)
    name, _, line = cell.removeprefix("%").partition(" ")
    shell.magics[name](line)
    return shell


def declared(path: Path) -> object:
    return json.loads(path.read_text())["metadata"].get("requirements")


@pytest.mark.parametrize("cell", [ADD, "%horus requirements --add pandas"])
def test_magic_changes_its_notebook_and_says_so(
    notebook: Path, capsys: pytest.CaptureFixture[str], cell: str
) -> None:
    shell = run(cell)

    assert "pandas" in str(declared(notebook))
    assert "Reload Notebook from Disk" in capsys.readouterr().err
    assert shell.user_ns["_exit_code"] == 0


@pytest.mark.parametrize("cell_id", [None, "cell-0", "no-such-cell"])
def test_magic_writes_nothing_when_the_cell_is_not_saved(
    notebook: Path, capsys: pytest.CaptureFixture[str], cell_id: str | None
) -> None:
    before = notebook.read_bytes()

    with pytest.raises(MagicFailedError, match="exit status 3"):
        run("%aidevsecops requirements --add numpy", cell_id)

    assert notebook.read_bytes() == before
    assert "not saved" in capsys.readouterr().err


@pytest.mark.parametrize("named", ["nb.ipynb", ".", "*.ipynb"])
def test_magic_writes_nothing_either_when_its_notebook_is_named(notebook: Path, named: str) -> None:
    before = notebook.read_bytes()

    with pytest.raises(MagicFailedError):
        run(f"%aidevsecops convert {named}")

    assert notebook.read_bytes() == before


def test_magic_says_that_it_read_what_was_saved(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = notebook.read_bytes()

    run("%aidevsecops discover --offline")

    printed = capsys.readouterr()
    assert printed.out.startswith("nb.ipynb")
    assert "read as it was last saved" in printed.err
    assert notebook.read_bytes() == before


def test_magic_works_on_another_notebook_when_that_is_named(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = notebook.with_name("other.ipynb")
    other.write_text(notebook_text())

    run("%aidevsecops requirements other.ipynb --add six")

    assert "six" in str(declared(other))
    assert capsys.readouterr().err == ""


def test_magic_does_not_fail_on_findings(notebook: Path) -> None:
    shell = run("%aidevsecops check --offline")

    assert notebook.exists()
    assert shell.user_ns["_exit_code"] == 1


def test_magic_asks_for_a_name_when_no_notebook_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)

    with pytest.raises(MagicFailedError):
        run("%aidevsecops lock --dry-run")

    assert "Name it: %aidevsecops lock NOTEBOOK.ipynb --dry-run" in capsys.readouterr().err


def test_magic_says_that_its_notebook_is_gone(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook.unlink()

    with pytest.raises(MagicFailedError):
        run("%aidevsecops check")

    assert "Restart the kernel after a rename" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('%aidevsecops lock "', "No closing quotation"),
        ("%horus log", "no counterpart"),
        ("%aidevsecops nonsense", "No such command"),
        ("%aidevsecops kernel check none", "none"),
    ],
)
def test_magic_fails_in_words(
    notebook: Path, capsys: pytest.CaptureFixture[str], cell: str, said: str
) -> None:
    assert notebook.exists()

    with pytest.raises(MagicFailedError) as caught:
        run(cell)

    assert said in capsys.readouterr().err
    assert caught.value._render_traceback_() == [str(caught.value)]


def test_old_magic_says_what_it_is_called_now_and_what_is_left_out(
    notebook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert notebook.exists()

    run("%horus list-kernels --force")

    said = capsys.readouterr().err
    assert said.startswith("%aidevsecops kernel list\nNote: --force is not needed")


def test_magic_shows_help_when_the_line_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    shell = run("%aidevsecops")

    assert "Usage: %aidevsecops [OPTIONS] COMMAND" in capsys.readouterr().out
    assert shell.user_ns["_exit_code"] == 0


def test_magic_works_in_a_terminal_too(notebook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = FakeShell()
    shell.message = None
    aidevsecops_ext.load_ipython_extension(shell)

    shell.magics["aidevsecops"](f"show {notebook} --offline")

    assert "unlocked" in capsys.readouterr().out


def test_extension_leaves_a_horus_that_is_there() -> None:
    shell = FakeShell()
    shell.register_magic_function(print, "line", "horus")

    aidevsecops_ext.load_ipython_extension(shell)

    assert shell.magics["horus"] is print
