"""Releases on forges, from a terminal: git and the forge's API at the same host."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.kits.forge_contract import faults_of, is_described
from tests.kits.forge_github import GITHUB
from tests.kits.forge_server import Asked, Dialect, FakeForge, Reply, serve_forge
from tests.kits.forge_state import TOKEN
from tests.kits.forges import DIALECTS
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_repo

DOWN = Reply(503, {"message": "maintenance"})


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who has a token for no forge."""
    environment = bare_environment(tmp_path / "home")
    tokens = {name for name in environment if name.endswith("_TOKEN")}
    live_in({name: environment[name] for name in {*environment} - tokens}, monkeypatch)


@pytest.fixture
def forge(
    bare: None, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeForge]:
    del bare
    # What is the same for all is tested with one: each release takes a second or two.
    dialect: Dialect = getattr(request, "param", GITHUB)
    with serve_forge(dialect, tmp_path / "forge") as served:
        monkeypatch.setenv("AIDEVSECOPS_FORGES", f"{served.url}={dialect.kind.value}")
        yield served
    if is_described(dialect.kind):
        assert faults_of(dialect.kind, served.exchanges) == []


@pytest.fixture
def repo(terminal: Terminal, forge: FakeForge) -> GitRepo:
    """Version 1.2.0, and something to release; git's credential helper has the token."""
    made = make_repo(terminal.folder, {"version.py": '__version__ = "1.2.0"\n'})
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    _keep(forge, TOKEN)
    made.git("config", "--global", "credential.helper", "store")
    made.git("remote", "add", "origin", forge.remote_url)
    made.git("push", "--quiet", "--set-upstream", "origin", "main", "v1.2.0")
    return made


def _keep(forge: FakeForge, token: str) -> None:
    Path(os.environ["HOME"], ".git-credentials").write_text(
        f"{forge.url.replace('://', f'://jo:{token}@')}\n", encoding="utf-8"
    )


@pytest.mark.parametrize("forge", DIALECTS, ids=lambda dialect: dialect.kind.value, indirect=True)
def test_release_is_made_on_the_forge_and_taken_back(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    plan = terminal.json("release", "minor", "--dry-run")
    done = terminal.run("release", "minor", "--yes")

    assert plan["forge"] == forge.place.web_url
    (check,) = [each for each in plan["checks"] if each["name"] == "forge"]
    assert check["status"] == "pass"
    assert done.exit_code == 0, done.output
    (made,) = forge.state.releases
    assert (made.tag, made.name, made.notes) == (
        "v1.3.0",
        "v1.3.0",
        "### Added\n\n- Answer sooner",
    )
    status = terminal.json("release", "status")
    address = status["release"]["forge_release"]["url"]
    assert address.startswith(forge.place.web_url)
    assert f"It is at {address}" in done.stdout
    assert f"  {address}" in terminal.run("release", "status").stdout

    undone = terminal.run("release", "undo", "--published", "--yes")

    assert undone.exit_code == 0, undone.output
    assert forge.state.releases == []
    assert not forge.state.has("refs/tags/v1.3.0")
    assert repo.read("version.py") == '__version__ = "1.2.0"\n'


def test_release_goes_on_when_the_forge_is_there_again(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    forge.instead = lambda asked: DOWN if asked.method == "POST" else None

    failed = terminal.run("release", "minor", "--yes")

    assert failed.exit_code == 4, failed.output
    journal = (repo.git_dir / "aidevsecops" / "release.json").read_text(encoding="utf-8")
    assert TOKEN not in f"{failed.output} {journal}"
    assert "Its commit and its tag are on 'origin'." in failed.stderr
    assert "'aidevsecops release resume' goes on" in failed.stderr
    assert forge.state.has("refs/tags/v1.3.0")
    status = terminal.json("release", "status")
    assert (status["release"]["stage"], status["published"]) == ("releasing", "all")
    assert status["can_resume"]

    forge.instead = lambda _asked: None
    resumed = terminal.run("release", "resume")

    assert resumed.exit_code == 0, resumed.output
    assert [one.tag for one in forge.state.releases] == ["v1.3.0"]
    assert repo.git("status", "--porcelain") == ""


def test_release_that_was_made_without_our_hearing_of_it_is_found(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    del repo

    def lose(asked: Asked) -> Reply | None:
        if asked.method != "POST":
            return None
        forge.dialect.reply(forge.state, asked)
        return DOWN

    forge.instead = lose
    assert terminal.run("release", "minor", "--yes").exit_code == 4
    forge.instead = lambda _asked: None

    assert terminal.run("release", "resume").exit_code == 0

    assert [one.tag for one in forge.state.releases] == ["v1.3.0"]


def test_plan_says_where_there_is_no_token(terminal: Terminal, repo: GitRepo) -> None:
    repo.git("config", "--global", "--unset", "credential.helper")

    plan = terminal.json("release", "minor", "--dry-run")

    assert plan["forge"] is None
    (check,) = [each for each in plan["checks"] if each["name"] == "forge"]
    assert check["status"] == "warn"
    assert "There are no credentials" in check["message"]


def test_token_that_is_wrong_is_told_in_the_plan(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    del repo
    _keep(forge, "wrong-token-5678")

    shown = terminal.run("release", "minor", "--dry-run")

    assert shown.exit_code == 0
    assert "! forge:" in shown.stdout
    assert "does not accept your credentials" in shown.stdout
    assert "wrong-token-5678" not in shown.output


def test_offline_the_forge_is_not_asked(
    terminal: Terminal, repo: GitRepo, forge: FakeForge
) -> None:
    del repo

    plan = terminal.json("release", "minor", "--dry-run", "--offline")

    assert plan["forge"] == forge.place.web_url
    assert forge.exchanges == []
