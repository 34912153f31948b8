"""Routes of pipelines' documents, on real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.app.engine_ports import EngineWork
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.domain.engine import EngineIssue, IssueLevel
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.server.backstage import Backstage
from tests.kits.notebooks import notebook_text
from tests.kits.pipelines import node, old_node, text

from .client import Client


@pytest.fixture
def root(backstage: Backstage) -> Path:
    """The server's folder, with a notebook."""
    found = backstage.paths.root
    (found / "a.ipynb").write_text(notebook_text(["import os\nos.environ['KEY']"]))
    return found


async def test_a_draft_is_shown_and_then_written(client: Client, root: Path) -> None:
    draft = await client.post("/pipelines/drafts", {"names": ["a.ipynb"], "image": "o/a:v1"})
    is_untouched = not (root / "a.pipeline").exists()
    made = await client.post("/pipelines", {"names": ["a.ipynb"], "revision": None})

    assert (draft.status, made.status) == (200, 201)
    assert is_untouched
    assert draft.json["file"]["state"] == "created"
    [found] = draft.json["pipeline"]["nodes"]
    assert (found["name"], found["image"], found["environment"]) == ("a", "o/a:v1", {"KEY": ""})
    assert (root / "a.pipeline").read_text() == made.json["file"]["text"]


async def test_a_draft_of_another_file_than_was_seen_is_not_written(
    client: Client, root: Path
) -> None:
    (root / "p.pipeline").write_text(text())

    answer = await client.post(
        "/pipelines", {"names": ["a.ipynb"], "path": "p.pipeline", "revision": None}
    )

    assert (answer.status, answer.json["code"]) == (409, "notebook.changed")


async def test_drafts_take_all_that_the_terminal_takes(client: Client, root: Path) -> None:
    (root / "p.pipeline").write_text(text(node("mine")))
    body = {
        "names": ["a.ipynb"],
        "path": "p.pipeline",
        "order": "files",
        "steps": "steps",
        "force": True,
    }

    answer = await client.post("/pipelines/drafts", body)

    assert answer.json["file"]["state"] == "replaced"
    assert [each["name"] for each in answer.json["pipeline"]["nodes"]] == ["mine", "a"]


@pytest.mark.parametrize(
    ("names", "status", "code"),
    [
        (["gone.ipynb"], 404, "notebook.not-found"),
        (["../a.ipynb"], 422, "notebook.outside-root"),
        (["a.csv"], 400, "request.invalid"),
    ],
)
async def test_drafts_of_what_cannot_be_are_refused(
    client: Client, root: Path, names: list[str], status: int, code: str
) -> None:
    answer = await client.post("/pipelines/drafts", {"names": names})

    assert root.is_dir()
    assert (answer.status, answer.json["code"]) == (status, code)


async def test_an_older_pipeline_is_imported_after_it_was_seen(client: Client, root: Path) -> None:
    (root / "old.pipeline").write_text(text(old_node("a", env_vars=["A=x,y"]), version=3))

    seen = await client.post("/pipelines/imports", {"path": "old.pipeline", "fix": True})
    body = {"path": "old.pipeline", "write": True, "revision": seen.json["revision"]}
    is_untouched = '"A=x,y"' in (root / "old.pipeline").read_text()
    done = await client.post("/pipelines/imports", body)
    beside = await client.post(
        "/pipelines/imports", {"path": "old.pipeline", "out": "new", "write": True}
    )

    assert is_untouched
    assert seen.json["pipeline"]["nodes"][0]["environment"] == {"A": "x,y"}
    assert seen.json["pipeline"]["version"] == 8
    assert done.json["file"]["state"] == "replaced"
    assert '"value": "x,y"' in (root / "old.pipeline").read_text()
    assert beside.json["file"]["path"] == "new.pipeline"
    assert (root / "new.pipeline").exists()


async def test_a_validation_says_what_is_wrong(client: Client, root: Path) -> None:
    secret: Json = {"env_var": "API_TOKEN", "value": "verysecret"}
    (root / "p.pipeline").write_text(text(node("a", env_vars=[secret]), node("gone", "a")))

    answer = await client.post("/pipelines/validations", {"path": "p.pipeline"})

    assert answer.status == 200
    assert not answer.json["valid"]
    found = {(each["node"], each["code"], each["level"]) for each in answer.json["findings"]}
    assert ("a", "variable.secret", "error") in found
    assert ("a", "variable.no-value", "warning") in found
    assert ("gone", "file.missing", "error") in found
    assert "verysecret" not in str(answer.json)


async def test_a_validation_asks_elyra_where_that_is_wanted(
    client: Client, root: Path, backstage: Backstage
) -> None:
    class Engine:
        def validate(self, work: EngineWork, cancel: CancelToken) -> tuple[EngineIssue, ...]:
            del cancel
            return (EngineIssue(IssueLevel.ERROR, work.path, "invalidThing", "a", "cpu", "-1"),)

    vars(backstage.services)["engine"] = Engine()
    (root / "p.pipeline").write_text(text(node("a")))

    answer = await client.post("/pipelines/validations", {"path": "p.pipeline", "elyra": True})

    assert answer.json["findings"][-1] == {
        "level": "error",
        "code": "elyra.invalidThing",
        "message": "p.pipeline (now: -1)",
        "hint": "",
        "node": "a",
        "field": "cpu",
    }
