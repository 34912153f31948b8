"""Releases by pull request, requests to bots and the bot itself, on forges of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aidevsecops_ext.domain.forge import ForgeKind
from tests.cli.conftest import Terminal
from tests.kits.forge_contract import faults_of, is_described
from tests.kits.forge_server import Dialect, FakeForge, serve_forge
from tests.kits.forge_state import TOKEN
from tests.kits.forges import DIALECTS
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_repo

VARIABLES = {
    ForgeKind.GITHUB: ("GH_HOST", "GH_TOKEN"),
    ForgeKind.GITLAB: ("GITLAB_HOST", "GITLAB_TOKEN"),
    ForgeKind.GITEA: ("GITEA_SERVER_URL", "GITEA_TOKEN"),
}
FILES = {
    "version.py": '__version__ = "1.2.0"\n',
    ".thoth.yaml": "managers: [{name: version, configuration: {labels: [bug]}}, info]\n",
}
PROPOSE = ("release", "minor", "--mode", "pull-request", "--no-checks", "--yes")


@pytest.fixture(params=DIALECTS, ids=lambda dialect: dialect.kind.value)
def served(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeForge]:
    dialect: Dialect = request.param
    environment = bare_environment(tmp_path / "home")
    with serve_forge(dialect, tmp_path / "forge") as forge:
        host, token = VARIABLES[dialect.kind]
        helper = f"!f() {{ echo username=jo; echo password={TOKEN}; }}; f"
        environment |= {
            host: forge.url,
            token: TOKEN,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": helper,
        }
        live_in(environment, monkeypatch)
        yield forge
    if is_described(dialect.kind):
        assert faults_of(dialect.kind, forge.exchanges) == []


@pytest.fixture
def repo(terminal: Terminal, served: FakeForge) -> GitRepo:
    made = make_repo(terminal.folder, FILES)
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    made.git("remote", "add", "origin", served.remote_url)
    made.git("push", "--quiet", "--set-upstream", "origin", "main", "v1.2.0")
    return made


def test_release_is_proposed_merged_and_tagged(
    terminal: Terminal, repo: GitRepo, served: FakeForge
) -> None:
    state = served.state

    proposed = terminal.run(*PROPOSE)
    terminal.run("release", "undo", "--yes")
    branches = [*state.repo.refs()]
    anew = terminal.json(*PROPOSE)
    number = anew["release"]["pull_request"]["number"]
    state.merge(number)
    status = terminal.json("release", "status")
    repo.git("pull", "--quiet")
    tagged = terminal.json("release", "tag-merged")

    assert proposed.exit_code == 0, proposed.output
    first, second = state.pull_requests
    assert (first.title, first.source, first.target) == (
        "Release of version 1.3.0",
        "v1.3.0",
        "main",
    )
    assert "```markdown\n### Added\n\n- Answer sooner\n```" in first.body
    assert (first.is_open, second.number) == (False, number)
    assert branches == ["refs/heads/main", "refs/tags/v1.2.0"]
    assert status["pull_request"]["state"] == "merged"
    assert len(tagged["done"]) == 3, tagged
    assert [(one.tag, one.notes.strip()) for one in state.releases] == [
        ("v1.3.0", "### Added\n\n- Answer sooner")
    ]
    assert [*state.repo.refs()] == ["refs/heads/main", "refs/tags/v1.2.0", "refs/tags/v1.3.0"]


def test_bot_is_asked_and_does_what_it_may(
    terminal: Terminal, repo: GitRepo, served: FakeForge
) -> None:
    before, state = repo.head(), served.state
    asked = terminal.run("bot", "ask", "minor", "--yes")
    again = terminal.json("bot", "ask", "minor", "--yes")
    state.add_issue("New patch release", "ada")
    state.add_issue("Kebechet info", "jo")
    state.add_issue("It does not work", "jo")

    planned = terminal.json("bot", "run", "--dry-run")
    said = [len(issue.comments) for issue in state.issues]
    done = terminal.json("bot", "run")
    comments = [len(issue.comments) for issue in state.issues]
    repeated = terminal.json("bot", "run")
    followed = terminal.json("bot", "status", str(again["issue"]["number"]))

    assert asked.exit_code == 0, asked.output
    assert again["is_open_already"] is True
    assert [one["outcome"] for one in planned] == ["planned", "refused", "planned"]
    assert said == [0, 0, 0, 0]
    assert [(one["outcome"], one["closed"]) for one in done] == [
        ("done", False),
        ("refused", True),
        ("done", True),
    ], done
    (opened,) = state.pull_requests
    assert (opened.title, opened.labels) == ("Release of version 1.3.0", ["bug"])
    assert [issue.is_open for issue in state.issues] == [True, False, False, True]
    assert [one["outcome"] for one in repeated] == ["waiting"]
    assert [len(issue.comments) for issue in state.issues] == comments
    assert followed["pull_request"]["number"] == opened.number
    assert (repo.head(), repo.git("status", "--porcelain")) == (before, "")


@pytest.mark.parametrize("served", DIALECTS[:1], ids=["github"], indirect=True)
def test_branch_is_pushed_and_people_are_told_when_there_is_no_token(
    terminal: Terminal,
    repo: GitRepo,
    served: FakeForge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLES[served.dialect.kind][1], "wrong")

    done = terminal.run(*PROPOSE)

    assert done.exit_code == 0, done.output
    assert "no pull request was opened" in done.stdout
    assert f"Open it yourself at {served.url}/team/app/" in done.stdout
    assert "refs/heads/v1.3.0" in served.state.repo.refs()
    assert repo.git("status", "--porcelain") == ""
