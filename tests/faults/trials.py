"""A command that is killed at each of its moments, and what must be true after that."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase as fnmatch

from tests.kits.git_repo import GitRepo
from tests.kits.killed_runs import Ended, Forks, World, chosen

# What programs of others keep for themselves in somebody's home; work folders, which go when the
# next one is made; uv's locks; and how Python tries whether a folder can be written.
_OTHERS = re.compile(r"home/|tmp/aidevsecops-|tmp/uv-|tmp/[a-z0-9_]{8}$")

# As many as work at the same time in one run.
_MOST_LEFT = 3

State = Mapping[str, str]


@dataclass(slots=True)
class Trial:
    """A command in a world that was kept; ``wanted`` of its moments are tried, or all.

    ``again`` does what its user would do next, and says what went wrong. Files that match
    ``ignored`` may be as they like, such that match ``varying`` say when they were made: they have
    to be there, and to be whole. ``remote`` is the repository that is pushed to.
    """

    forks: Forks
    world: World
    words: tuple[str, ...]
    wanted: int
    again: Callable[[Trial], list[str]] | None = None
    ignored: Sequence[str] = ()
    varying: Sequence[str] = ()
    remote: GitRepo | None = None
    environ: dict[str, str] = field(default_factory=dict)
    before: State = field(init=False, default_factory=dict)
    after: State = field(init=False, default_factory=dict)
    moments: tuple[str, ...] = field(init=False, default=())

    def begin(self) -> None:
        """Run the command undisturbed, twice: the first time it has to import its modules."""
        self.world.renew()
        self.before = self.state()
        for is_learned in (True, False):
            self.world.renew()
            ended = self.run(*self.words, is_learned=is_learned)
            assert ended.status == 0, ended.said
            assert self.forks.wait_until_quiet(self.world) == []
            self.after, self.moments = self.state(), ended.trace

    def faults(self) -> list[str]:
        """What was found wrong after kills at the chosen moments."""
        found = []
        for number in chosen(len(self.moments), self.wanted):
            found += [f"moment {number}: {fault}" for fault in self.faults_at(number)]
        return found

    def faults_at(self, number: int) -> list[str]:
        """What is wrong after a kill at that moment."""
        self.world.renew()
        ended = self.run(*self.words, last=number)
        if not ended.is_killed and ended.status != 0:
            return [f"it ended with {ended.status}: {ended.said}"]
        where = f"at '{ended.trace[-1] if ended.trace else ''}'"
        found = [
            f"{where} left running: {left}" for left in self.forks.wait_until_quiet(self.world)
        ]
        found += [f"{where} {fault}" for fault in self.half_done()]
        found += [f"{where} again: {fault}" for fault in (self.again or run_again)(self)]
        found += [
            f"{where} again left running: {it}" for it in self.forks.wait_until_quiet(self.world)
        ]
        if len(os.listdir(self.world.folder / "tmp")) > _MOST_LEFT:
            found.append(f"{where} work folders are left: {os.listdir(self.world.folder / 'tmp')}")
        return found + [f"{where} at last {fault}" for fault in self.unlike(self.after)]

    def run(self, *words: str, last: int = 0, is_learned: bool = False) -> Ended:
        """One run of the program in the world."""
        return self.forks.run(
            self.world, *words, last=last, is_learned=is_learned, environ=self.environ
        )

    def state(self) -> State:
        """All that counts of the world: files, and what git knows."""
        found = {
            path: self._as_compared(path, digest)
            for path, digest in self.world.files(ignored=self.ignored).items()
            if not _is_others(path)
        }
        for name, repo in self._repositories():
            found |= {f"{name} {ref}": target for ref, target in repo.refs().items()}
        if (self.world.project / ".git").is_dir():
            found["index"] = self.world.repo.git("ls-files", "--stage")
            found["status"] = self.world.repo.git("status", "--porcelain")
        return found

    def half_done(self) -> list[str]:
        """The files that are neither the old nor the new ones, and what git finds broken."""
        now, found = self.world.files(ignored=self.ignored), []
        for path in sorted({path for path in (*self.before, *now) if self._is_file(path, now)}):
            if _is_others(path):
                continue
            states = {self.before.get(path), self.after.get(path)}
            # A name that neither has is a draft: it must be gone at last.
            is_as_it_was = self._as_compared(path, now.get(path, "gone")) in states
            if not (is_as_it_was or (path not in now and None in states) or states == {None}):
                found.append(f"{path} is {'gone' if path not in now else 'half a file'}")
        for name, repo in self._repositories():
            found += [f"{name}: {line}" for line in _broken(repo)]
        return found

    def unlike(self, other: State) -> list[str]:
        """How all differs from another state."""
        now = self.state()
        return [
            f"{key}: {now.get(key)} instead of {other.get(key)}"
            for key in sorted({*now, *other})
            if now.get(key) != other.get(key)
        ]

    def _as_compared(self, path: str, digest: str) -> str:
        if digest == "gone" or not any(fnmatch(path, pattern) for pattern in self.varying):
            return digest
        text = (self.world.folder / path).read_text(errors="replace")
        try:
            return f"JSON with {len(json.loads(text))} entries"
        except ValueError:
            return "no JSON"

    def _is_file(self, path: str, now: State) -> bool:
        return path in now or (self.world.base / "template" / path).is_file()

    def _repositories(self) -> list[tuple[str, GitRepo]]:
        found = [("project", self.world.repo)] if (self.world.project / ".git").is_dir() else []
        return [*found, *([("remote", self.remote)] if self.remote else [])]


def _is_others(path: str) -> bool:
    return _OTHERS.match(path) is not None


def run_again(trial: Trial) -> list[str]:
    """The same command once more."""
    ended = trial.run(*trial.words)
    return [] if ended.status == 0 else [f"it ended with {ended.status}: {ended.said}"]


def _broken(repo: GitRepo) -> list[str]:
    outcome = subprocess.run(
        ["git", "fsck", "--strict", "--no-dangling"],
        cwd=repo.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return [] if outcome.returncode == 0 else [outcome.stderr + outcome.stdout]
