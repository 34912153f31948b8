"""Routes of releases, in real repositories."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.release_calls import (
    PREVIEW_KIND,
    RELEASE_KIND,
    RESUMPTION_KIND,
    UNDO_KIND,
)
from tests.fakes.clock import FakeClock
from tests.fakes.forge import FakeForge, FakeForges
from tests.kits.contract import load_contract
from tests.kits.git_repo import GitRepo, bare_environment, clone, live_in, make_remote, make_repo
from tests.kits.services import with_ports

from .client import Answer, Client

VERSION = '__version__ = "1.2.0"\n'
ROUTES = ("/releases/previews", "/releases", "/releases/resumptions", "/releases/undos")


@pytest.fixture(autouse=True)
def _bare_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody for whom git was never set up."""
    live_in(bare_environment(tmp_path / "nobody"), monkeypatch)


@pytest.fixture
def root(client: Client, backstage: Backstage) -> Path:
    """The server's root."""
    assert client is not None
    return backstage.paths.root


@pytest.fixture
def repo(root: Path) -> GitRepo:
    """A repository in a folder of the server's root, with something to release."""
    made = make_repo(root / "work" / "churn", {"version.py": VERSION})
    made.git("tag", "-a", "v1.2.0", "-m", "v1.2.0")
    made.commit("feat: answer sooner", {"a.txt": "1\n", "notebooks/a.ipynb": "{}"})
    return made


async def job_of(client: Client, answer: Answer) -> Any:
    assert answer.status == 202, answer.json
    return await client.wait_for_end(answer.json["job_id"])


async def run(client: Client, route: str, **fields: Any) -> Any:
    """The ended job that a route starts."""
    return await job_of(client, await client.post(route, {"folder": "work/churn", **fields}))


async def preview(client: Client, **fields: Any) -> Any:
    """The plan of a release, which is as the contract says."""
    wish = {"unchecked": True, **({} if "version" in fields else {"kind": "minor"}), **fields}
    job = await run(client, "/releases/previews", **wish)
    assert job["state"] == "succeeded", job["error"]
    assert_fits("ReleasePlan", job["result"])
    return job["result"]


async def cut(client: Client, digest: str, **fields: Any) -> Any:
    """The ended job that cuts the release that was agreed to."""
    wish = {} if "version" in fields else {"kind": "minor"}
    return await run(client, "/releases", unchecked=True, digest=digest, **wish, **fields)


async def show(client: Client, **query: str) -> Any:
    answer = await client.get("/releases", {"folder": "work/churn", **query})
    assert answer.status == 200, answer.json
    return answer.json


def assert_fits(schema: str, value: Any) -> None:
    """The result of a job is what the contract says."""
    described = load_contract()["components"]["schemas"][schema]
    assert set(described["required"]) <= set(value) <= set(described["properties"])


async def test_preview_answers_the_plan_and_changes_nothing(client: Client, repo: GitRepo) -> None:
    before = repo.snapshot()

    job = await run(client, "/releases/previews", kind="auto")

    plan = job["result"]
    assert (job["kind"], job["key"], job["preview"]) == (PREVIEW_KIND, "work/churn", True)
    assert job["title"] == "Plan a release of churn"
    assert (plan["repository"], plan["branch"]) == ("work/churn", "main")
    assert (plan["current"], plan["next"], plan["tag"]) == ("1.2.0", "1.3.0", "v1.3.0")
    assert plan["kind"] == "auto"
    assert plan["versions"] == [{"file": "version.py", "line": 1, "value": "1.2.0"}]
    assert plan["changelog"] == "### Added\n\n- Answer sooner"
    assert [change["file"] for change in plan["changes"]] == ["CHANGELOG.md", "version.py"]
    assert '-__version__ = "1.2.0"\n+__version__ = "1.3.0"' in plan["changes"][1]["diff"]
    assert plan["can_release"] is True
    assert_fits("ReleasePlan", plan)
    for check in plan["checks"]:
        assert_fits("ReleaseCheck", check)
    assert repo.snapshot() == before


async def test_preview_finds_the_repository_around_a_notebook(
    client: Client, repo: GitRepo
) -> None:
    body = {"path": "work/churn/notebooks/a.ipynb", "version": "2.0.0", "unchecked": True}

    job = await job_of(client, await client.post("/releases/previews", body))

    assert repo.read("version.py") == VERSION
    assert (job["result"]["repository"], job["result"]["next"]) == ("work/churn", "2.0.0")
    assert job["result"]["kind"] == "explicit"


