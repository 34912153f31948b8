"""What is written about the program is what the program does."""

from __future__ import annotations

import importlib.util
import json
import re
from types import ModuleType

import click
from click.testing import CliRunner

from aidevsecops_ext import __version__
from aidevsecops_ext.cli.main import main
from aidevsecops_ext.config import Settings

from .sources import ROOT

_README = ROOT / "README.md"
# A block of a terminal that begins with the command asking for help.
_HELP = re.compile(r"```(?:text|console|shell)?\n\$ (aidevsecops[^\n]*--help)\n(.*?)```", re.S)


def _generated() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generated", ROOT / "docs" / "generated.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_version_is_that_of_the_package_and_of_the_changelog() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert package["version"] == __version__
    headings = re.findall(r"^## (.+)$", changelog, re.M)
    assert any(__version__ in heading or "Unreleased" in heading for heading in headings)


def test_reference_names_every_setting() -> None:
    text = _generated().settings_reference()

    missing = [name for name in Settings.defaults() if name not in text]
    assert missing == []


def test_reference_names_every_command_of_jupyterlab() -> None:
    text = _generated().commands_reference()

    declared = re.findall(
        r"'(aidevsecops:[a-z-]+)'", (ROOT / "src" / "commandIds.ts").read_text(encoding="utf-8")
    )
    assert declared
    assert [name for name in declared if f"`{name}`" not in text] == []


def test_readme_shows_the_help_that_the_commands_print() -> None:
    blocks = _HELP.findall(_README.read_text(encoding="utf-8"))

    assert blocks
    for command, shown in blocks:
        words = command.split()[1:]
        printed = CliRunner().invoke(main, words, prog_name="aidevsecops", terminal_width=80)
        assert shown.strip() == printed.output.strip()


def test_every_command_has_a_help_text() -> None:
    with click.Context(main) as context:
        commands = {name: main.get_command(context, name) for name in main.list_commands(context)}

    silent = [name for name, command in commands.items() if command is None or not command.help]
    assert commands
    assert silent == []
