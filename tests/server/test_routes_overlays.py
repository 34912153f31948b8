"""Routes of overlays, on real files, with an index that a test controls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.exchange import PackageFile
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.overlay_calls import OVERLAY_KIND
from tests.fakes.package_files import FakePackageFiles
from tests.kits.kernels import HASH, SIX, locked_text
from tests.kits.services import with_ports

from .client import Client


@pytest.fixture
def server(client: Client, backstage: Backstage) -> Client:
    """A client of a server whose index has one package."""
    build = backstage.build
    wheel = PackageFile("https://index.example/six-1.16.0-py3-none-any.whl", HASH)
    backstage.build = lambda root, settings: with_ports(
        build(root, settings), package_files=FakePackageFiles({"six": (wheel,)})
    )
    return client


@pytest.fixture
def root(backstage: Backstage) -> Path:
    """The server's root."""
    return backstage.paths.root


def body(text: str = "", **fields: Any) -> dict[str, Any]:
    notebook = json.loads(text or locked_text(SIX))
    return {"path": "churn.ipynb", "notebook": notebook, "name": "churn", **fields}


async def extract(server: Client, **fields: Any) -> Any:
    answer = await server.post("/overlays", body(**fields))
    assert answer.status == 202, answer.json
    return await server.wait_for_end(answer.json["job_id"])


async def test_extract_writes_the_overlay_and_names_it(server: Client, root: Path) -> None:
    job = await extract(server)

    result = job["result"]
    assert (job["kind"], job["state"], job["error"]) == (OVERLAY_KIND, "succeeded", None)
    assert job["preview"] is False
    assert (result["overlay"]["folder"], result["overlay"]["packages"]) == ("overlays/churn", 1)
    assert {file["kind"] for file in result["files"]} == {"overlay", "configuration"}
    assert {file["state"] for file in result["files"]} == {"new"}
    assert (root / "overlays" / "churn" / "requirements.txt").is_file()
    assert "churn" in (root / ".thoth.yaml").read_text()


async def test_extract_writes_nothing_when_it_is_a_preview(server: Client, root: Path) -> None:
    job = await extract(server, dry_run=True)

    assert job["result"]["dry_run"] is True
    assert (job["preview"], job["title"]) == (True, "Preview an overlay from churn.ipynb")
    assert list(root.rglob("Pipfile")) == []


async def test_extract_is_refused_when_a_file_says_something_else(
    server: Client, root: Path
) -> None:
    path = root / "overlays" / "churn" / "requirements.txt"
    path.parent.mkdir(parents=True)
    path.write_text("by-hand==1\n")

    refused = await extract(server)
    shown = await extract(server, dry_run=True)
    forced = await extract(server, force=True)

    assert refused["error"]["code"] == "format.file-differs"
    states = {file["path"]: file["state"] for file in shown["result"]["files"]}
    assert states["overlays/churn/requirements.txt"] == "edited"
    assert forced["state"] == "succeeded"


async def test_extract_fails_when_the_notebook_has_no_lock(server: Client) -> None:
    text = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    job = await extract(server, text=text)

    assert (job["state"], job["error"]["code"]) == ("failed", "format.needs-lock")


async def test_list_answers_overlays_and_whose_they_are(server: Client, root: Path) -> None:
    (root / "churn.ipynb").write_text(locked_text(SIX))
    await extract(server)

    everything = (await server.get("/overlays")).json
    own = (await server.get("/overlays", {"path": "churn.ipynb"})).json
    others = (await server.get("/overlays", {"path": "other.ipynb"})).json
    folders = (await server.get("/overlays", {"path": "."})).json

    [overlay] = everything["overlays"]
    assert (overlay["name"], overlay["notebook"], overlay["status"]) == (
        "churn",
        "churn.ipynb",
        "fresh",
    )
    assert own == everything
    assert others["overlays"] == folders["overlays"] == []


@pytest.mark.parametrize(
    ("path", "status"), [("../out.ipynb", 422), (".hidden/a.ipynb", 404), (b"\xff", 400)]
)
async def test_list_is_refused_when_the_path_leads_out(
    server: Client, path: str | bytes, status: int
) -> None:
    answer = await server.get("/overlays", {"path": path})

    assert answer.status == status


async def test_check_answers_what_the_notebook_of_an_overlay_lacks(
    server: Client, root: Path
) -> None:
    notebook = json.loads(locked_text(SIX))
    await extract(server)
    notebook["cells"] = [{"cell_type": "code", "id": "a", "source": "import rich", "metadata": {}}]
    (root / "churn.ipynb").write_text(json.dumps(notebook))

    everything = await server.get("/overlays/checks")
    own = await server.get("/overlays/checks", {"path": "churn.ipynb"})
    below = await server.get("/overlays/checks", {"folder": "overlays/churn"})
    others = await server.get("/overlays/checks", {"path": "other.ipynb"})

    [check] = everything.json["checks"]
    assert (check["overlay"]["name"], check["overlay"]["status"]) == ("churn", "stale")
    assert check["serves"] == "churn.ipynb"
    assert "rich" in [detail["name"] for detail in check["details"]]
    assert check["overlay"]["reasons"] == [detail["message"] for detail in check["details"]]
    assert own.json == below.json == everything.json
    assert others.json["checks"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [({"path": "../out.ipynb"}, 422), ({"folder": "../out"}, 422), ({"folder": "gone"}, 404)],
)
async def test_check_is_refused_when_there_is_nothing_to_look_at(
    server: Client, query: dict[str, str], status: int
) -> None:
    answer = await server.get("/overlays/checks", query)

    assert answer.status == status
