"""The commands about releases by pull request, in real repositories with a forge in lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.domain.forge import PullRequestState
from tests.cli.conftest import Terminal
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.git_repo import GitRepo, make_remote


@pytest.fixture(autouse=True)
def _remote(repo: GitRepo, tmp_path: Path) -> None:
    make_remote(tmp_path / "remote.git", repo)


def test_release_shows_the_pull_request_and_changes_nothing_on_a_dry_run(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    before = repo.snapshot()

    shown = terminal.run("release", "minor", "--mode", "pull-request", "--dry-run")
    plan = terminal.json("release", "minor", "--mode", "pull-request", "--dry-run")

    assert shown.exit_code == 0
    assert "Pull request:\n  Release of version 1.3.0 (v1.3.0 → main)\n" in shown.stdout
    assert "  ```markdown\n  ### Added\n" in shown.stdout
    assert plan["mode"] == "pull-request"
    assert plan["pull_request"]["branch"] == "v1.3.0"
    assert repo.snapshot() == before
    assert forge.requests == []


def test_release_opens_a_pull_request_as_the_repository_says(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    repo.commit("Say how", {".aidevsecops.toml": '[release]\nmode = "pull-request"\n'})
    head = repo.head()

    done = terminal.run("release", "minor", "--yes")
    again = terminal.json("release", "minor", "--yes")

    assert done.exit_code == 0, done.output
    assert f"Proposed 1.3.0: pull request #1 ({forge.requests[0].url})." in done.stdout
    assert again["release"]["pull_request"]["number"] == 1
    assert len(forge.requests) == 1
    assert (repo.head(), repo.git("status", "--porcelain"), repo.git("tag")) == (head, "", "v1.2.0")


def test_release_status_says_how_the_pull_request_stands(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    del repo
    terminal.run("release", "minor", "--mode", "pull-request", "--yes")
    forge.settle(1, PullRequestState.MERGED, "abc")

    shown = terminal.run("release", "status")
    status = terminal.json("release", "status")

    assert "1.3.0: done, published: commit" in shown.stdout
    assert f"Pull request #1 is merged: {forge.requests[0].url}" in shown.stdout
    assert "Take it back" not in shown.stdout
    assert status["pull_request"] == {
        "number": 1,
        "title": "Release of version 1.3.0",
        "url": forge.requests[0].url,
        "state": "merged",
        "merge_commit": "abc",
    }


def test_release_undo_closes_the_pull_request(
    terminal: Terminal, repo: GitRepo, forge: FakeForge, tmp_path: Path
) -> None:
    terminal.run("release", "minor", "--mode", "pull-request", "--yes")

    undone = terminal.run("release", "undo", "--yes")

    assert undone.exit_code == 0, undone.output
    assert forge.requests[0].state is PullRequestState.CLOSED
    assert GitRepo(tmp_path / "remote.git").refs() == {"refs/heads/main": repo.head()}


def test_release_says_what_to_do_when_there_is_no_forge(
    terminal: Terminal, repo: GitRepo, tmp_path: Path
) -> None:
    terminal.ports["forges"] = FakeForges()

    done = terminal.run("release", "minor", "--mode", "pull-request", "--yes")
    status = terminal.run("release", "status")

    assert done.exit_code == 0, done.output
    assert "Open it yourself from 'v1.3.0' to 'main'" in done.stdout
    assert "Open it yourself from 'v1.3.0' to 'main'" in status.stdout
    assert GitRepo(tmp_path / "remote.git").git("show", "v1.3.0:version.py") == (
        '__version__ = "1.3.0"'
    )
    assert repo.read("version.py") == '__version__ = "1.2.0"\n'


@pytest.mark.usefixtures("repo")
@pytest.mark.parametrize("mode", ["pull-request", "bot"])
def test_release_that_has_to_be_pushed_is_refused_without(
    terminal: Terminal, forge: FakeForge, mode: str
) -> None:
    refused = terminal.run("release", "minor", "--mode", mode, "--no-push", "--yes")

    assert refused.exit_code == 2
    assert "--no-push is for --mode direct" in refused.stderr
    assert (forge.requests, forge.issues) == ([], [])
