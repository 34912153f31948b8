"""Routes of images and runtime configurations, in a Jupyter data folder of the test."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from aidevsecops_ext.server.backstage import Backstage
from tests.kits.overlays import overlay_texts
from tests.kits.runtimes import use_data_folder

from .client import Client

KUBEFLOW = {
    "api_endpoint": "https://kfp.example.org/pipeline",
    "cos_endpoint": "http://127.0.0.1:9",
    "cos_bucket": "runs",
    "cos_username": "minio",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    use_data_folder(monkeypatch, tmp_path / "data")
    return tmp_path / "data"


async def test_the_image_of_an_overlay_is_registered_once(
    client: Client, backstage: Backstage, data: Path
) -> None:
    for path, content in overlay_texts().items():
        file = backstage.paths.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)

    made = await client.post("/runtime-images", {"overlay": "overlays/train"})
    again = await client.post("/runtime-images", {"overlay": "overlays/train"})
    other = {"image": "o/b:v1", "name": "B", "pull_policy": "Always", "force": True}
    second = await client.post("/runtime-images", other)
    listed = await client.get("/runtime-images")

    assert (made.status, again.status, second.status) == (201, 409, 201)
    assert made.json["image"] == "localhost/train:latest"
    assert again.json["code"] == "metadata.taken"
    assert [each["name"] for each in listed.json["images"]] == ["b", "train"]
    assert (data / "metadata" / "runtime-images" / "b.json").exists()


async def test_a_runtime_is_added_and_listed_without_its_secrets(
    client: Client, data: Path
) -> None:
    body = {
        "name": "My KFP",
        "kind": "kfp",
        "settings": KUBEFLOW,
        "secrets": {"cos_password": "very-secret"},
    }

    made = await client.post("/runtimes", body)
    again = await client.post("/runtimes", body)
    listed = await client.get("/runtimes")

    assert (made.status, again.status) == (201, 409)
    assert [each["name"] for each in listed.json["runtimes"]] == ["my_kfp"]
    assert "very-secret" not in str((made.json, again.json, listed.json))
    file = data / "metadata" / "runtimes" / "my_kfp.json"
    assert '"cos_password": "very-secret"' in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_runtime_that_makes_no_sense_is_refused(client: Client, data: Path) -> None:
    body = {"name": "x", "kind": "airflow", "settings": KUBEFLOW}

    answer = await client.post("/runtimes", body)

    assert (answer.status, answer.json["code"]) == (400, "request.invalid")
    assert not (data / "metadata").exists()


async def test_a_runtime_is_tested_part_by_part(client: Client, data: Path) -> None:
    settings = {**KUBEFLOW, "api_endpoint": "http://127.0.0.1:9/pipeline"}
    secrets = {"cos_password": "very-secret"}
    body = {"name": "kfp", "kind": "kfp", "settings": settings, "secrets": secrets}
    await client.post("/runtimes", body)

    answer = await client.post("/runtimes/tests", {"name": "kfp"})
    unknown = await client.post("/runtimes/tests", {"name": "gone"})

    assert data.exists()
    assert not answer.json["passed"]
    assert [(each["part"], each["status"]) for each in answer.json["checks"]] == [
        ("engine", "failed"),
        ("storage", "failed"),
    ]
    assert answer.json["checks"][0]["error"]["code"] == "service.unreachable"
    assert unknown.status == 404