async def test_preview_plans_a_release_of_the_root(client: Client, root: Path) -> None:
    make_repo(root, {"version.py": VERSION})

    plan = await preview(client, folder="/")

    assert (plan["repository"], plan["next"]) == (".", "1.3.0")


async def test_preview_says_when_a_check_forbids_the_release(client: Client, repo: GitRepo) -> None:
    repo.write("version.py", f"{VERSION}# changed\n")

    plan = await preview(client)
    job = await cut(client, plan["digest"])

    assert plan["can_release"] is False
    assert {"tree": "fail"}.items() <= {c["name"]: c["status"] for c in plan["checks"]}.items()
    assert (job["state"], job["error"]["code"]) == ("failed", "release.checks-failed")
    assert repo.git("tag") == "v1.2.0"


async def test_release_carries_out_the_plan_that_was_agreed_to(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    plan = await preview(client)

    job = await cut(client, plan["digest"])

    result = job["result"]
    assert (job["kind"], job["state"], job["error"]) == (RELEASE_KIND, "succeeded", None)
    assert (job["title"], job["preview"]) == ("Release v1.3.0 of churn", False)
    assert_fits("ReleaseResult", result)
    assert_fits("ReleaseRecord", result["release"])
    assert (result["release"]["stage"], result["release"]["remote"]) == ("done", "origin")
    assert result["release"]["files"] == ["CHANGELOG.md", "version.py"]
    assert result["release"]["commit"] == repo.head() == remote.git("rev-parse", "main")
    assert remote.git("rev-parse", "v1.3.0^{commit}") == repo.head()
    assert job["progress"] == {"message": "Released v1.3.0", "fraction": 1.0}


async def test_release_stays_here_when_it_is_not_to_be_pushed(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    plan = await preview(client, offline=True)

    job = await cut(client, plan["digest"], offline=True, push=False)

    assert job["result"]["release"]["remote"] is None
    assert "v1.3.0" in repo.git("tag")
    assert "v1.3.0" not in remote.git("tag")


async def test_release_writes_what_the_plan_said_also_in_a_changelog_with_seconds(
    client: Client, repo: GitRepo, backstage: Backstage
) -> None:
    build, clock = backstage.build, FakeClock(1_795_000_000.0)
    # The jobs keep the real time.
    backstage.build = lambda root, settings: (
        with_ports(build(root, settings), clock=clock)
        if root == repo.folder
        else build(root, settings)
    )
    log = "# Changelog\n\n## Release 1.2.0 (2026-01-01T00:00:00)\n### Features\n* All\n"
    repo.commit("Tell of changes", {"CHANGELOG.md": log})
    plan = await preview(client)
    clock.seconds += 90

    job = await cut(client, plan["digest"])

    assert job["state"] == "succeeded", job["error"]
    heading = next(line for line in plan["changes"][0]["diff"].splitlines() if "1.3.0" in line)
    assert heading.removeprefix("+") in repo.read("CHANGELOG.md").splitlines()


@pytest.mark.parametrize("change", ["commit", "branch", "version", "digest"])
async def test_release_is_refused_when_the_plan_is_another_one_by_now(
    client: Client, repo: GitRepo, change: str
) -> None:
    digest = (await preview(client))["digest"]
    fields: dict[str, Any] = {"kind": "minor"}
    if change == "commit":
        repo.commit("fix: more", {"b.txt": ""})
    elif change == "branch":
        repo.git("switch", "--quiet", "-c", "other")
    elif change == "version":
        fields = {"version": "9.0.0"}
    else:
        digest = "nonsense"
    before = repo.snapshot()

    answer = await client.post("/releases", {"folder": "work/churn", "digest": digest, **fields})

    assert (answer.status, answer.json["code"]) == (409, "release.plan-outdated")
    assert repo.snapshot() == before
    assert (await client.get("/jobs", {"kind": RELEASE_KIND})).json == {"jobs": []}


async def test_release_fails_when_the_plan_is_outdated_by_the_job_before(
    client: Client, repo: GitRepo
) -> None:
    digest = (await preview(client))["digest"]
    body = {"folder": "work/churn", "kind": "minor", "unchecked": True, "digest": digest}

    answers = await asyncio.gather(client.post("/releases", body), client.post("/releases", body))
    started = [answer for answer in answers if answer.status == 202]
    jobs = [await job_of(client, answer) for answer in started]

    assert {answer.status for answer in answers} <= {202, 409}
    assert [job["state"] for job in jobs].count("succeeded") == 1
    assert {job["error"]["code"] for job in jobs if job["error"]} <= {"release.plan-outdated"}
    assert repo.git("tag").split() == ["v1.2.0", "v1.3.0"]


async def test_release_is_the_same_job_when_it_is_asked_for_again(
    client: Client, repo: GitRepo
) -> None:
    digest = (await preview(client))["digest"]

    first = await cut(client, digest, idempotency_key="a")
    again = await cut(client, digest, idempotency_key="a")

    assert first["state"] == "succeeded"
    assert again == first
    assert repo.git("tag").split() == ["v1.2.0", "v1.3.0"]


async def test_release_that_is_cancelled_leaves_all_as_it_was(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    repo.hook("pre-commit", f"touch '{started}'; sleep 60")
    digest = (await preview(client))["digest"]
    before = repo.snapshot()
    body = {"folder": "work/churn", "kind": "minor", "unchecked": True, "digest": digest}
    job_id = (await client.post("/releases", body)).json["job_id"]
    while not started.exists():
        # A hook of git tells by a file; the test's time limit ends a vain wait.
        await asyncio.sleep(0.02)

    await client.delete(f"/jobs/{job_id}")
    job = await client.wait_for_end(job_id)

    assert job["state"] == "cancelled"
    assert repo.snapshot() == before
    assert (await show(client))["can_resume"] is False


async def test_release_logs_what_hooks_say(client: Client, repo: GitRepo) -> None:
    repo.hook("pre-commit", "echo 'the hook was here' >&2")

    job = await cut(client, (await preview(client))["digest"])

    log = (await client.get(f"/jobs/{job['job_id']}/log")).json
    assert any("the hook was here" in line for line in log["lines"])


async def test_releases_say_what_there_is_before_anything_was_released(
    client: Client, repo: GitRepo
) -> None:
    found = await show(client)

    assert (found["repository"], found["current"]) == ("work/churn", "1.2.0")
    assert (found["branch"], found["remote"]) == ("main", None)
    assert found["versions"] == [{"file": "version.py", "line": 1, "value": "1.2.0"}]
    assert {"major": "2.0.0", "minor": "1.3.0", "patch": "1.2.1"}.items() <= found["next"].items()
    assert (found["release"], found["published"], found["running"]) == (None, "nothing", False)
    assert (found["can_resume"], found["can_undo"], found["problem"]) == (False, False, "")
    assert [tag["name"] for tag in found["tags"]] == ["v1.2.0"]
    assert found["tags"][0]["commit"] == repo.git("rev-parse", "v1.2.0^{commit}")


async def test_releases_say_how_far_the_newest_one_came(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    await cut(client, (await preview(client))["digest"])

    here, asked = await show(client), await show(client, remote="true")
    remote.git("tag", "-d", "v1.3.0")
    moved = await show(client, remote="true", path="work/churn/notebooks/a.ipynb")

    assert (here["current"], here["release"]["stage"]) == ("1.3.0", "done")
    assert (here["branch"], here["remote"]) == ("main", "origin")
    assert (here["published"], asked["published"], moved["published"]) == ("all", "all", "commit")
    assert (here["can_resume"], here["can_undo"]) == (False, True)
    assert [tag["name"] for tag in here["tags"]] == ["v1.3.0", "v1.2.0"]


async def test_releases_say_why_the_version_cannot_be_told(client: Client, repo: GitRepo) -> None:
    repo.commit("Disagree", {"setup.py": '__version__ = "3.0.0"\n'})

    found = await show(client)
    job = await run(client, "/releases/previews", kind="minor", unchecked=True)

    assert (found["current"], found["next"]) == (None, {})
    assert "setup.py:1 says 3.0.0" in found["problem"]
    assert job["error"]["code"] == "release.versions-differ"


async def test_undo_leaves_all_as_it_was(client: Client, repo: GitRepo) -> None:
    before = repo.snapshot()
    await cut(client, (await preview(client))["digest"])

    job = await run(client, "/releases/undos")

    assert (job["kind"], job["state"], job["error"]) == (UNDO_KIND, "succeeded", None)
    assert_fits("ReleaseResult", job["result"])
    assert (job["result"]["release"]["stage"], job["result"]["left"]) == ("undone", [])
    assert repo.snapshot() == before


async def test_undo_takes_back_what_is_out_when_it_is_asked_to(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote.git", repo)
    await cut(client, (await preview(client))["digest"])

    kept = await run(client, "/releases/undos")
    undone = await run(client, "/releases/undos", published=True)

    assert kept["error"]["code"] == "release.is-out"
    assert undone["result"]["release"]["stage"] == "undone"
    assert remote.git("tag").split() == []
    assert remote.git("show", "main:version.py") == VERSION.strip()


async def test_resumption_goes_on_where_the_release_was_stopped(
    client: Client, repo: GitRepo, backstage: Backstage
) -> None:
    await cut(client, (await preview(client))["digest"])
    journal = repo.git_dir / "aidevsecops" / "release.json"
    record = json.loads(journal.read_text())
    # As if the server had ended before the tag was made.
    journal.write_text(json.dumps({**record, "stage": "committed", "tag_id": None}))
    repo.git("tag", "-d", "v1.3.0")

    stopped = await show(client)
    refused = await run(client, "/releases/previews", version="1.4.0", unchecked=True)
    refused = await cut(client, refused["result"]["digest"], version="1.4.0")
    job = await run(client, "/releases/resumptions")

    assert (stopped["can_resume"], stopped["release"]["stage"]) == (True, "committed")
    assert refused["error"]["code"] == "release.unfinished"
    assert (job["kind"], job["state"], job["error"]) == (RESUMPTION_KIND, "succeeded", None)
    assert job["result"]["release"]["stage"] == "done"
    assert "v1.3.0" in repo.git("tag").split()
    assert backstage.paths.root.is_dir()


@pytest.mark.parametrize("route", ["/releases/resumptions", "/releases/undos"])
async def test_job_fails_when_there_is_no_release(
    client: Client, repo: GitRepo, route: str
) -> None:
    job = await run(client, route)

    assert repo.git("tag") == "v1.2.0"
    assert (job["state"], job["error"]["code"]) == ("failed", "release.none")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "folder"),
        ({"folder": ""}, "folder"),
        ({"folder": 1}, "folder"),
        ({"folder": ".", "other": 1}, "other"),
    ],
)
async def test_releases_refuse_when_the_folder_makes_no_sense(
    client: Client, fields: dict[str, Any], field: str
) -> None:
    for route in ROUTES:
        more = {"kind": "minor"} if route in ROUTES[:2] else {}
        more |= {"digest": "x"} if route == "/releases" else {}

        answer = await client.post(route, {**fields, **more})

        assert (answer.status, answer.json["code"]) == (400, "request.invalid")
        assert answer.json["details"] == {"field": field}


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({}, "request.invalid"),
        ({"kind": "mayor"}, "request.invalid"),
        ({"kind": "explicit"}, "request.invalid"),
        ({"kind": "minor", "version": "1.0.0"}, "request.invalid"),
        ({"kind": None}, "request.invalid"),
        ({"version": ""}, "request.invalid"),
    ],
)
async def test_releases_refuse_when_the_version_is_not_clear(
    client: Client, repo: GitRepo, wish: dict[str, Any], code: str
) -> None:
    body = {"folder": "work/churn", **wish}

    planned = await client.post("/releases/previews", body)
    made = await client.post("/releases", {**body, "digest": "1-2"})

    assert repo.git("tag") == "v1.2.0"
    assert {(each.status, each.json["code"]) for each in (planned, made)} == {(400, code)}


