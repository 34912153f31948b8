"""``aidevsecops show --tree`` and ``--why``."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.adapters.this_machine import platform_of_this_machine
from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.tree import Need
from aidevsecops_ext.wiring import Services
from tests.cli.conftest import Terminal
from tests.fakes.package_needs import FakePackageNeeds
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.services import with_ports

LOCKED = locked_metadata(
    {"web": ">=1", "tool": "*"},
    [
        LockedPackage("escape", "2"),
        LockedPackage("left", "5"),
        LockedPackage("templates", "3"),
        LockedPackage("tool", "4"),
        LockedPackage("web", "1"),
    ],
)
NEEDS = FakePackageNeeds(
    Need("web", "templates", ">=2", "", ("fast",)),
    Need("templates", "escape", "<3", "os_name == 'posix'"),
    Need("tool", "templates"),
)


class TreeTerminal(Terminal):
    """A terminal in which it is known what packages need."""

    def services(self, root: Path, settings: Settings) -> Services:
        """The services, with what packages need."""
        return with_ports(super().services(root, settings), package_needs=NEEDS)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in a folder with a locked notebook."""
    monkeypatch.chdir(tmp_path)
    terminal = TreeTerminal(tmp_path)
    terminal.write("nb.ipynb", notebook_text([], **LOCKED))
    return terminal


def test_show_tree_prints_what_each_package_needs_once(terminal: Terminal) -> None:
    result = terminal.run("show", "nb.ipynb", "--tree")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1:] == [
        "  tool 4",
        "    templates 3",
        "      escape 2  (<3; os_name == 'posix')",
        "  web 1  (>=1)",
        "    templates 3  ([fast]>=2) (*)",
        "  asked for by nothing else:",
        "    left 5",
    ]


def test_show_why_prints_who_asks_up_to_the_notebook(terminal: Terminal) -> None:
    result = terminal.run("show", "nb.ipynb", "--why", "Escape")

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"nb.ipynb: 5 packages for {target()}",
        "  escape 2",
        "    templates 3  (<3; os_name == 'posix')",
        "      tool 4",
        "        the notebook",
        "      web 1  ([fast]>=2)",
        "        the notebook  (>=1)",
    ]


def test_show_why_says_so_when_nothing_asks_for_a_package(terminal: Terminal) -> None:
    result = terminal.run("show", "nb.ipynb", "--why", "left")

    assert "    nothing that is locked asks for it\n" in result.stdout


def test_show_tree_answers_in_json(terminal: Terminal) -> None:
    answer = terminal.json("show", "nb.ipynb", "--tree")

    assert [package["name"] for package in answer["packages"]] == [
        "escape",
        "left",
        "templates",
        "tool",
        "web",
    ]
    assert answer["packages"][0]["why"] == ["tool", "templates", "escape"]


def test_show_why_answers_in_json(terminal: Terminal) -> None:
    answer = terminal.json("show", "nb.ipynb", "--why", "templates")

    assert (answer["notebook"], answer["name"], answer["version"]) == ("nb.ipynb", "templates", "3")
    assert [edge["name"] for edge in answer["required_by"]] == ["tool", "web"]


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_show_why_ends_with_2_when_the_package_is_not_locked(
    terminal: Terminal, options: tuple[str, ...]
) -> None:
    result = terminal.run("show", "nb.ipynb", "--why", "gone", *options)

    assert result.exit_code == 2
    assert "The lock has no package 'gone'." in result.output


def test_show_tree_ends_with_3_when_there_is_no_lock(terminal: Terminal) -> None:
    terminal.write("bare.ipynb", notebook_text())

    result = terminal.run("show", "bare.ipynb", "--tree")

    assert result.exit_code == 3


def target() -> str:
    """What the notebook is locked for, in words."""
    return f"Python 3.11 on {platform_of_this_machine()}"
