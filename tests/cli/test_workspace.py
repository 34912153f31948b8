"""Which folder a notebook is used from, and what it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.cli.workspace import Workspace
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import NotFoundError
from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text


def workspace(terminal: Terminal, folder: Path | None = None) -> Workspace:
    return Workspace(folder or terminal.folder, Settings(), terminal.services)


def named(found: Workspace, *names: str) -> list[tuple[str, str]]:
    return [(notebook.path, notebook.shown) for notebook in found.find(names)]


def test_workspace_uses_the_current_folder_when_there_is_no_repository(
    terminal: Terminal,
) -> None:
    terminal.write("a/nb.ipynb", notebook_text())

    assert named(workspace(terminal), "a/nb.ipynb", "./a") == [("a/nb.ipynb", "a/nb.ipynb")]
    assert terminal.roots == [terminal.folder]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_workspace_uses_the_repository_when_the_folder_is_in_one(
    terminal: Terminal, kind: str
) -> None:
    marker = terminal.folder / ".git"
    marker.mkdir() if kind == "folder" else marker.write_text("gitdir: elsewhere")
    terminal.write("a/b/nb.ipynb", notebook_text())
    terminal.write("top.ipynb", notebook_text())

    found = named(workspace(terminal, terminal.folder / "a"), "b/nb.ipynb", "../top.ipynb")

    assert found == [("a/b/nb.ipynb", "b/nb.ipynb"), ("top.ipynb", "../top.ipynb")]
    assert terminal.roots == [terminal.folder]


def test_workspace_uses_a_notebook_s_own_folder_when_it_is_elsewhere(terminal: Terminal) -> None:
    other = terminal.folder.parent / "other"
    other.mkdir()
    for name in ("a.ipynb", "b.ipynb"):
        (other / name).write_text(notebook_text())

    found = workspace(terminal)

    absolute = [(name, str(other / name)) for name in ("a.ipynb", "b.ipynb")]
    assert named(found, str(other / "a.ipynb"), f"{other}/*.ipynb") == absolute
    assert named(found, str(other)) == absolute
    assert named(found, "../other/a.ipynb") == [("a.ipynb", "../other/a.ipynb")]
    assert named(found, f"{other.parent}/*/a.ipynb") == [("other/a.ipynb", str(other / "a.ipynb"))]
    assert terminal.roots == [other, other.parent]


def test_workspace_uses_the_repository_around_when_a_notebook_is_in_another(
    terminal: Terminal,
) -> None:
    other = terminal.folder.parent / "other"
    (other / ".git").mkdir(parents=True)
    (other / "notebooks").mkdir()
    (other / "notebooks" / "nb.ipynb").write_text(notebook_text())

    found = named(workspace(terminal), "../other/notebooks/nb.ipynb")

    assert found == [("notebooks/nb.ipynb", "../other/notebooks/nb.ipynb")]
    assert terminal.roots == [other]


def test_workspace_says_so_when_a_pattern_elsewhere_matches_nothing(terminal: Terminal) -> None:
    with pytest.raises(NotFoundError, match="There is no notebook in"):
        workspace(terminal).find(["/nowhere/*/x*.ipynb"])


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["nb.ipynb"], True),
        (["absent.ipynb"], True),
        (["notes [1].ipynb"], True),
        (["nb.ipynb", "nb.ipynb"], False),
        (["."], False),
        (["*.ipynb"], False),
    ],
)
def test_is_one_tells_a_path_from_folders_and_patterns(
    terminal: Terminal, names: list[str], expected: bool
) -> None:
    terminal.write("nb.ipynb", "")
    terminal.write("notes [1].ipynb", "")

    assert workspace(terminal).is_one(names) is expected
