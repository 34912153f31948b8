"""Texts of one character, and long lists: what reads them does not begin anew at each piece."""

from __future__ import annotations

import subprocess
import sys

import pytest

SECONDS = 20
"""Of processor time: what began anew at each character would take minutes."""

READERS = {
    "version file": (
        "from aidevsecops_ext.formats.version_files import version_in as read",
        "read('version.py', '\\n' * 400_000)",
    ),
    "changelog": (
        "from datetime import datetime",
        "from aidevsecops_ext.formats.changelog_file import ChangelogRelease, ChangelogStyle",
        "from aidevsecops_ext.formats.changelog_file import with_release as read",
        "release = ChangelogRelease('1.0.0', 'v1.0.0', datetime(2026, 11, 22), ())",
        "read(' ' * 600_000, release, ChangelogStyle.KEEP_A_CHANGELOG)",
    ),
    "commands of cells": (
        "from aidevsecops_ext.domain.cut import ChosenStep, CutBy, CutRequest",
        "from aidevsecops_ext.domain.plan import plan_split",
        "from aidevsecops_ext.domain.steps import cut",
        "from tests.kits.cut_notebooks import notebook_of",
        "lines, blanks = '\\n' * 200_000, ' ' * 100_000",
        "notebook = notebook_of(f'!ls{lines}!ls ({blanks}x', 'b = 1')",
        "steps = tuple(ChosenStep(name, (index,)) for index, name in enumerate('ab'))",
        "plan_split(notebook, cut(notebook, CutRequest(CutBy.HAND, steps=steps)))",
    ),
    "command": (
        "from aidevsecops_ext.domain.split_shell import files_of_command as read",
        "files = read('echo ' + 'a' * 2_000_000 + ' > b.txt', 1)",
        "assert [each.path for each in files if each.is_written] == ['b.txt']",
    ),
    "requirements": (
        "from aidevsecops_ext.domain.requirements import Requirement",
        "from aidevsecops_ext.formats.pipfile import empty_pipfile, with_requirements as read",
        "read(empty_pipfile(), [Requirement(f'a{number}') for number in range(20_000)])",
    ),
    "output of a cell": (
        "from aidevsecops_ext.domain.output_text import normalised as read",
        "read('a' * 200_000); read('[' * 200_000)",
    ),
}


@pytest.mark.parametrize("name", READERS)
def test_long_text_is_read_once(name: str) -> None:
    program = (
        "import resource",
        f"resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))",
        *READERS[name],
    )

    done = subprocess.run(
        [sys.executable, "-c", "\n".join(program)], capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
