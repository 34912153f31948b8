"""Splits that are killed at any moment."""

from __future__ import annotations

import json

from tests.faults.trials import Trial
from tests.kits.killed_runs import Forks, World
from tests.kits.split_notebooks import split_text

WORDS = ("split", "churn.ipynb", "--offline")
CELLS = (
    "# Churn",
    ">import json\nimport apple\nlimit = 3",
    "## Load",
    ">rows = [apple.one(), 2, limit]",
    "## Train",
    ">import pear\nmodel = [pear.scaled(row) for row in rows]",
    "## Say",
    ">print(json.dumps(model))",
)
DECLARED = json.dumps({"packages": {"apple": "*", "pear": "*"}})


def test_split_with_overlays_is_done_when_it_is_made_again_after_a_kill(
    forks: Forks, world: World
) -> None:
    (world.project / "churn.ipynb").write_text(split_text(CELLS, requirements=DECLARED))
    world.keep()
    trial = Trial(forks, world, WORDS, wanted=40)
    trial.begin()

    assert any(path.startswith("project/overlays/") for path in trial.after)
    assert len(trial.moments) >= 40
    assert trial.faults() == []


def test_split_in_place_of_an_older_one_is_done_when_it_is_made_again_after_a_kill(
    forks: Forks, world: World
) -> None:
    notebook = world.project / "churn.ipynb"
    notebook.write_text(split_text(CELLS, requirements=DECLARED))
    first = forks.run(world, *WORDS)
    assert first.status == 0, first.said
    step = world.project / "churn-load.ipynb"
    step.write_text(step.read_text().replace("apple.one()", "apple.by_hand()"))
    changed = [cell.replace("## Say", "## Tell").replace("2, limit", "3, limit") for cell in CELLS]
    notebook.write_text(split_text(changed, requirements=DECLARED))
    world.keep()
    trial = Trial(forks, world, (*WORDS, "--force", "--prune"), wanted=25)
    trial.begin()

    assert trial.after["project/churn-load.ipynb"] != trial.before["project/churn-load.ipynb"]
    assert "project/churn-say.ipynb" not in trial.after
    assert trial.faults() == []
