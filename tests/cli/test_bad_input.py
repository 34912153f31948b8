"""Bad input: a clear message, a non-zero exit, and every file as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aidevsecops_ext.domain.errors import (
    AidevsecopsError,
    ErrorCode,
    OutsideFailedError,
    TimedOutError,
)
from tests.cli.conftest import Terminal
from tests.fakes.resolver import FakeResolver
from tests.kits.notebooks import notebook_text

COMMANDS = [
    ["discover"],
    ["check"],
    ["show"],
    ["lock"],
    ["requirements", "--add", "numpy"],
]


def state(folder: Path) -> dict[str, bytes | None]:
    """Every file below the folder with its content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
        if not path.is_fifo()
    }


def version(number: int) -> str:
    return json.dumps({"nbformat": number, "worksheets": [], "cells": [], "metadata": {}})


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("content", "expected", "words"),
    [
        (b"print('a script')", ("notebook.invalid", 2), "is not JSON"),
        (b'{"cells": [', ("notebook.invalid", 2), "line 1, column"),
        (b'{"a": 1}', ("notebook.invalid", 2), "but not a notebook"),
        (b"", ("notebook.invalid", 2), "is not JSON"),
        (b"[" * 100_000, ("notebook.invalid", 2), "nested too deeply"),
        (b"\xff\xfe{}", ("notebook.invalid", 2), "not a text in UTF-8"),
        (version(3).encode(), ("notebook.unsupported-format", 3), "format 3"),
        (version(5).encode(), ("notebook.unsupported-format", 3), "format 5"),
    ],
)
def test_command_refuses_when_the_file_is_not_a_notebook(
    terminal: Terminal,
    command: list[str],
    content: bytes,
    expected: tuple[str, int],
    words: str,
) -> None:
    (terminal.folder / "nb.ipynb").write_bytes(content)
    before = state(terminal.folder)

    result = terminal.run(command[0], "nb.ipynb", *command[1:])
    answer = terminal.json(command[0], "nb.ipynb", *command[1:])

    error = (answer[0] if isinstance(answer, list) else answer)["error"]
    assert (error["code"], result.exit_code) == expected
    assert words in result.stderr
    assert words in error["message"]
    assert "Traceback" not in result.output
    assert state(terminal.folder) == before


def too_large(folder: Path) -> str:
    path = folder / "large.ipynb"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    return path.name


def link_out(folder: Path) -> str:
    outside = folder.parent / "outside.ipynb"
    outside.write_text(notebook_text())
    (folder / "link.ipynb").symlink_to(outside)
    return "link.ipynb"


def a_pipe(folder: Path) -> str:
    os.mkfifo(folder / "pipe.ipynb")
    return "pipe.ipynb"


def nothing(folder: Path) -> str:
    return (folder / "absent.ipynb").name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("make", "code", "exit_code"),
    [
        (too_large, "notebook.too-large", 3),
        (link_out, "notebook.outside-root", 3),
        (a_pipe, "notebook.unreadable", 3),
        (nothing, "notebook.not-found", 2),
    ],
)
def test_command_refuses_when_the_path_cannot_be_used(
    terminal: Terminal,
    command: list[str],
    make: Callable[[Path], str],
    code: str,
    exit_code: int,
) -> None:
    name = make(terminal.folder)
    before = state(terminal.folder.parent)

    answer = terminal.json(command[0], name, *command[1:])
    result = terminal.run(command[0], name, *command[1:])

    error = (answer[0] if isinstance(answer, list) else answer)["error"]
    assert (error["code"], result.exit_code) == (code, exit_code)
    assert name in result.stderr
    assert state(terminal.folder.parent) == before


@pytest.mark.parametrize(
    ("command", "exit_code"),
    [(["discover"], 3), (["check"], 1), (["show"], 0), (["lock"], 3), (COMMANDS[4], 3)],
)
def test_command_refuses_or_says_so_when_the_language_is_another(
    terminal: Terminal, command: list[str], exit_code: int
) -> None:
    path = terminal.write("nb.ipynb", notebook_text(language_info={"name": "R"}))
    before = path.read_bytes()

    result = terminal.run(command[0], "nb.ipynb", *command[1:])

    assert result.exit_code == exit_code
    assert "only Python" in result.output
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "error",
    [
        OutsideFailedError(ErrorCode.LOCK_INDEX_UNREACHABLE, "The index cannot be reached."),
        TimedOutError(ErrorCode.LOCK_TIMED_OUT, "The index did not answer."),
    ],
)
def test_lock_fails_and_leaves_the_file_when_the_index_does(
    terminal: Terminal, error: AidevsecopsError
) -> None:
    path = terminal.write("nb.ipynb", notebook_text(["import numpy"]))
    terminal.resolver = FakeResolver(error=error)

    result = terminal.run("lock", "nb.ipynb")

    assert result.exit_code == 4
    assert f"nb.ipynb: Error: {error.message}" in result.stderr
    assert path.read_text() == notebook_text(["import numpy"])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_command_refuses_when_a_folder_has_no_notebooks(
    terminal: Terminal, command: list[str]
) -> None:
    result = terminal.run(command[0], ".", *command[1:])

    assert result.exit_code == 2
    assert "There is no notebook in ." in result.stderr


def test_lock_fails_and_leaves_the_file_when_it_is_read_only(terminal: Terminal) -> None:
    path = terminal.write("nb.ipynb", notebook_text(["import numpy"]))
    path.chmod(0o444)

    result = terminal.run("lock", "nb.ipynb")

    assert result.exit_code == 4
    assert "it is read-only. It is as it was." in result.stderr
    assert state(terminal.folder) == {"nb.ipynb": notebook_text(["import numpy"]).encode()}
