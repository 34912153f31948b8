"""Routes of runs of pipelines, with steps that a test writes down and real folders."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.run_ports import StepEnd, StepWork
from aidevsecops_ext.domain.errors import ErrorCode, OutsideFailedError
from aidevsecops_ext.domain.notebook_run import RunEnd
from aidevsecops_ext.domain.pipeline_run import StepError
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.run_calls import RUN_KIND
from tests.fakes.runs import FakeProjectData, FakeStepRuns
from tests.kits.pipelines import write_pipeline
from tests.kits.services import with_ports

from .client import Answer, Client

FILE = "project/churn.pipeline"
FIRST: dict[str, Any] = {"name": "load", "file": "load.ipynb"}
SECOND: dict[str, Any] = {"name": "train", "file": "train.ipynb", "after": ["load"]}


@pytest.fixture
def steps() -> FakeStepRuns:
    """How steps run."""
    return FakeStepRuns(FakeProjectData())


@pytest.fixture
def server(client: Client, backstage: Backstage, steps: FakeStepRuns, jp_root_dir: Path) -> Client:
    """A client of a server whose steps are fakes, with a pipeline of two."""
    build = backstage.build
    backstage.build = lambda root, settings: with_ports(build(root, settings), step_runs=steps)
    write_pipeline(jp_root_dir / FILE, FIRST, SECOND)
    return client


async def run(server: Client, **fields: Any) -> Any:
    """The ended job that runs the pipeline."""
    answer = await server.post("/pipelines/runs", {"path": FILE, **fields})
    assert answer.status == 202, answer.json
    assert answer.headers["Location"] == answer.json["url"]
    return await server.wait_for_end(answer.json["job_id"])


async def listed(server: Client, query: Mapping[str, str] | None = None) -> list[Any]:
    """The runs on record."""
    answer = await server.get("/pipelines/runs", query)
    assert answer.status == 200
    found: list[Any] = answer.json["runs"]
    return found


async def test_run_ends_with_a_record_that_can_be_read(server: Client) -> None:
    job = await run(server)

    assert (job["state"], job["kind"], job["key"]) == ("succeeded", RUN_KIND, FILE)
    result = job["result"]
    assert [step["state"] for step in result["steps"]] == ["succeeded", "succeeded"]
    read = await server.get(f"/pipelines/runs/{result['run']}", {"path": FILE})
    assert read.json == result
    assert (await server.get(f"/pipelines/runs/{result['run']}")).json == result
    assert await listed(server) == await listed(server, {"path": FILE}) == [result]
    assert await listed(server, {"path": "other.pipeline"}) == []


async def test_unchanged_steps_are_not_run_again(server: Client, steps: FakeStepRuns) -> None:
    first = (await run(server))["result"]
    steps.works.clear()

    second = (await run(server, only_changed=True))["result"]

    assert [step["cached"] for step in second["steps"]] == [True, True]
    assert steps.works == []
    compared = await server.get(
        f"/pipelines/runs/{second['run']}/comparison", {"with": first["run"], "path": FILE}
    )
    assert (compared.status, compared.json["same"]) == (200, True)
    assert compared.json["before"] == first["run"]


async def test_failed_step_fails_the_job_and_is_in_the_record(
    server: Client, steps: FakeStepRuns
) -> None:
    error = StepError("KeyError", "'x'", 2, ("at x",))
    steps.ends["project/load.ipynb"] = StepEnd(RunEnd.FAILED, 1.0, error)

    job = await run(server)

    [record] = await listed(server)
    assert (job["state"], job["error"]["code"]) == ("failed", "run.step-failed")
    assert job["error"]["message"] == "load failed in cell 3: KeyError: 'x'"
    assert job["error"]["details"] == {"run": record["run"], "steps": ["load"]}
    assert [step["state"] for step in record["steps"]] == ["failed", "skipped"]
    assert record["steps"][0]["error"]["traceback"] == ["at x"]


async def test_run_that_fails_as_a_whole_says_why(server: Client, steps: FakeStepRuns) -> None:
    job = await run(server, from_step="train")
    assert job["state"] == "succeeded"
    steps.ends["project/train.ipynb"] = OutsideFailedError(ErrorCode.RUN_KERNEL_FAILED, "None.")

    failed = await run(server)

    assert failed["error"]["message"] == "train failed: run.kernel-failed: None."


async def test_run_is_cancelled_by_its_name(server: Client, steps: FakeStepRuns) -> None:
    is_running = threading.Event()

    def wait(cancel: CancelToken) -> None:
        stopped = threading.Event()
        cancel.on_cancel(stopped.set)
        is_running.set()
        assert stopped.wait(60)
        cancel.raise_if_cancelled()

    steps.meanwhile["project/load.ipynb"] = wait
    job = (await server.post("/pipelines/runs", {"path": FILE})).json
    [record] = await _running(server, job["job_id"])

    answer = await server.delete(f"/pipelines/runs/{record['run']}")

    assert answer.status == 202
    assert (await server.wait_for_end(job["job_id"]))["state"] == "cancelled"
    ended = await server.delete(f"/pipelines/runs/{record['run']}")
    assert (ended.status, ended.json["state"]) == (202, "cancelled")


async def _running(server: Client, job_id: str) -> list[Any]:
    while True:
        found = await listed(server, {"path": FILE})
        if found and found[0]["steps"][0]["cell"]:
            return found
        # Without an end, a run that cannot begin would be waited for until the test is killed.
        job = (await server.get(f"/jobs/{job_id}")).json
        assert job["state"] in {"queued", "running"}, job


async def test_log_of_a_step_is_read_from_an_offset(
    server: Client, steps: FakeStepRuns, jp_root_dir: Path
) -> None:
    run_step = steps.run

    def logged(work: StepWork, *others: Any) -> StepEnd | None:
        (jp_root_dir / work.place.log).write_text("one\ntwo\n")
        return run_step(work, *others)

    steps.run = logged  # type: ignore[method-assign, assignment]
    name = (await run(server))["result"]["run"]

    whole = await server.get(f"/pipelines/runs/{name}/steps/load/log")
    rest = await server.get(f"/pipelines/runs/{name}/steps/load/log", {"offset": "4"})

    assert whole.json == {"lines": ["one", "two"], "next_offset": 8, "complete": True}
    assert rest.json == {"lines": ["two"], "next_offset": 8, "complete": True}
    missing = await server.get(f"/pipelines/runs/{name}/steps/nope/log")
    assert (missing.status, missing.json["code"]) == (404, "run.step-unknown")


async def test_log_of_a_step_that_did_not_run_is_empty(server: Client, steps: FakeStepRuns) -> None:
    steps.ends["project/load.ipynb"] = StepEnd(RunEnd.DIED, 1.0)
    await run(server)
    [record] = await listed(server)

    answer = await server.get(f"/pipelines/runs/{record['run']}/steps/train/log")

    assert answer.json == {"lines": [], "next_offset": 0, "complete": True}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "request.invalid"),
        ({"path": FILE, "parameters": {"n": 1}}, 400, "request.invalid"),
        ({"path": FILE, "parallel": 0}, 400, "request.invalid"),
        ({"path": "gone.pipeline"}, 404, "notebook.not-found"),
        ({"path": "../gone.pipeline"}, 422, "notebook.outside-root"),
        ({"path": "project/load.ipynb"}, 400, "pipeline.invalid"),
    ],
)
async def test_bad_wishes_are_refused(
    server: Client, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await server.post("/pipelines/runs", body)

    assert (answer.status, answer.json["code"]) == (status, code)


async def test_job_fails_with_what_the_run_is_refused_for(server: Client) -> None:
    job = await run(server, parameters={"n": "1"})

    assert (job["state"], job["error"]["code"]) == ("failed", "run.parameter-invalid")


@pytest.mark.parametrize("name", ["20260102-030405-a1b2", "x"])
async def test_unknown_runs_are_not_found(server: Client, name: str) -> None:
    answers: list[Answer] = [
        await server.get(f"/pipelines/runs/{name}"),
        await server.delete(f"/pipelines/runs/{name}"),
    ]

    assert {answer.status for answer in answers} == {404}
