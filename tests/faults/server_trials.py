"""A job on a server that is killed at each of its moments, and what must be true after that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.servers import KilledServer, trace_of
from tests.faults.trials import Trial
from tests.kits.killed_runs import Ended, World

# What every server writes for itself.
SERVERS_OWN = (
    "data/aidevsecops/jobs.sqlite3*",
    "data/aidevsecops/jobs-owners/*",
    "tmp/runtime/*",
)
_LATE = (
    "aidevsecops_ext.server.extension",
    "aidevsecops_ext.wiring",
    "aidevsecops_ext.jobs.engine",
)

Asked = tuple[str, Any]


@dataclass(slots=True)
class ServerTrial(Trial):
    """A job in place of a command.

    ``ask`` says what to ask a server for, after it has looked at what is there: None where nothing
    is left to do.
    """

    ask: Callable[[KilledServer], Asked | None] | None = None
    job: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.again = lambda _: self.look_and_ask_again()

    def begin(self) -> None:
        """Have the job done undisturbed; its own modules cost time, and no moments."""
        self.forks.learn("jupyter_server.serverapp", *_LATE)
        self.world.renew()
        self.before = self.state()
        ended = self.run(*self.words)
        assert ended.status == 0, ended.said
        assert self.forks.wait_until_quiet(self.world) == []
        self.after, self.moments = self.state(), ended.trace

    def run(self, *words: str, last: int = 0, is_learned: bool = False) -> Ended:
        """One server in the world, which is killed when its job has ended, or before."""
        assert not words
        assert not is_learned
        server = KilledServer(self.forks, self.world, last)
        ended = self._have_done(server)
        server.kill()
        return Ended(ended.status, ended.said, tuple(trace_of(self.forks)))

    def look_and_ask_again(self) -> list[str]:
        """What a server after it says of the jobs, and whether the same can be done then."""
        was_told = self.job is not None
        found = [f"the store: {it}" for it in faults_of_store(self.world)]
        server = KilledServer(self.forks, self.world)
        for job in server.ask("GET", "/jobs")["jobs"]:
            error = (job["error"] or {}).get("code")
            is_lost = (job["state"], error) == ("failed", "job.lost")
            if job.get("preview"):
                continue
            if job["state"] == "succeeded":
                found += [f"a job is said to be done: {it}" for it in self.unlike(self.after)]
            elif was_told or not is_lost:
                found.append(f"the job is said to be {job['state']}, {error}")
        ended = self._have_done(server)
        server.kill()
        return [*found, *([] if ended.status == 0 else [f"it ended: {ended.said}"])]

    def _have_done(self, server: KilledServer) -> Ended:
        """How the job ended, on a server that may be killed meanwhile."""
        assert self.ask is not None
        asked = self.ask(server)
        if asked is None:
            return Ended(0, "", ())
        server.arm()
        self.job = server.job(*asked)
        if self.job is None:
            return Ended(-9, "", ())
        return Ended(int(self.job["state"] != "succeeded"), json.dumps(self.job), ())


def faults_of_store(world: World) -> list[str]:
    """What SQLite finds broken, and files that were set aside as broken."""
    folder = world.data / "aidevsecops"
    found = [path.name for path in folder.glob("*.broken-*")]
    if (folder / "jobs.sqlite3").is_file():
        connection = sqlite3.connect(folder / "jobs.sqlite3")
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()
        found += [verdict] * (verdict != "ok")
    return found
