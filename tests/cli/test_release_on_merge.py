"""The commands by which a forge tags what was merged, in real repositories."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.domain.forge import ForgeKind
from tests.cli.conftest import Terminal
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.git_repo import GitRepo, make_remote

WORKFLOW = ".github/workflows/release.yml"
PROPOSE = ("release", "minor", "--mode", "pull-request", "--no-checks", "--yes")


@pytest.fixture(autouse=True)
def _remote(repo: GitRepo, tmp_path: Path) -> None:
    make_remote(tmp_path / "remote.git", repo)


def merge(repo: GitRepo, *options: str) -> None:
    """Merge the branch of the pull request as a forge does, and push."""
    repo.git("fetch", "--quiet")
    repo.git("merge", "--quiet", *options, "origin/v1.3.0")
    if "--squash" in options:
        repo.git("commit", "--quiet", "-m", "Release of version 1.3.0 (#1)")
    repo.git("push", "--quiet")


@pytest.mark.parametrize(
    "options",
    [("--no-ff", "-m", "Merge pull request #1 from group/v1.3.0"), ("--ff-only",), ("--squash",)],
)
def test_what_was_merged_is_tagged_once(
    terminal: Terminal,
    repo: GitRepo,
    forge: FakeForge,
    options: tuple[str, ...],
) -> None:
    remote = GitRepo(Path(repo.git("remote", "get-url", "origin").removeprefix("file://")))
    terminal.run(*PROPOSE)
    nothing = terminal.run("release", "tag-merged")
    merge(repo, *options)

    planned = terminal.json("release", "tag-merged", "--dry-run")
    done = terminal.run("release", "tag-merged")
    again = terminal.json("release", "tag-merged")

    assert "No release was merged that has no tag." in nothing.stdout
    assert planned["commit"] == repo.head()
    assert done.exit_code == 0, done.output
    assert f"Tagged {repo.head()[:10]} as v1.3.0" in done.stdout
    assert remote.git("rev-parse", "v1.3.0^{commit}") == repo.head()
    assert remote.git("cat-file", "-t", "refs/tags/v1.3.0") == "tag"
    assert "refs/heads/v1.3.0" not in remote.refs()
    assert [(one.tag, one.notes) for one in forge.release_list] == [
        ("v1.3.0", "### Added\n\n- Answer sooner")
    ]
    assert (again["done"], again["left"]) == ([], [])
    assert "v1.3.0 was tagged already." in terminal.run("release", "tag-merged").stdout


@pytest.mark.usefixtures("forge")
def test_branch_stays_where_not_all_of_it_was_squashed(terminal: Terminal, repo: GitRepo) -> None:
    terminal.run(*PROPOSE)
    merge(repo, "--squash")
    repo.git("switch", "--quiet", "--create", "more", "origin/v1.3.0")
    repo.commit("More of it", {"b.txt": "2\n"})
    repo.git("push", "--quiet", "origin", "more:v1.3.0")
    repo.git("switch", "--quiet", "main")

    done = terminal.run("release", "tag-merged")

    assert done.exit_code == 0, done.output
    assert "Deleted the branch" not in done.stdout


def test_release_that_was_squashed_is_not_told_by_the_next_one(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    del forge
    terminal.run(*PROPOSE)
    merge(repo, "--squash")
    terminal.run("release", "tag-merged")
    repo.git("tag", "--delete", "v1.3.0")

    notes = terminal.json("release", "notes")["notes"]

    assert notes == "### Added\n\n- Answer sooner"


def test_tagging_says_what_is_left_when_there_is_no_forge(
    terminal: Terminal, repo: GitRepo
) -> None:
    terminal.ports["forges"] = FakeForges()
    terminal.run(*PROPOSE)
    merge(repo, "--ff-only")

    done = terminal.run("release", "tag-merged")

    assert done.exit_code == 0
    assert "note: The remote is on no known forge" in done.stdout


def test_nothing_to_tag_is_null(terminal: Terminal, repo: GitRepo, forge: FakeForge) -> None:
    assert repo.git("tag") == "v1.2.0"

    assert terminal.json("release", "tag-merged") is None
    assert forge.release_list == []


@pytest.mark.usefixtures("forge")
def test_workflow_is_shown_and_written_when_somebody_agrees(
    terminal: Terminal, repo: GitRepo
) -> None:
    shown = terminal.run("release", "workflow", "--dry-run")
    refused = terminal.run("release", "workflow")
    is_missing = not (repo.folder / WORKFLOW).exists()
    written = terminal.run("release", "workflow", "--yes")
    again = terminal.run("release", "workflow")

    assert "+      - run: aidevsecops release tag-merged\n" in shown.stdout
    assert (shown.exit_code, refused.exit_code, is_missing) == (0, 3, True)
    assert written.exit_code == 0
    assert "branches: [main]" in repo.read(WORKFLOW)
    assert again.exit_code == 0
    assert f"{WORKFLOW} is there." in again.stdout


def test_workflow_that_is_there_is_replaced_only_when_somebody_agrees(
    terminal: Terminal, repo: GitRepo
) -> None:
    repo.commit("Mine", {WORKFLOW: "name: Mine\n"})

    answer = terminal.json("release", "workflow", "--for", "github", "--dry-run")
    refused = terminal.run("release", "workflow", "--for", "github")

    assert [change["file"] for change in answer["changes"]] == [WORKFLOW]
    assert "-name: Mine" in answer["changes"][0]["diff"]
    assert refused.exit_code == 3
    assert repo.read(WORKFLOW) == "name: Mine\n"


def test_workflow_of_gitlab_says_what_to_include(terminal: Terminal, repo: GitRepo) -> None:
    terminal.ports["forges"] = FakeForges(FakeForge(ForgeKind.GITLAB))
    repo.commit("CI", {".gitlab-ci.yml": "stages: [deploy]\n"})

    shown = terminal.run("release", "workflow", "--yes")

    assert "Write into .gitlab-ci.yml:\ninclude:\n  - local: .gitlab/release" in shown.stdout
    assert repo.read(".gitlab-ci.yml") == "stages: [deploy]\n"


@pytest.mark.usefixtures("forge")
def test_workflow_is_offered_until_it_is_there(terminal: Terminal, repo: GitRepo) -> None:
    first = terminal.run(*PROPOSE)
    terminal.run("release", "undo", "--yes")
    terminal.run("release", "workflow", "--yes")
    repo.commit("Tag what is merged")
    repo.git("push", "--quiet")
    second = terminal.run(*PROPOSE)

    assert "aidevsecops release workflow" in first.stdout
    assert second.exit_code == 0, second.output
    assert "aidevsecops release workflow" not in second.stdout
