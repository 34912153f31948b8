"""Runs of pipelines that are killed at any moment."""

from __future__ import annotations

import json

from tests.faults.trials import Trial, run_again
from tests.kits.killed_runs import Forks, World
from tests.kits.pipelines import write_pipeline

WRITES = "import pathlib\npathlib.Path('rows.txt').write_text('1 2 3')"
READS = (
    "import pathlib\npathlib.Path('sum.txt').write_text(pathlib.Path('rows.txt').read_text() * 2)"
)
NODES = (
    {"name": "load", "file": "load.ipynb", "outputs": ["rows.txt"]},
    {"name": "train", "file": "train.py", "after": ("load",), "outputs": ["sum.txt"]},
)


def look_and_run_again(trial: Trial) -> list[str]:
    """Nothing may be said to go on, or to be done, that is not; then the pipeline is run again."""
    listed = trial.run("pipeline", "runs", "--json")
    if listed.status != 0:
        return [f"the list ended with {listed.status}: {listed.said}"]
    project = trial.world.project
    found = []
    for run in json.loads(listed.said):
        is_complete = (project / "sum.txt").is_file() and (project / "rows.txt").is_file()
        if run["state"] == "running" or (run["state"] == "succeeded" and not is_complete):
            found.append(f"the run is said to be {run['state']}")
    return [*found, *run_again(trial)]


def test_run_is_not_said_to_go_on_when_it_was_killed_and_can_be_made_again(
    forks: Forks, world: World
) -> None:
    write_pipeline(world.project / "churn.pipeline", *NODES, load=WRITES, train=READS)
    world.keep()
    trial = Trial(
        forks,
        world,
        ("pipeline", "run", "churn.pipeline"),
        wanted=10,
        again=look_and_run_again,
        ignored=("project/runs/*", "tmp/runtime/*"),
    )
    trial.begin()

    assert "project/sum.txt" in trial.after
    assert trial.faults() == []
