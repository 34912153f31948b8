"""The route that examines this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.setup import FakeMachine, FakeNetwork
from tests.kits.contract import load_contract
from tests.kits.git_repo import make_repo
from tests.kits.notebooks import notebook_text
from tests.kits.services import with_ports

from .client import Client


@pytest.fixture
def machine(backstage: Backstage) -> FakeMachine:
    """The machine that the server is on."""
    made = FakeMachine()

    def build(root: Path, settings: Settings) -> Services:
        return with_ports(Services(root, settings), machine=made, network=FakeNetwork())

    backstage.build = build
    return made


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (".", ["BUCKET", "OTHER"])),
        ({"folder": "project/deep"}, ("project", ["BUCKET"])),
        ({"path": "project/deep/a.ipynb", "offline": True}, ("project", ["BUCKET"])),
        ({"path": "b.ipynb"}, (".", ["BUCKET", "OTHER"])),
    ],
)
async def test_a_project_is_examined(
    client: Client,
    backstage: Backstage,
    machine: FakeMachine,
    body: dict[str, object],
    expected: tuple[str, list[str]],
) -> None:
    root = backstage.paths.root
    make_repo(root / "project", {"version.py": ""})
    (root / "project" / "deep").mkdir()
    for name, variable in (("project/deep/a.ipynb", "BUCKET"), ("b.ipynb", "OTHER")):
        (root / name).write_text(notebook_text([f'import os\nos.environ["{variable}"]']))
    machine.names = frozenset()

    answer = await client.post("/diagnoses", body)
    job = await client.wait_for_end(answer.json["job_id"])

    assert answer.status == 202
    assert answer.headers["Location"] == answer.json["url"]
    assert (job["kind"], job["preview"], job["error"]) == ("diagnosis", True, None)
    result = job["result"]
    schemas = load_contract()["components"]["schemas"]
    assert {*result} == {*schemas["Diagnosis"]["required"]}
    assert {key for each in result["findings"] for key in each} == {*schemas["Finding"]["required"]}
    found = [each["name"] for each in result["findings"] if each["group"] == "variables"]
    assert ((result["folder"], found), result["healthy"]) == (expected, True)


async def test_a_folder_that_is_outside_is_refused(client: Client, machine: FakeMachine) -> None:
    assert machine.programs

    answer = await client.post("/diagnoses", {"folder": "../x"})

    assert answer.status == 422
