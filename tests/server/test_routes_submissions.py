"""Routes of pipelines that run elsewhere, with fakes of the engine and of object storage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.engine import Exported, Submitted
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError, RefusedError
from aidevsecops_ext.domain.pipeline_run import RunState, StepState
from aidevsecops_ext.domain.remote_run import EngineRun, EngineTask
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.engine_service import (
    FakeEngineService,
    FakeObjectStorage,
    FakePipelineEngine,
)
from tests.fakes.runtimes import FakeRuntimes
from tests.kits.pipelines import node, text
from tests.kits.services import with_ports

from .client import Client

_KFP = RuntimeConfiguration(
    "my_kfp",
    "My KFP",
    EngineKind.KUBEFLOW,
    {"api_endpoint": "http://kfp.example.org/pipeline", "cos_password": "hunter2"},
)
_WANTED = {"path": "demo.pipeline", "runtime": "my_kfp"}


def _seen(state: RunState, task: StepState) -> EngineRun:
    return EngineRun(state, {"a": EngineTask(task, 10.0, 12.0 if task.is_final else None)})


@dataclass
class Site:
    """What is behind the runtime configuration."""

    engine: FakePipelineEngine = field(default_factory=FakePipelineEngine)
    service: FakeEngineService = field(default_factory=FakeEngineService)
    storage: FakeObjectStorage = field(default_factory=FakeObjectStorage)


@pytest.fixture
def site(backstage: Backstage) -> Site:
    found, build = Site(), backstage.build

    def with_site(root: Path, settings: Settings) -> Services:
        return with_ports(
            build(root, settings),
            runtimes=FakeRuntimes(_KFP),
            engine=found.engine,
            _service_of=lambda _: found.service,
            _storage_of=lambda _: found.storage,
        )

    backstage.build = with_site
    (backstage.paths.root / "demo.pipeline").write_text(text(node("load")))
    found.engine.submitted = Submitted(
        run_id="r1",
        run_url="http://kfp.example.org/pipeline/#/runs/details/r1",
        storage_url="http://s3.example.org",
        storage_path="/steps/demo-1",
        tasks={"a": "load"},
    )
    found.service.seen = [_seen(RunState.RUNNING, StepState.RUNNING)]
    return found


@pytest.fixture
def submitted(client: Client, site: Site) -> Callable[[], Any]:
    assert site is not None

    async def submit() -> str:
        job = await client.post("/pipelines/submissions", _WANTED)
        ended = await client.wait_for_end(job.json["job_id"])
        return str(ended["result"]["run"])

    return submit


async def test_a_submission_is_a_job_that_ends_with_the_run(client: Client, site: Site) -> None:
    accepted = await client.post("/pipelines/submissions", {**_WANTED, "secret": "keys"})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert accepted.status == 202
    assert (job["kind"], job["key"], job["state"]) == (
        "submit-pipeline",
        "demo.pipeline",
        "succeeded",
    )
    assert job["result"]["kind"] == "kubeflow"
    assert job["result"]["links"]["storage"] == "http://s3.example.org/steps/demo-1"
    assert site.engine.asked[0].secret == "keys"


async def test_a_submission_that_is_refused_says_why(client: Client, site: Site) -> None:
    site.service.error = RefusedError(ErrorCode.SERVICE_REFUSED, "not let in")

    accepted = await client.post("/pipelines/submissions", _WANTED)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert (job["state"], job["error"]["code"]) == ("failed", "service.refused")


async def test_an_export_is_a_job_whose_result_holds_no_keys(client: Client, site: Site) -> None:
    site.engine.exported = Exported("# PIPELINE\n")

    plain = await client.post("/pipelines/exports", _WANTED)
    refused = await client.wait_for_end(plain.json["job_id"])
    safe = await client.post(
        "/pipelines/exports", {**_WANTED, "secret": "keys", "format": "py", "out": "out/x.py"}
    )
    job = await client.wait_for_end(safe.json["job_id"])

    assert refused["error"]["code"] == "pipeline.holds-keys"
    assert job["result"] == {
        "path": "out/x.py",
        "state": "created",
        "text": "# PIPELINE\n",
        "revision": None,
        "has_keys": False,
        "issues": [],
    }


async def test_a_run_elsewhere_is_read_as_it_is_now(
    client: Client, site: Site, submitted: Callable[[], Any]
) -> None:
    run = await submitted()

    running = await client.get(f"/pipelines/runs/{run}")
    site.service.seen = [_seen(RunState.SUCCEEDED, StepState.SUCCEEDED)]
    ended = await client.get(f"/pipelines/runs/{run}", {"path": "demo.pipeline"})

    assert [step["state"] for step in running.json["steps"]] == ["running"]
    assert (ended.json["state"], ended.json["steps"][0]["seconds"]) == ("succeeded", 2.0)


async def test_a_run_whose_engine_is_silent_is_read_as_it_was(
    client: Client, site: Site, submitted: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = await submitted()

    def silent(*_: object) -> EngineRun:
        raise OutsideFailedError(ErrorCode.SERVICE_UNREACHABLE, "nobody answers")

    monkeypatch.setattr(site.service, "read", silent)
    read = await client.get(f"/pipelines/runs/{run}")

    assert read.json["state"] == "running"
    assert read.json["notes"][-1] == "nobody answers"


async def test_a_run_elsewhere_is_stopped_and_tried_again(
    client: Client, site: Site, submitted: Callable[[], Any]
) -> None:
    run = await submitted()

    await client.delete(f"/pipelines/runs/{run}")
    site.service.seen = [_seen(RunState.FAILED, StepState.FAILED)]
    failed = await client.get(f"/pipelines/runs/{run}")
    site.service.seen = [_seen(RunState.RUNNING, StepState.RUNNING)]
    again = await client.post(f"/pipelines/runs/{run}/retries", {})

    assert failed.json["state"] == "failed"
    assert (again.status, again.json["state"]) == (202, "running")
    assert {"stop r1", "retry r1"} <= {*site.service.asked}


async def test_what_a_run_elsewhere_stored_is_listed_and_read(
    client: Client, site: Site, submitted: Callable[[], Any]
) -> None:
    run = await submitted()
    early = await client.get(f"/pipelines/runs/{run}/steps/load/log")
    notebook = b'{"cells": [{"outputs": [{"text": "one\\ntwo\\n"}]}]}'
    site.storage.objects = {"demo-1/load.ipynb": notebook}
    site.service.seen = [_seen(RunState.SUCCEEDED, StepState.SUCCEEDED)]

    outputs = await client.get(f"/pipelines/runs/{run}/outputs")
    log = await client.get(f"/pipelines/runs/{run}/steps/load/log", {"offset": "1"})

    assert early.json == {"lines": [], "next_offset": 0, "complete": False}
    assert [file["name"] for file in outputs.json["files"]] == ["load.ipynb"]
    assert log.json == {"lines": ["two"], "next_offset": 2, "complete": True}
