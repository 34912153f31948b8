"""What a forge holds: releases, issues and pull requests of one repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree

from tests.kits.git_repo import GitRepo

PROJECT = "team/app"
TOKEN = "token-of-jo-1234"


@dataclass(slots=True)
class HeldRelease:
    """A release; ``id`` is what the forge calls it."""

    id: int
    tag: str
    name: str
    notes: str
    is_prerelease: bool
    created: str


@dataclass(slots=True)
class HeldComment:
    """An answer; one of the forge itself, such as "closed", is ``is_system``."""

    id: int
    author: str
    body: str
    created: str
    is_system: bool = False


@dataclass(slots=True)
class HeldIssue:
    """An issue, or a pull request: then ``source`` is its branch and ``target`` where it goes."""

    number: int
    title: str
    body: str
    author: str
    created: str
    labels: list[str] = field(default_factory=list)
    assignees: list[str] = field(default_factory=list)
    is_open: bool = True
    comments: list[HeldComment] = field(default_factory=list)
    source: str = ""
    target: str = ""
    merge_commit: str | None = None


@dataclass(slots=True)
class HeldBuild:
    """What was done with a commit; ``state`` as in ``BuildState``."""

    name: str
    state: str
    url: str


@dataclass(slots=True)
class ForgeState:
    """One repository on the forge; ``repo`` is where it really is.

    ``tokens`` says who has which, ``writers`` who may push, ``members`` who can be assigned.
    """

    repo: GitRepo
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: "jo", "token-of-ada": "ada"})
    writers: set[str] = field(default_factory=lambda: {"jo"})
    members: tuple[str, ...] = ("jo", "ada")
    releases: list[HeldRelease] = field(default_factory=list)
    issues: list[HeldIssue] = field(default_factory=list)
    pull_requests: list[HeldIssue] = field(default_factory=list)
    builds: dict[str, list[HeldBuild]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=lambda: ["bug"])
    default_branch: str = "main"
    is_sequence_shared: bool = True
    _moments: int = 0

    def moment(self) -> str:
        """A moment after all that were given before."""
        self._moments += 1
        minutes, seconds = divmod(self._moments, 60)
        return f"2026-11-21T10:{minutes:02}:{seconds:02}Z"

    def next_id(self) -> int:
        """A number that was never given before."""
        self._moments += 1
        return 1000 + self._moments

    def release(self, tag: str) -> HeldRelease | None:
        return next((one for one in self.releases if one.tag == tag), None)

    def add_release(
        self, tag: str, name: str, notes: str, *, is_prerelease: bool = False
    ) -> HeldRelease:
        made = HeldRelease(self.next_id(), tag, name, notes, is_prerelease, self.moment())
        self.releases.append(made)
        return made

    def add_issue(self, title: str, author: str = "ada", body: str = "") -> HeldIssue:
        made = HeldIssue(self._next_number(self.issues), title, body, author, self.moment())
        self.issues.append(made)
        return made

    def add_pull_request(
        self, title: str, source: str, *, author: str = "jo", body: str = "", target: str = "main"
    ) -> HeldIssue:
        number = self._next_number(self.pull_requests)
        made = HeldIssue(number, title, body, author, self.moment(), source=source, target=target)
        self.pull_requests.append(made)
        return made

    def merge(self, number: int) -> str:
        """Merge a pull request, with a commit; the branch stays."""
        (pull,) = [one for one in self.pull_requests if one.number == number]
        tree = self.repo.git("rev-parse", f"{pull.source}^{{tree}}")
        parents = [self.repo.git("rev-parse", name) for name in (pull.target, pull.source)]
        words = ("-c", "user.name=forge", "-c", "user.email=forge@example.org")
        message = f"Merge pull request #{number}"
        options = ("-p", parents[0], "-p", parents[1], "-m", message)
        commit = self.repo.git(*words, "commit-tree", tree, *options)
        self.repo.git("update-ref", f"refs/heads/{pull.target}", commit)
        pull.is_open, pull.merge_commit = False, commit
        return commit

    def comment(
        self, issue: HeldIssue, author: str, body: str, *, is_system: bool = False
    ) -> HeldComment:
        made = HeldComment(self.next_id(), author, body, self.moment(), is_system)
        issue.comments.append(made)
        return made

    def has(self, ref: str) -> bool:
        """True where the repository has such a branch, tag or commit."""
        words = ("rev-parse", "--verify", "--quiet", f"{ref}^{{object}}")
        return bool(self.repo.git(*words, is_checked=False))

    def commit_of(self, branch: str) -> str:
        """The commit of a branch; empty where there is none."""
        # Without a process: lists of pull requests have many.
        file = self.repo.folder / "refs" / "heads" / branch
        return file.read_text(encoding="ascii").strip() if file.is_file() else ""

    def _next_number(self, among: list[HeldIssue]) -> int:
        shared = [*self.issues, *self.pull_requests] if self.is_sequence_shared else among
        return 1 + max((one.number for one in shared), default=0)


def bare_repository(folder: Path, original: Path | None = None) -> GitRepo:
    """A repository for a forge, below a folder: an empty one, or a copy of ``original``."""
    place = folder / f"{PROJECT}.git"
    repo = GitRepo(place)
    if original is not None:
        copytree(original, place)
        return repo
    place.mkdir(parents=True)
    repo.git("init", "--quiet", "--bare", "--initial-branch=main")
    return repo
