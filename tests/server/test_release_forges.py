"""Forges of releases over REST: what a plan and a release say of them, and tokens for them."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError, RefusedError
from aidevsecops_ext.server.backstage import Backstage
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_remote, make_repo
from tests.kits.services import with_ports

from .client import Client

TOKEN = "a-very-secret-token"
WEB = "https://example.org/group/a"
MINOR = {"folder": "work/churn", "kind": "minor", "unchecked": True}


@pytest.fixture(autouse=True)
def _bare_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live_in(bare_environment(tmp_path / "nobody"), monkeypatch)


@pytest.fixture
def forges(client: Client, backstage: Backstage) -> FakeForges:
    """The forges of the server: one that knows every remote."""
    assert client is not None
    build, held = backstage.build, FakeForges(FakeForge())
    backstage.build = lambda root, settings: with_ports(build(root, settings), forges=held)
    return held


@pytest.fixture
def repo(forges: FakeForges, backstage: Backstage) -> GitRepo:
    assert forges is not None
    folder = backstage.paths.root / "work" / "churn"
    made = make_repo(folder, {"version.py": '__version__ = "1.2.0"\n'})
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n"})
    return made


@pytest.fixture
def remote(repo: GitRepo, tmp_path: Path) -> GitRepo:
    return make_remote(tmp_path / "remote", repo)


async def run(client: Client, route: str, body: Any) -> Any:
    answer = await client.post(route, body)
    assert answer.status == 202, answer.json
    return await client.wait_for_end(answer.json["job_id"])


def forge_of(forges: FakeForges) -> FakeForge:
    assert isinstance(forges.known, FakeForge)
    return forges.known


async def test_release_is_made_on_the_forge(
    client: Client, remote: GitRepo, forges: FakeForges
) -> None:
    plan = (await run(client, "/releases/previews", MINOR))["result"]
    job = await run(client, "/releases", {**MINOR, "digest": plan["digest"]})

    assert plan["forge"] == WEB
    assert job["state"] == "succeeded", job["error"]
    assert job["result"]["release"]["forge_release"] == {
        "forge": WEB,
        "url": forge_of(forges).release_list[0].url,
        "note": "",
    }
    assert "refs/tags/v1.3.0" in remote.refs()


async def test_plan_stays_agreed_to_while_the_forge_does_not_let_us_in(
    client: Client, remote: GitRepo, forges: FakeForges
) -> None:
    forge_of(forges).may_push = False

    plan = (await run(client, "/releases/previews", MINOR))["result"]
    job = await run(client, "/releases", {**MINOR, "digest": plan["digest"]})

    assert plan["forge"] is None
    assert job["state"] == "succeeded", job["error"]
    assert job["result"]["release"]["forge_release"] is None
    assert "refs/tags/v1.3.0" in remote.refs()


async def test_release_goes_on_when_the_forge_is_there_again(
    client: Client, remote: GitRepo, forges: FakeForges
) -> None:
    error = OutsideFailedError(ErrorCode.FORGE_UNREACHABLE, "It cannot be reached.")
    forge_of(forges).fail("create_release", error)
    plan = (await run(client, "/releases/previews", MINOR))["result"]

    failed = await run(client, "/releases", {**MINOR, "digest": plan["digest"]})
    shown = (await client.get("/releases", {"folder": "work/churn"})).json
    resumed = await run(client, "/releases/resumptions", {"folder": "work/churn"})

    assert failed["error"]["code"] == "forge.unreachable"
    assert (shown["release"]["stage"], shown["can_resume"]) == ("releasing", True)
    assert resumed["result"]["release"]["stage"] == "done"
    assert [one.tag for one in forge_of(forges).release_list] == ["v1.3.0"]
    assert "refs/tags/v1.3.0" in remote.refs()


async def test_token_is_kept_by_git_and_seen_nowhere(
    client: Client, remote: GitRepo, forges: FakeForges, caplog: pytest.LogCaptureFixture
) -> None:
    del remote
    caplog.set_level(logging.DEBUG)
    body = {"folder": "work/churn", "user": "jo", "token": TOKEN}

    answer = await client.post("/releases/tokens", body)

    assert answer.status == 200
    assert answer.json == {
        "repository": "work/churn",
        "forge": WEB,
        "host": "https://example.org",
    }
    assert forges.kept == (forge_of(forges).place, "jo", TOKEN)
    assert TOKEN not in caplog.text


async def test_token_that_is_refused_is_told(
    client: Client, remote: GitRepo, forges: FakeForges, monkeypatch: pytest.MonkeyPatch
) -> None:
    del remote

    def refuse(*_: object) -> None:
        raise RefusedError(ErrorCode.FORGE_NO_CREDENTIALS, "It does not accept them.")

    monkeypatch.setattr(forges, "remember", refuse)

    answer = await client.post("/releases/tokens", {"folder": "work/churn", "token": TOKEN})

    assert (answer.status, answer.json["code"]) == (422, "forge.no-credentials")
    assert TOKEN not in str(answer.json)


@pytest.mark.parametrize("token", [7, None, ["x"]])
async def test_token_that_is_none_is_refused_and_not_repeated(
    client: Client, repo: GitRepo, token: object
) -> None:
    del repo

    answer = await client.post("/releases/tokens", {"folder": "work/churn", "token": token})

    assert answer.status == 400


async def test_token_is_for_the_forge_of_a_remote(client: Client, repo: GitRepo) -> None:
    del repo

    answer = await client.post("/releases/tokens", {"folder": "work/churn", "token": TOKEN})

    assert (answer.status, answer.json["code"]) == (422, "release.no-remote")
