"""Kernels that are killed while they are made."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Timer

import pytest

from tests.faults.trials import Trial
from tests.kits.killed_runs import Forks, World
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex

# When they were made, and from where; the other files of environments are compared.
VARYING = ("data/kernels/nb/kernel.json", "data/aidevsecops/environments/*/aidevsecops.json")
_BEGAN = "child began"
IGNORED = (
    "data/aidevsecops/environments/*/.lock",
    "data/aidevsecops/environments/*/lib/*/site-packages/*.dist-info/*",
)


@pytest.fixture
def locked(forks: Forks, world: World) -> World:
    """A machine with a locked notebook."""
    lock(forks, world, "apple")
    return world


def lock(forks: Forks, world: World, package: str) -> None:
    """Have the world's notebook locked, which needs that package."""
    declared = json.dumps({"packages": {package: "*"}})
    (world.project / "nb.ipynb").write_text(notebook_text(requirements=declared))
    ended = forks.run(world, "lock", "nb.ipynb")
    assert ended.status == 0, ended.said


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


def test_kernel_is_made_after_the_uv_of_a_killed_program_has_ended(
    forks: Forks, world: World, index: PackageIndex, tmp_path: Path
) -> None:
    # With it locked, nothing has to be asked for before all is installed.
    lock(forks, world, "ipykernel")
    world.keep()
    command = ("kernel", "install", "nb.ipynb")
    undisturbed = forks.run(world, *command, counted=_BEGAN, environ=_cold(tmp_path, 1))
    children = len(undisturbed.trace)
    world.renew()
    file = "files/ipykernel/ipykernel-7.0-py3-none-any.whl"
    index.hanging.add(file)
    index.asked.clear()

    killed = forks.run(world, *command, last=children, counted=_BEGAN, environ=_cold(tmp_path, 2))
    is_going_on = index.asked.wait(30)
    # Time enough to remove what was left, were that done before the other uv has ended.
    Timer(2.0, index.hanging.discard, (file,)).start()
    again = forks.run(world, *command, environ=_cold(tmp_path, 3))

    assert killed.is_killed
    assert is_going_on
    assert again.status == 0, again.said
    assert forks.wait_until_quiet(world) == []
    folder = world.data / "aidevsecops" / "environments"
    assert [path.name for path in folder.iterdir() if path.suffix == ".building"] == []


def _cold(folder: Path, number: int) -> dict[str, str]:
    """A cache of uv with nothing in it."""
    return {"UV_CACHE_DIR": str(folder / f"cold-{number}")}