async def test_preview_fails_when_the_version_is_none(client: Client, repo: GitRepo) -> None:
    job = await run(client, "/releases/previews", version="mayor", unchecked=True)

    assert repo.git("tag") == "v1.2.0"
    assert job["error"]["code"] == "release.version-invalid"


@pytest.mark.parametrize(
    ("folder", "refusal"),
    [
        ("..", (422, "notebook.outside-root")),
        ("work/../../x", (422, "notebook.outside-root")),
        ("out", (422, "notebook.outside-root")),
        (".hidden", (404, "notebook.not-found")),
        ("plain", (422, "release.no-repository")),
        ("missing", (422, "release.no-repository")),
        (".", (422, "release.no-repository")),
    ],
)
async def test_releases_refuse_what_is_no_repository_below_the_root(
    client: Client, root: Path, tmp_path: Path, folder: str, refusal: tuple[int, str]
) -> None:
    outside = make_repo(tmp_path / "outside", {"version.py": VERSION})
    (root / "out").symlink_to(outside.folder)
    (root / "plain").mkdir()
    make_repo(root / ".hidden", {"version.py": VERSION})

    answers = [await client.get("/releases", {"folder": folder})]
    for route in ROUTES:
        more = {"kind": "minor"} if route in ROUTES[:2] else {}
        more |= {"digest": "x"} if route == "/releases" else {}
        answers.append(await client.post(route, {"folder": folder, **more}))

    assert {(answer.status, answer.json["code"]) for answer in answers} == {refusal}
    assert outside.git("status", "--porcelain") == ""


