"""Kernels that are killed while they are made."""

from __future__ import annotations

import json

import pytest

from tests.faults.trials import Trial
from tests.kits.killed_runs import Forks, World
from tests.kits.notebooks import notebook_text

# When they were made, and from where; the other files of environments are compared.
VARYING = ("data/kernels/nb/kernel.json", "data/aidevsecops/environments/*/aidevsecops.json")
IGNORED = (
    "data/aidevsecops/environments/*/.lock",
    "data/aidevsecops/environments/*/lib/*/site-packages/*.dist-info/*",
)


@pytest.fixture
def locked(forks: Forks, world: World) -> World:
    """A machine with a locked notebook."""
    declared = json.dumps({"packages": {"apple": "*"}})
    (world.project / "nb.ipynb").write_text(notebook_text(requirements=declared))
    ended = forks.run(world, "lock", "nb.ipynb")
    assert ended.status == 0, ended.said
    return world


def test_kernel_is_there_or_not_when_the_program_is_killed_while_it_makes_one(
    forks: Forks, locked: World
) -> None:
    locked.keep()
    trial = Trial(
        forks,
        locked,
        ("kernel", "install", "nb.ipynb"),
        wanted=25,
        ignored=IGNORED,
        varying=VARYING,
    )
    trial.begin()

    assert "data/kernels/nb/kernel.json" in trial.after
    assert trial.faults() == []


def test_kernel_is_the_old_or_the_new_one_when_the_program_is_killed_while_it_is_built_anew(
    forks: Forks, locked: World
) -> None:
    first = forks.run(locked, "kernel", "install", "nb.ipynb")
    assert first.status == 0, first.said
    locked.keep()
    trial = Trial(
        forks,
        locked,
        ("kernel", "install", "nb.ipynb", "--force"),
        wanted=20,
        ignored=IGNORED,
        varying=VARYING,
    )
    trial.begin()

    assert trial.faults() == []
