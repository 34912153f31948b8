"""Locks by a Thoth service over REST."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.engine import FakeEngine
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.fakes.thoth import FakeThoth
from tests.kits.notebooks import notebook_text
from tests.kits.services import with_ports

from .client import Client

BODY = {
    "path": "nb.ipynb",
    "notebook": json.loads(notebook_text(["import rich"])),
    "engine": "thoth",
}


@pytest.fixture
def thoth(
    backstage: Backstage, engine: FakeEngine, index: FakePackageIndex, jp_root_dir: Path
) -> FakeThoth:
    """The service that the server asks."""
    made = FakeThoth()

    def build(root: Path, settings: Settings) -> Services:
        return with_ports(
            Services(root, settings),
            index=index,
            installed=FakeInstalledPackages({}),
            resolvers={"uv": engine, "thoth": made},
        )

    backstage.build = build
    environments = "runtime_environments: [{name: ubi8, python_version: '3.9'}]"
    (jp_root_dir / ".thoth.yaml").write_text(f"host: thoth.example\n{environments}\n")
    return made


async def test_lock_asks_thoth_as_the_request_says(client: Client, thoth: FakeThoth) -> None:
    options = {"labels": {"team": "research"}, "timeout": 30, "force": True, "dev": True}

    accepted = await client.post("/notebooks/locks", {**BODY, "thoth": options})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["result"]["engine"] == "thoth"
    edit = job["result"]["edit"]["metadata"]
    assert edit["dependency_resolution_engine"] == "thoth"
    assert edit["thoth_analysis_id"] == "adviser-1-2"
    question = thoth.question
    assert (question.host, question.environment) == ("thoth.example", "ubi8")
    assert (question.timeout, question.is_forced, question.is_dev) == (30.0, True, True)
    assert '"team": "research"' in question.config


async def test_lock_falls_back_when_the_request_allows_it(client: Client, thoth: FakeThoth) -> None:
    thoth.error = OutsideFailedError(ErrorCode.THOTH_UNREACHABLE, "Thoth is gone.")

    accepted = await client.post("/notebooks/locks", {**BODY, "fallback": "uv"})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["result"]["engine"] == "uv"
    assert job["result"]["notes"] == ["Thoth is gone; uv chose the versions instead."]


async def test_lock_fails_when_nobody_allowed_another_engine(
    client: Client, thoth: FakeThoth
) -> None:
    thoth.error = OutsideFailedError(ErrorCode.THOTH_UNREACHABLE, "Thoth is gone.")

    accepted = await client.post("/notebooks/locks", BODY)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["state"] == "failed"
    assert job["error"]["code"] == "thoth.unreachable"


@pytest.mark.parametrize(
    "fields",
    [
        {"fallback": "pip"},
        {"thoth": {"timeout": 0}},
        {"thoth": {"labels": {"a": ""}}},
        {"thoth": {"more": 1}},
    ],
)
async def test_lock_is_refused_when_the_options_are_none(
    client: Client, thoth: FakeThoth, fields: dict[str, object]
) -> None:
    answer = await client.post("/notebooks/locks", {**BODY, **fields})

    assert (answer.status, answer.json["code"]) == (400, "request.invalid")
    assert thoth.requests == []


async def test_health_lists_thoth_and_what_it_lacks(client: Client, backstage: Backstage) -> None:
    def build(root: Path, settings: Settings) -> Services:
        return Services(root, settings)

    backstage.build = build

    answer = await client.get("/health")

    engines = {engine["name"]: engine for engine in answer.json["engines"]}
    assert engines["uv"]["available"]
    assert not engines["thoth"]["available"]
    assert "thoth_host" in engines["thoth"]["hint"]
