"""What people and programs read on the terminal: the only place that prints there.

What a notebook, a file name or a program says is printed so that it cannot steer the terminal; only
colours of our own get through.
"""

from __future__ import annotations

import os
import sys
from io import StringIO

import click

from ..formats.visible_text import visible, visible_json, without_colours

_START = "\x1b["
# Known to this process alone, so that no text can have a colour that was not given here.
_OWN = f"\x1b{os.urandom(8).hex()}["


def echo(text: str = "", *, is_error: bool = False) -> None:
    """Print text for people, with a line end."""
    click.echo(_START.join(map(visible, text.split(_OWN))), err=is_error)


def echo_styled(
    text: str,
    *,
    fg: str | None = None,
    is_bold: bool = False,
    is_dim: bool = False,
    is_error: bool = False,
) -> None:
    """Print text for people in one style."""
    echo(styled(text, fg=fg, is_bold=is_bold, is_dim=is_dim), is_error=is_error)


def styled(text: str, *, fg: str | None = None, is_bold: bool = False, is_dim: bool = False) -> str:
    """The text in a style, to be a part of what is printed."""
    style = click.style("\0", fg=fg, bold=is_bold or None, dim=is_dim or None)
    return style.replace(_START, _OWN).replace("\0", text)


def echo_logged(line: str) -> None:
    """Print a line that a program printed."""
    echo(without_colours(line))


def echo_json(text: str) -> None:
    """Print JSON, which says the same to every program."""
    click.echo(visible_json(text))


def echo_exactly(text: str) -> None:
    """Print the text of a file or a difference of files: as it is, but for a terminal."""
    if sys.stdout.isatty():
        click.echo(visible(text), nl=False)
    else:
        # It may be somebody's file: nothing is taken for a colour and left out.
        click.echo(text, nl=False, color=True)


def print_misuse(error: click.ClickException) -> None:
    """Print what is wrong with the words of a command, as ``click`` says it."""
    said = StringIO()
    error.show(said)
    echo(said.getvalue().removesuffix("\n"), is_error=True)


def confirm(question: str) -> bool:
    """Whether the user agrees; standard output is for the answer."""
    return click.confirm(visible(question), err=True)


def ask_secret(question: str) -> str:
    """What the user types without seeing it; standard output is for the answer."""
    return str(click.prompt(visible(question), "", hide_input=True, show_default=False, err=True))
