"""The commands about bots, in real repositories with a forge in lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.app.forge_ports import NewPullRequest
from aidevsecops_ext.domain.forge import Build, BuildState, PullRequestState
from tests.cli.conftest import Terminal
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.forge import FakeForge
from tests.kits.corpus import FOLDER, needs_corpus
from tests.kits.git_repo import GitRepo, make_remote, make_repo
from tests.kits.overlays import overlay_texts

CANCEL = FakeCancelToken()
TEMPLATE = "---\ntitle: New minor release\nlabels: bot, urgent\nassignees: sesheta\n---\nHey!\n"


@pytest.fixture
def repo(terminal: Terminal, tmp_path: Path, bare_git: None) -> GitRepo:
    del bare_git
    made = make_repo(
        terminal.folder,
        {
            "version.py": '__version__ = "1.2.0"\n',
            ".github/ISSUE_TEMPLATE/minor.md": TEMPLATE,
        },
    )
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    make_remote(tmp_path / "remote.git", made)
    return made


@pytest.mark.usefixtures("repo")
def test_issue_is_shown_opened_once_and_followed(terminal: Terminal, forge: FakeForge) -> None:
    shown = terminal.run("bot", "ask", "minor", "--dry-run")
    refused = terminal.run("bot", "ask", "minor")
    before = len(forge.issues)
    opened = terminal.run("bot", "ask", "minor", "--yes")
    again = terminal.json("bot", "ask", "minor", "--yes")

    assert shown.exit_code == 0, shown.output
    assert shown.stdout.startswith("New minor release\nAt https://example.org/group/a, from .git")
    assert "Labels: bot, urgent\nAssigned to: sesheta\n  Hey!\n" in shown.stdout
    assert (refused.exit_code, before) == (3, 0)
    assert "Issue #1 is open: " in opened.stdout
    assert again["is_open_already"] is True
    assert again["issue"]["number"] == 1
    assert len(forge.issues) == 1


def test_release_by_a_bot_changes_nothing_here(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    before = repo.snapshot()
    forge.build_list = [Build("ci", BuildState.FAILED, "https://example.org/ci")]

    named = terminal.run("release", "minor", "--mode", "bot", "--yes")
    found = terminal.json("release", "auto", "--mode", "bot", "--yes")
    status = terminal.run("release", "status")
    answer = terminal.json("release", "status")
    offline = terminal.json("release", "status", "--offline")
    tags = terminal.run("release", "tags")
    forge.build_list = []
    unbuilt = terminal.run("release", "status")

    assert named.exit_code == 0, named.output
    assert [issue.title for issue in forge.issues] == ["New minor release", "1.3.0 release"]
    assert found["title"] == "1.3.0 release"
    assert f"Asked in #1: New minor release ({forge.issues[0].url})" in status.stdout
    assert [one["number"] for one in answer["requests"]] == [1, 2]
    assert "Builds of v1.2.0:\n  ci: failed https://example.org/ci\n" in status.stdout
    assert answer["builds"]["builds"][0]["state"] == "failed"
    assert offline["builds"] is None
    assert "No builds of v1.2.0 are known." in unbuilt.stdout
    assert tags.stdout.endswith("  https://example.org/group/a/releases/tag/v1.2.0\n")
    assert repo.snapshot() == before


def test_release_by_a_bot_is_what_the_repository_may_say(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    repo.commit("Say how", {".aidevsecops.toml": '[release]\nmode = "bot"\n'})

    terminal.run("release", "patch", "--yes")

    assert [issue.title for issue in forge.issues] == ["New patch release"]


@pytest.mark.usefixtures("repo")
def test_request_is_followed(terminal: Terminal, forge: FakeForge) -> None:
    nothing = terminal.run("bot", "status")
    terminal.run("bot", "ask", "minor", "--yes")
    forge.comment(1, "On it.\n\nMore.", CANCEL)
    new = NewPullRequest("Release of version 1.3.0", "Closes: #1", "v1.3.0", "main")
    forge.create_pull_request(new, CANCEL)
    forge.settle(2, PullRequestState.MERGED, "abc")
    forge.build_list = [Build("ci", BuildState.FAILED, "https://example.org/ci")]

    listed = terminal.run("bot", "status")
    shown = terminal.run("bot", "status", "1")
    answer = terminal.json("bot", "status", "1")

    assert "No open issue asks a bot for something." in nothing.stdout
    assert "#1 New minor release, asked by bot: " in listed.stdout
    assert "#1 New minor release: open\n  bot: On it.\n" in shown.stdout
    assert "  Pull request #2 is merged: " in shown.stdout
    assert "  ci: failed https://example.org/ci\n" in shown.stdout
    assert answer["pull_request"]["merge_commit"] == "abc"
    assert [one["number"] for one in terminal.json("bot", "status")] == [1]


def test_bot_proposes_newer_versions_of_what_is_locked(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    texts = overlay_texts()
    texts[".thoth.yaml"] += "managers: [{name: update, configuration: {labels: [bot]}}]\n"
    repo.commit("Overlay", texts)
    repo.git("push", "--quiet")
    terminal.resolver.versions = {"six": "1.17"}
    forge.ask("Kebechet update")
    before = repo.snapshot()

    done = terminal.run("bot", "run")
    again = terminal.json("bot", "run")

    assert done.exit_code == 0, done.output
    assert "#1 Kebechet update: done. Newer versions are proposed in #2." in done.stdout
    assert [one["outcome"] for one in again] == ["waiting"]
    (opened,) = forge.requests
    assert "six 1.16 → 1.17" in opened.body
    repo.git("fetch", "--quiet")
    lock = repo.git("show", f"origin/{opened.source_branch}:overlays/train/Pipfile.lock")
    assert '"==1.17"' in lock
    assert repo.read("overlays/train/Pipfile.lock") == texts["overlays/train/Pipfile.lock"]
    assert repo.snapshot()[1:] == before[1:]


def test_bot_says_what_did_not_work(terminal: Terminal, repo: GitRepo, forge: FakeForge) -> None:
    repo.commit("Managers", {".thoth.yaml": "managers: [version]\n"})
    repo.git("push", "--quiet")
    nothing = terminal.run("bot", "run")
    forge.ask("Deliver Container Image")
    forge.ask("0.1.0 release")
    failed = terminal.run("bot", "run")

    assert "No open issue asks for something." in nothing.stdout
    assert failed.exit_code == 1, failed.output
    assert "#1 Deliver Container Image: left. Images are delivered by AICoE-CI." in failed.stdout
    assert "#2 0.1.0 release: failed, closed. 0.1.0 does not come after 1.2.0" in failed.stdout


@pytest.mark.usefixtures("repo", "forge")
def test_nothing_else_can_be_asked(terminal: Terminal) -> None:
    refused = terminal.run("bot", "ask", "coffee", "--yes")

    assert refused.exit_code == 2
    assert "'coffee' is nothing that a bot can be asked for." in refused.stderr


@needs_corpus
@pytest.mark.usefixtures("forge")
@pytest.mark.parametrize(
    ("words", "labels", "assignees"),
    [
        (("minor",), ["bot", "priority/critical-urgent"], ["sesheta"]),
        (("update",), ["bot"], []),
        (("info",), ["bot"], ["sesheta"]),
        (("deliver-image", "--tag", "v0.14.1"), ["bot", "priority/critical-urgent"], ["sesheta"]),
    ],
)
def test_issues_of_the_tutorial_are_those_of_its_templates(
    terminal: Terminal,
    repo: GitRepo,
    words: tuple[str, ...],
    labels: list[str],
    assignees: list[str],
) -> None:
    assert FOLDER is not None
    source = Path(FOLDER, "elyra-aidevsecops-tutorial", ".github", "ISSUE_TEMPLATE")
    repo.commit(
        "Templates",
        {f".github/ISSUE_TEMPLATE/{file.name}": file.read_text() for file in source.glob("*.md")}
        | {".github/ISSUE_TEMPLATE/minor.md": "none"},
    )

    planned = terminal.json("bot", "ask", *words, "--dry-run")

    assert planned["template"].startswith(".github/ISSUE_TEMPLATE/")
    assert (planned["labels"], planned["assignees"]) == (labels, assignees)
    assert ("Tag: v0.14.1" in planned["body"]) == (words[0] == "deliver-image")
