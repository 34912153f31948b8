"""Routes of a project, in real folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.server.project_calls import AUDIT_KIND
from tests.kits.git_repo import bare_environment, live_in, make_repo
from tests.kits.notebooks import notebook_text

from .client import Client


@pytest.fixture(autouse=True)
def _bare_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody for whom git was never set up."""
    live_in(bare_environment(tmp_path / "nobody"), monkeypatch)


async def test_project_of_an_open_notebook_is_its_repository(
    client: Client, jp_root_dir: Path
) -> None:
    repo = make_repo(jp_root_dir / "churn", {"nb/a.ipynb": notebook_text(["import sklearn"])})
    repo.write("b.ipynb", notebook_text())

    answer = await client.get("/project", {"path": "churn/nb/a.ipynb"})

    assert answer.status == 200, answer.json
    assert (answer.json["path"], answer.json["name"]) == ("churn", "churn")
    assert answer.json["links"][0]["summary"] == "0 of 1 notebook locked."
    assert answer.json["git"]["uncommitted"] == ["b.ipynb"]
    assert answer.json["adoption"]["offered"] is True


async def test_project_names_all_notebooks_that_are_due(client: Client, jp_root_dir: Path) -> None:
    unlocked = notebook_text(["import sklearn"])
    make_repo(jp_root_dir / "churn", {"a.ipynb": unlocked, "b.ipynb": unlocked})

    answer = await client.get("/project", {"folder": "churn"})

    assert answer.json["links"][0]["next"] == {
        "command": "lock-notebook",
        "arguments": {"path": "a.ipynb", "within": "."},
        "paths": ["a.ipynb", "b.ipynb"],
    }


async def test_project_without_a_repository_is_the_folder(
    client: Client, jp_root_dir: Path
) -> None:
    (jp_root_dir / "notes").mkdir()

    answer = await client.get("/project", {"folder": "notes"})

    assert (answer.json["path"], answer.json["git"]) == ("notes", None)
    assert answer.json["adoption"]["repository"] is False


async def test_project_that_is_not_there_or_reaches_above_is_refused(
    client: Client, jp_root_dir: Path
) -> None:
    nowhere = await client.get("/project", {"folder": "nowhere"})
    make_repo(jp_root_dir.parent, {"a.txt": ""})
    above = await client.get("/project", {"folder": "."})
    unnamed = await client.get("/project")

    assert (nowhere.status, nowhere.json["code"]) == (422, "release.no-repository")
    assert (above.status, above.json["code"]) == (422, "release.no-repository")
    # Without a name it is that of the root.
    assert unnamed.json["code"] == above.json["code"]


async def test_project_is_adopted_as_it_was_shown(client: Client, jp_root_dir: Path) -> None:
    folder = jp_root_dir / "churn"
    folder.mkdir()
    (folder / "OWNERS").write_text("approvers: [jo]\n")

    shown = await client.post("/project/adoptions/previews", {"folder": "churn"})
    outdated = {"folder": "churn", "digest": "0", "paths": []}
    refused = await client.post("/project/adoptions", outdated)
    asked = {"folder": "churn", "digest": shown.json["digest"], "paths": [".thoth.yaml"]}
    done = await client.post("/project/adoptions", asked)

    assert shown.status == 200, shown.json
    assert shown.json["kept"] == ["OWNERS"]
    assert ".aicoe-ci.yaml" in [file["path"] for file in shown.json["files"]]
    assert (refused.status, refused.json["code"]) == (409, "project.preview-outdated")
    assert (done.status, done.json) == (201, {"path": "churn", "written": [".thoth.yaml"]})
    assert (folder / ".git").is_dir()
    assert not (folder / ".aicoe-ci.yaml").exists()


async def test_adoption_is_taken_back_but_for_what_was_changed(
    client: Client, jp_root_dir: Path
) -> None:
    folder = jp_root_dir / "churn"
    folder.mkdir()
    shown = await client.post("/project/adoptions/previews", {"folder": "churn"})
    paths = ["OWNERS", ".thoth.yaml"]
    asked = {"folder": "churn", "digest": shown.json["digest"], "paths": paths}
    await client.post("/project/adoptions", asked)
    (folder / "OWNERS").write_text("approvers: [jo]\n")

    done = await client.post("/project/adoptions/undos", {"folder": "churn"})
    again = await client.post("/project/adoptions/undos", {"folder": "churn"})

    expected = {"path": "churn", "removed": [".thoth.yaml"], "kept": ["OWNERS"]}
    assert (done.status, done.json) == (200, expected)
    assert again.json == {"path": "churn", "removed": [], "kept": []}
    assert sorted(path.name for path in folder.iterdir()) == [".git", "OWNERS"]


async def test_project_is_audited_in_a_job(client: Client, jp_root_dir: Path) -> None:
    make_repo(jp_root_dir / "churn", {"a.txt": ""})

    started = await client.post("/project/audits", {"folder": "churn"})
    job = await client.wait_for_end(started.json["job_id"])

    assert (started.status, job["kind"]) == (202, AUDIT_KIND)
    assert job["state"] == "succeeded"
    assert job["result"]["path"] == "churn"
    assert job["result"]["check"]["message"] == "There are no locks."
