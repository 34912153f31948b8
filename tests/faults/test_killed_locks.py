"""Locks that are killed at any moment."""

from __future__ import annotations

import json

from tests.faults.trials import Trial
from tests.kits.killed_runs import Forks, World
from tests.kits.notebooks import notebook_text

THOTH = """overlays_dir: overlays
runtime_environments:
  - {name: quick, python_version: "3.11"}
"""


def test_locks_of_notebooks_are_old_or_new_when_the_program_is_killed(
    forks: Forks, world: World
) -> None:
    for name, imported in (("a", "apple"), ("b", "pear"), ("c", "apple")):
        text = notebook_text([f"import {imported}\n"])
        (world.project / f"{name}.ipynb").write_text(text)
    world.keep()
    trial = Trial(forks, world, ("lock", "a.ipynb", "b.ipynb", "c.ipynb"), wanted=30)
    trial.begin()

    assert len(trial.moments) >= 30
    assert trial.faults() == []


def test_lock_is_kept_when_the_program_is_killed_while_it_makes_a_newer_one(
    forks: Forks, world: World
) -> None:
    declared = json.dumps({"packages": {"apple": "*"}})
    (world.project / "a.ipynb").write_text(notebook_text(requirements=declared))
    locked = forks.run(world, "lock", "a.ipynb")
    assert locked.status == 0, locked.said
    text = (world.project / "a.ipynb").read_text()
    (world.project / "a.ipynb").write_text(text.replace("==2.5", "==2.0"))
    trial = Trial(forks, world, ("lock", "a.ipynb", "--upgrade"), wanted=15)
    world.keep()
    trial.begin()

    assert trial.before != trial.after
    assert trial.faults() == []


def test_overlays_are_old_or_new_when_the_program_is_killed_while_it_locks_them(
    forks: Forks, world: World
) -> None:
    files = {
        ".thoth.yaml": THOTH,
        "overlays/quick/Pipfile": '[packages]\napple = "*"\n',
        "overlays/plain/requirements.in": "pear\n",
        "nb.ipynb": notebook_text(["import pear\n"]),
    }
    for name, text in files.items():
        (world.project / name).parent.mkdir(parents=True, exist_ok=True)
        (world.project / name).write_text(text)
    world.keep()
    trial = Trial(forks, world, ("lock", "."), wanted=25)
    trial.begin()

    assert trial.faults() == []
