"""Releases that are killed at any moment."""

from __future__ import annotations

import json
import os

import pytest

from tests.faults.trials import Trial
from tests.kits.git_repo import make_remote, make_repo
from tests.kits.killed_runs import Forks, World, chosen

WORDS = ("release", "1.3.0", "--yes", "--no-checks")
FILES = {
    "version.py": '__version__ = "1.2.0"\n',
    "a.txt": "1\n",
    "pyproject.toml": '[project]\nname = "churn"\nversion = "1.2.0"\n',
}


# Stands for git, and is killed at a call: before the true one does anything, or when it is done.
GIT = """#!/bin/sh
echo >> "$GIT_CALLS"
number=$(wc -l < "$GIT_CALLS")
[ "$number" = "$GIT_KILLED_BEFORE" ] && kill -KILL $$
PATH=$TRUE_PATH git "$@"
status=$?
[ "$number" = "$GIT_KILLED_AFTER" ] && kill -KILL $$
exit $status
"""


def make_trial(forks: Forks, world: World, wanted: int) -> Trial:
    """A repository of version 1.2.0 with a feature after it, and where it is pushed to."""
    repo = make_repo(world.project, FILES)
    repo.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    repo.commit("feat: answer sooner", {"a.txt": "2\n"})
    remote = make_remote(world.folder / "remote.git", repo)
    world.keep()
    return Trial(forks, world, WORDS, wanted, again=go_on, remote=remote)


def go_on(trial: Trial) -> list[str]:
    """What the user does next: go on where that is offered, release where nothing was begun."""
    asked = trial.run("release", "status", "--json")
    if asked.status != 0:
        return [f"the status ended with {asked.status}: {asked.said}"]
    status = json.loads(asked.said)
    release = status["release"]
    if status["can_resume"]:
        ended = trial.run("release", "resume")
    elif release is None or release["stage"] != "done":
        ended = trial.run(*WORDS)
    else:
        return []
    return [] if ended.status == 0 else [f"it ended with {ended.status}: {ended.said}"]


def test_release_is_done_when_it_is_resumed_after_a_kill(forks: Forks, world: World) -> None:
    trial = make_trial(forks, world, wanted=45)
    trial.begin()

    assert len(trial.moments) >= 45
    assert trial.faults() == []


@pytest.mark.parametrize("moment", ["BEFORE", "AFTER"])
def test_release_can_be_made_when_git_itself_is_killed(
    forks: Forks, world: World, moment: str
) -> None:
    trial = make_trial(forks, world, wanted=0)
    trial.begin()
    folder = world.base / "bin"
    folder.mkdir()
    (folder / "git").write_text(GIT)
    (folder / "git").chmod(0o755)
    calls = world.base / "calls"
    stands_for_git = {
        "TRUE_PATH": world.environ["PATH"],
        "PATH": f"{folder}{os.pathsep}{world.environ['PATH']}",
        "GIT_CALLS": str(calls),
    }
    world.renew()
    forks.run(world, *WORDS, environ=stands_for_git)
    count = len(calls.read_text().splitlines())

    found = []
    for number in chosen(count, 12):
        world.renew()
        calls.unlink()
        environ = {**stands_for_git, f"GIT_KILLED_{moment}": str(number)}
        ended = forks.run(world, *WORDS, environ=environ)
        if "Traceback" in ended.said:
            found.append(f"call {number}: {ended.said}")
        found += [f"call {number}: {it}" for it in (*trial.half_done(), *go_on(trial))]
        found += [f"call {number}: at last {it}" for it in trial.unlike(trial.after)]

    assert count >= 12
    assert found == []
