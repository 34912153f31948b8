"""Routes of requests to bots, in real repositories with a forge in lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.app.forge_ports import NewPullRequest
from aidevsecops_ext.domain.forge import Build, BuildState, PullRequestState
from aidevsecops_ext.server.backstage import Backstage
from tests.fakes.cancel import FakeCancelToken
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.contract import load_contract
from tests.kits.git_repo import GitRepo, bare_environment, live_in, make_remote, make_repo
from tests.kits.services import with_ports

from .client import Client

FOLDER = {"folder": "work"}


@pytest.fixture
def forge(client: Client, backstage: Backstage) -> FakeForge:
    assert client is not None
    build, made = backstage.build, FakeForge()
    backstage.build = lambda root, settings: with_ports(
        build(root, settings), forges=FakeForges(made)
    )
    return made


@pytest.fixture
def repo(
    client: Client, backstage: Backstage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> GitRepo:
    assert client is not None
    live_in(bare_environment(tmp_path / "nobody"), monkeypatch)
    made = make_repo(backstage.paths.root / "work", {"a.txt": "1\n"})
    make_remote(tmp_path / "remote", made)
    return made


def assert_fits(schema: str, value: Any) -> None:
    described = load_contract()["components"]["schemas"][schema]
    assert set(described["required"]) == set(value)


@pytest.mark.usefixtures("repo")
async def test_issue_is_shown_opened_once_and_listed(client: Client, forge: FakeForge) -> None:
    wish = {**FOLDER, "request": "deliver-image", "tag": "v1.4.0"}

    planned = await client.post("/releases/requests", {**wish, "dry_run": True})
    before = len(forge.issues)
    opened = await client.post("/releases/requests", wish)
    again = await client.post("/releases/requests", wish)
    listed = await client.get("/releases/requests", FOLDER)

    assert (planned.status, before) == (200, 0), planned.json
    assert_fits("BotRequestAnswer", planned.json)
    assert (planned.json["issue"], planned.json["title"]) == (None, "Deliver Container Image")
    assert planned.json["body"].endswith("\nTag: v1.4.0")
    assert (opened.json["issue"]["number"], opened.json["is_open_already"]) == (1, False)
    assert (again.json["issue"]["number"], again.json["is_open_already"]) == (1, True)
    assert len(forge.issues) == 1
    assert listed.json["repository"] == "work"
    assert [one["title"] for one in listed.json["requests"]] == ["Deliver Container Image"]


@pytest.mark.usefixtures("repo")
async def test_issue_is_followed(client: Client, forge: FakeForge) -> None:
    forge.ask("New minor release")
    forge.comment(1, "On it.", FakeCancelToken())
    new = NewPullRequest("Release of version 1.1.0", "Closes: #1", "v1.1.0", "main")
    forge.create_pull_request(new, FakeCancelToken())
    forge.settle(2, PullRequestState.MERGED, "abc")
    forge.build_list = [Build("ci", BuildState.PASSED)]

    answer = await client.get("/releases/requests/1", FOLDER)

    assert answer.status == 200, answer.json
    assert_fits("FollowedBotRequest", answer.json)
    assert [one["body"] for one in answer.json["comments"]] == ["On it."]
    assert answer.json["pull_request"]["state"] == "merged"
    assert answer.json["builds"] == [{"name": "ci", "state": "passed", "url": ""}]


async def test_release_that_the_commits_ask_for_is_asked_for(
    client: Client, repo: GitRepo, forge: FakeForge
) -> None:
    repo.commit("feat: say it", {"version.py": '__version__ = "1.2.0"\n'})

    planned = await client.post(
        "/releases/requests", {**FOLDER, "request": "auto", "dry_run": True}
    )

    assert (planned.status, forge.issues) == (200, []), planned.json
    assert planned.json["title"] == "1.3.0 release"


async def test_builds_and_page_of_the_newest_release_are_told(
    client: Client, repo: GitRepo, forge: FakeForge
) -> None:
    repo.git("tag", "v1.2.0")
    forge.build_list = [Build("ci", BuildState.FAILED, "https://example.org/ci")]

    found = await client.get("/releases/builds", FOLDER)
    shown = await client.get("/releases", FOLDER)
    forge.is_let_in = False
    unasked = await client.get("/releases/builds", FOLDER)

    assert_fits("ReleaseBuilds", found.json)
    assert found.json == {
        "repository": "work",
        "forge": "https://example.org/group/a",
        "tag": "v1.2.0",
        "commit": repo.head(),
        "builds": [{"name": "ci", "state": "failed", "url": "https://example.org/ci"}],
        "note": "",
        "wants_token": False,
    }
    assert shown.json["tags"][0]["url"] == "https://example.org/group/a/releases/tag/v1.2.0"
    assert (unasked.status, unasked.json["builds"]) == (200, [])
    assert "no token" in unasked.json["note"]
    assert unasked.json["wants_token"]


@pytest.mark.usefixtures("forge")
async def test_workflow_is_shown_and_written_as_it_was_agreed_to(
    client: Client, repo: GitRepo
) -> None:
    path = ".github/workflows/release.yml"
    shown = await client.get("/releases/workflows", FOLDER)
    other = await client.get("/releases/workflows", {**FOLDER, "forge": "gitea"})
    agreed = {**FOLDER, "digest": shown.json["digest"]}
    refused = await client.post("/releases/workflows", {**agreed, "forge": "gitea"})
    before = repo.git("status", "--porcelain")
    written = await client.post("/releases/workflows", agreed)
    again = await client.get("/releases/workflows", FOLDER)

    assert_fits("ReleaseWorkflow", shown.json)
    assert (shown.json["forge"], shown.json["notes"]) == ("github", [])
    assert [one["file"] for one in shown.json["changes"]] == [path]
    assert "+name: Release" in shown.json["changes"][0]["diff"]
    assert other.json["forge"] == "gitea"
    assert (refused.status, refused.json["code"], before) == (409, "release.plan-outdated", "")
    assert (written.status, written.json) == (200, shown.json)
    assert repo.git("status", "--porcelain", "-uall") == f"?? {path}"
    assert again.json["changes"] == []


@pytest.mark.usefixtures("repo")
async def test_workflow_is_for_a_forge_that_is_known(client: Client) -> None:
    unknown = await client.get("/releases/workflows", FOLDER)
    odd = await client.get("/releases/workflows", {**FOLDER, "forge": "sourceforge"})
    named = await client.get("/releases/workflows", {**FOLDER, "forge": "gitlab"})

    assert (unknown.status, unknown.json["code"]) == (422, "release.no-forge")
    assert (odd.status, odd.json["code"]) == (400, "request.invalid")
    assert named.json["forge"] == "gitlab"


@pytest.mark.usefixtures("repo", "forge")
@pytest.mark.parametrize("number", ["7", "0", "seven", "99999999999999"])
async def test_issue_that_is_not_there_cannot_be_followed(client: Client, number: str) -> None:
    answer = await client.get(f"/releases/requests/{number}", FOLDER)

    assert answer.status == 404


@pytest.mark.usefixtures("repo", "forge")
@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"request": "coffee"}, "bot.request-unknown"),
        ({"request": "deliver-image"}, "bot.tag-invalid"),
        ({"request": "deliver-image", "tag": "a b"}, "bot.tag-invalid"),
        ({}, "request.invalid"),
        ({"request": "minor", "title": "x"}, "request.invalid"),
    ],
)
async def test_nothing_else_can_be_asked(client: Client, wish: dict[str, str], code: str) -> None:
    answer = await client.post("/releases/requests", {**FOLDER, **wish})

    assert (answer.status, answer.json["code"]) == (400, code)


@pytest.mark.usefixtures("repo")
async def test_nobody_is_asked_where_no_forge_is_known(client: Client) -> None:
    answer = await client.post("/releases/requests", {**FOLDER, "request": "minor"})

    assert (answer.status, answer.json["code"]) == (422, "release.no-forge")
