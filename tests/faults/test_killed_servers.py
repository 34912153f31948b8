"""Servers that are killed while jobs run, and what the next one on the same home says of them."""

from __future__ import annotations

from typing import Any

from tests.faults.server_trials import faults_of_store
from tests.faults.servers import KilledServer, trace_of
from tests.kits.killed_runs import Forks, World, chosen
from tests.kits.notebooks import notebook_text
from tests.server.notebooks import make_notebook

DECLARED = '{"packages": {"apple": "*"}, "source": [], "requires": {}}'
BODY = {"path": "nb.ipynb", "notebook": make_notebook(requirements=DECLARED)}
LATE = ("aidevsecops_ext.server.extension", "aidevsecops_ext.wiring", "aidevsecops_ext.jobs.engine")
WANTED = 10


def test_job_record_is_true_when_the_server_is_killed_while_it_locks(
    forks: Forks, world: World
) -> None:
    (world.project / "nb.ipynb").write_text(notebook_text(requirements=DECLARED))
    world.keep()
    forks.learn("jupyter_server.serverapp", "aidevsecops_ext.server.notebook_calls", *LATE)
    undisturbed = lock_and_kill(forks, world)
    moments = len(trace_of(forks))

    found = []
    for number in chosen(moments, WANTED):
        world.renew()
        found += [f"moment {number}: {it}" for it in faults_at(number, forks, world, undisturbed)]

    assert moments >= WANTED
    assert found == []


def lock_and_kill(forks: Forks, world: World, last: int = 0) -> Any:
    """The edit of a lock on a server that is killed in the end, or before."""
    world.renew()
    server = KilledServer(forks, world, last)
    server.arm()
    job = server.job("/notebooks/locks", BODY)
    server.kill()
    return None if job is None else job["result"]["edit"]


def faults_at(number: int, forks: Forks, world: World, undisturbed: Any) -> list[str]:
    """What is wrong after a kill at that moment."""
    before = (world.project / "nb.ipynb").read_bytes()
    done = lock_and_kill(forks, world, number)
    found = [f"left running: {it}" for it in forks.wait_until_quiet(world)]
    if (world.project / "nb.ipynb").read_bytes() != before:
        found.append("the notebook was written")
    found += [f"the store: {it}" for it in faults_of_store(world)]
    server = KilledServer(forks, world)
    for job in server.ask("GET", "/jobs")["jobs"]:
        known = server.ask("GET", f"/jobs/{job['job_id']}")
        error = (known["error"] or {}).get("code")
        is_lost = (known["state"], error) == ("failed", "job.lost")
        is_done = known["state"] == "succeeded" and known["result"]["edit"] == undisturbed
        if not (is_done or (is_lost and done is None)):
            found.append(f"the job is said to be {known['state']}, {error}")
    again = server.job("/notebooks/locks", BODY)
    server.kill()
    if again is None or again["result"]["edit"] != undisturbed:
        found.append(f"again: {again}")
    return [*found, *(f"left running: {it}" for it in forks.wait_until_quiet(world))]
