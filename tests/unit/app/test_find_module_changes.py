"""Warnings of calls that change what modules of the repository hold."""

from __future__ import annotations

from collections.abc import Mapping

from aidevsecops_ext.app.discover_requirements import DiscoverPorts
from aidevsecops_ext.app.discover_steps import discover_steps
from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import SplitCode
from aidevsecops_ext.domain.steps import cut
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.files import FakeFiles
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.project_modules import FakeProjectModules
from tests.kits.cut_notebooks import notebook_of

MINE = "rows = []\ndef add(row):\n    rows.append(row)\ndef get():\n    return rows\n"
FILES = {"mine.py": MINE}


def _told(*steps: str, files: Mapping[str, str] = FILES) -> list[tuple[int | None, int | None]]:
    """The cell and line of each warning of a changed module."""
    notebook = notebook_of(*((code, f"step:s{number}") for number, code in enumerate(steps)))
    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))
    ports = DiscoverPorts(
        FakeFiles(files),
        FakeInstalledPackages(),
        None,
        FakeProjectModules({"mine": "mine.py", "notes": "notes.ipynb", "gone": "gone.py"}),
    )
    found = discover_steps("nb.ipynb", notebook, plan.steps, ports, FakeCancelToken())
    return [
        (warning.cell, warning.line)
        for warning in found.warnings
        if warning.code is SplitCode.SETTING_DEPENDS
    ]


def test_find_module_changes_tells_of_a_call_that_a_later_step_can_notice() -> None:
    assert _told("import mine\nmine.add(1)", "import mine\nprint(mine.get())") == [(0, 2)]


def test_find_module_changes_tells_of_calls_in_functions_that_steps_repeat() -> None:
    steps = ("import mine as m\ndef go():\n    m.add(1)", "go()", "print(m.get())")

    assert _told(*steps) == [(0, 3)]


def test_find_module_changes_tells_of_decorators() -> None:
    steps = ("from mine import add\n@add\ndef f(): pass", "from mine import get\nget()")

    assert _told(*steps) == [(0, 2)]


def test_find_module_changes_is_silent_where_no_later_step_uses_the_module() -> None:
    assert _told("import mine\nprint(mine.get())", "import mine\nmine.add(1)\nmine.get()") == []
    assert _told("import mine\nmine.add(1)", "print(1)") == []


def test_find_module_changes_is_silent_of_what_changes_nothing() -> None:
    assert _told("import mine\n@print\ndef f(): mine.get()", "mine.get()") == []


def test_find_module_changes_passes_over_what_nobody_can_read() -> None:
    assert _told("import gone\ngone.add(1)", "gone.get()", files={}) == []
    notes = {"notes.ipynb": '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'}
    assert _told("import notes\nnotes.add(1)", "notes.get()", files=notes) == []
    assert _told("import mine\nmine.add(1)", "x = = 1", "mine.get()") == [(0, 2)]