async def test_releases_refuse_when_no_folder_can_be_called_so(client: Client) -> None:
    answer = await client.post("/releases/undos", {"folder": "a\0b"})

    assert (answer.status, answer.json["code"]) == (404, "notebook.not-found")


async def test_releases_refuse_a_repository_that_begins_above_the_root(
    client: Client, root: Path
) -> None:
    make_repo(root.parent, {"version.py": VERSION})

    answer = await client.get("/releases", {"folder": "."})

    assert (answer.status, answer.json["code"]) == (422, "release.no-repository")
    assert "not below the server's root folder" in answer.json["message"]


@pytest.mark.parametrize("query", [{"folder": ""}, {"folder": ".", "remote": "perhaps"}])
async def test_releases_refuse_when_the_query_makes_no_sense(
    client: Client, query: dict[str, str]
) -> None:
    answer = await client.get("/releases", query)

    assert (answer.status, answer.json["code"]) == (400, "request.invalid")


async def test_no_answer_has_the_credentials_of_the_remote(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    other = clone(make_remote(tmp_path / "remote.git", repo), tmp_path / "other")
    assert other.head() == repo.head()
    repo.git("remote", "set-url", "origin", "http://jo:hunter22@127.0.0.1:9/churn.git")

    plan = await preview(client)
    job = await run(client, "/releases/previews", kind="minor", unchecked=True)
    failed = await cut(client, plan["digest"])
    log = await client.get(f"/jobs/{failed['job_id']}/log")
    told = [plan, job, failed, log.json, await show(client, remote="true")]

    assert failed["state"] == "failed"
    assert "hunter22" not in json.dumps(told)


async def test_job_has_the_address_with_the_base_url(
    client: Client, repo: GitRepo, jp_base_url: str
) -> None:
    answer = await client.post("/releases/undos", {"folder": "work/churn"})

    assert repo.git("tag") == "v1.2.0"
    expected = f"{jp_base_url}aidevsecops-ext/jobs/{answer.json['job_id']}"
    assert (answer.headers["Location"], answer.json["url"]) == (expected, expected)
    await client.wait_for_end(answer.json["job_id"])


async def test_notes_tell_what_is_not_released_without_running_commands(
    client: Client, repo: GitRepo
) -> None:
    said = '[release]\ncommands = [["touch", "was-run"]]\n'
    repo.commit("fix: wait for answers", {".aidevsecops.toml": said})

    answer = await client.get("/releases/notes", {"path": "work/churn/notebooks/a.ipynb"})

    assert answer.status == 200, answer.json
    assert_fits("ReleaseNotes", answer.json)
    assert answer.json == {
        "repository": "work/churn",
        "since": "v1.2.0",
        "count": 2,
        "notes": "### Added\n\n- Answer sooner\n\n### Fixed\n\n- Wait for answers",
        "next": "1.3.0",
    }
    assert not (repo.folder / "was-run").exists()


async def test_release_by_pull_request_is_planned_opened_and_undone(
    client: Client, repo: GitRepo, backstage: Backstage, tmp_path: Path
) -> None:
    remote = make_remote(tmp_path / "remote", repo)
    build, forge = backstage.build, FakeForge()
    backstage.build = lambda root, settings: with_ports(
        build(root, settings), forges=FakeForges(forge)
    )

    plan = await preview(client, mode="pull-request")
    job = await cut(client, plan["digest"], mode="pull-request")
    shown = await show(client, remote="true")
    branches = [*remote.refs()]
    undone = await run(client, "/releases/undos")

    assert (plan["mode"], plan["pull_request"]["target"]) == ("pull-request", "main")
    assert job["state"] == "succeeded", job["error"]
    assert_fits("ReleaseRecord", job["result"]["release"])
    assert job["result"]["release"]["pull_request"] == {
        "branch": "v1.3.0",
        "target": "main",
        "number": 1,
        "url": forge.requests[0].url,
        "note": "",
    }
    assert shown["pull_request"]["state"] == "open"
    assert branches == ["refs/heads/main", "refs/heads/v1.3.0"]
    assert undone["result"]["release"]["stage"] == "undone"
    assert [*remote.refs()] == ["refs/heads/main"]
    assert repo.git("status", "--porcelain") == ""


async def test_plan_that_was_agreed_to_is_of_one_mode(
    client: Client, repo: GitRepo, tmp_path: Path
) -> None:
    make_remote(tmp_path / "remote", repo)
    plan = await preview(client)

    answer = await client.post(
        "/releases",
        {
            "folder": "work/churn",
            "kind": "minor",
            "digest": plan["digest"],
            "mode": "pull-request",
        },
    )

    assert answer.status == 409
    assert answer.json["code"] == "release.plan-outdated"
