"""The group of commands: help, mistakes and interrupts in words."""

from __future__ import annotations

import logging

import click
import pytest
from click.testing import CliRunner

from aidevsecops_ext._version import __version__
from aidevsecops_ext.cli import main as cli_main
from aidevsecops_ext.cli.main import LazyGroup, main
from aidevsecops_ext.domain.errors import ErrorCode, NotFoundError
from tests.cli.conftest import Terminal
from tests.kits.notebooks import notebook_text


def group_raising(error: BaseException) -> click.Group:
    class Raising(LazyGroup):
        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            del ctx

            def fail() -> None:
                raise error

            return click.Command(cmd_name, callback=fail)

    return Raising("aidevsecops")


def test_help_lists_every_command_with_its_own_first_sentence() -> None:
    listed = CliRunner().invoke(main, ["--help"]).stdout

    context = click.Context(main)
    names = main.list_commands(context)
    assert names[:4] == ["discover", "requirements", "lock", "check"]
    assert {"show", "convert", "export", "import"} <= set(names)
    for name in names:
        command = main.get_command(context, name)
        assert command is not None
        assert f"  {name}  " in listed
        assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_version_is_the_package_s() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout.strip().endswith(__version__)


@pytest.mark.parametrize("arguments", [["lok"], ["lock"], ["discover", "nb.ipynb", "--nope"]])
def test_command_is_refused_when_it_is_used_wrongly(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2
    assert "Usage:" in result.stderr


@pytest.mark.parametrize(
    ("error", "exit_code", "words"),
    [
        (NotFoundError(ErrorCode.NOTEBOOK_NOT_FOUND, "No.", hint="Look."), 2, "Error: No.\nHint"),
        (KeyboardInterrupt(), 130, "Error: Cancelled."),
        (ZeroDivisionError("oh"), 4, "Unexpected error (ZeroDivisionError: oh)"),
        (click.UsageError("wrong"), 2, "wrong"),
    ],
)
def test_group_answers_in_words_when_a_command_raises(
    error: BaseException, exit_code: int, words: str
) -> None:
    result = CliRunner().invoke(group_raising(error), ["x"])

    assert result.exit_code == exit_code
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_main_logs_the_details_when_debugging(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIDEVSECOPS_DEBUG", "1")
    terminal.write("nb.ipynb", notebook_text())
    root = logging.getLogger()
    before = (root.level, [*root.handlers])
    root.handlers.clear()

    terminal.run("discover", "nb.ipynb")
    level = root.level

    root.setLevel(before[0])
    root.handlers[:] = before[1]
    assert level == logging.DEBUG


def test_module_offers_the_group_under_the_name_of_the_script() -> None:
    assert isinstance(cli_main.main, click.Group)
