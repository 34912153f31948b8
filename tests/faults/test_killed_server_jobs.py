"""Servers that are killed while they split, release, make kernels and run pipelines."""

from __future__ import annotations

import json
from typing import Any

from tests.faults.server_trials import SERVERS_OWN, Asked, ServerTrial
from tests.faults.servers import KilledServer
from tests.faults.test_killed_kernels import IGNORED, VARYING
from tests.faults.test_killed_releases import FILES
from tests.faults.test_killed_runs import NODES, READS, WRITES
from tests.faults.test_killed_splits import CELLS, DECLARED
from tests.kits.git_repo import make_remote, make_repo
from tests.kits.killed_runs import Forks, World
from tests.kits.notebooks import notebook_text
from tests.kits.pipelines import write_pipeline
from tests.kits.split_notebooks import split_text

WANTED = 3


def test_split_is_made_again_after_the_server_was_killed(forks: Forks, world: World) -> None:
    text = split_text(CELLS, requirements=DECLARED)
    (world.project / "churn.ipynb").write_text(text)
    world.keep()
    body = {"path": "churn.ipynb", "notebook": json.loads(text)}

    def ask(server: KilledServer) -> Asked:
        digest = server.ask("POST", "/splits/previews", body)["digest"]
        return "/splits", {**body, "preview_digest": digest}

    trial = ServerTrial(forks, world, (), WANTED, ignored=SERVERS_OWN, ask=ask)
    trial.begin()

    assert any(path.startswith("project/overlays/") for path in trial.after)
    assert len(trial.moments) >= WANTED
    assert trial.faults() == []


def test_release_is_resumed_after_the_server_was_killed(forks: Forks, world: World) -> None:
    repo = make_repo(world.project, FILES)
    repo.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    repo.commit("feat: answer sooner", {"a.txt": "2\n"})
    remote = make_remote(world.folder / "remote.git", repo)
    world.keep()

    trial = ServerTrial(
        forks,
        world,
        (),
        WANTED,
        ignored=SERVERS_OWN,
        remote=remote,
        ask=ask_for_release,
    )
    trial.begin()

    assert len(trial.moments) >= WANTED
    assert trial.faults() == []


def ask_for_release(server: KilledServer) -> Asked | None:
    """What a user asks for: to go on where that is offered, else the release."""
    status = server.ask("GET", "/releases?folder=.")
    if status["can_resume"]:
        return "/releases/resumptions", {"folder": "."}
    if status["release"] is not None and status["release"]["stage"] == "done":
        return None
    wish: dict[str, Any] = {"folder": ".", "version": "1.3.0", "unchecked": True}
    planned = server.job("/releases/previews", wish)
    return "/releases", {**wish, "digest": planned["result"]["digest"]}


def test_kernel_is_there_or_not_after_the_server_was_killed(forks: Forks, world: World) -> None:
    declared = json.dumps({"packages": {"apple": "*"}})
    (world.project / "nb.ipynb").write_text(notebook_text(requirements=declared))
    locked = forks.run(world, "lock", "nb.ipynb")
    assert locked.status == 0, locked.said
    world.keep()
    notebook = json.loads((world.project / "nb.ipynb").read_text())
    body = {"path": "nb.ipynb", "notebook": notebook}

    trial = ServerTrial(
        forks,
        world,
        (),
        WANTED,
        ignored=(*SERVERS_OWN, *IGNORED),
        varying=VARYING,
        ask=lambda _: ("/kernels", body),
    )
    trial.begin()

    assert "data/kernels/nb/kernel.json" in trial.after
    assert trial.faults() == []


def test_run_is_lost_or_done_after_the_server_was_killed(forks: Forks, world: World) -> None:
    write_pipeline(world.project / "churn.pipeline", *NODES, load=WRITES, train=READS)
    world.keep()

    def ask(server: KilledServer) -> Asked:
        for run in server.ask("GET", "/pipelines/runs")["runs"]:
            is_complete = (world.project / "sum.txt").is_file()
            assert run["state"] != "running"
            assert run["state"] != "succeeded" or is_complete
        return "/pipelines/runs", {"path": "churn.pipeline"}

    trial = ServerTrial(
        forks,
        world,
        (),
        WANTED,
        ignored=(*SERVERS_OWN, "project/runs/*"),
        ask=ask,
    )
    trial.begin()

    assert "project/sum.txt" in trial.after
    assert trial.faults() == []
