from __future__ import annotations

import pytest

from aidevsecops_ext.server.backstage import Backstage
from tests.fakes.engine import FakeEngine

from .client import Client
from .notebooks import make_notebook


async def _submit(client: Client, path: str = "nb.ipynb") -> str:
    body = {"path": path, "notebook": make_notebook("import requests")}
    answer = await client.post("/notebooks/locks", body)
    assert answer.status == 202
    return str(answer.json["job_id"])


async def test_list_jobs_answers_nothing_when_there_was_none(client: Client) -> None:
    answer = await client.get("/jobs")

    assert (answer.status, answer.json) == (200, {"jobs": []})


async def test_list_jobs_answers_newest_first_without_results(client: Client) -> None:
    ids = [await _submit(client, f"{number}.ipynb") for number in range(3)]
    for job_id in ids:
        await client.wait_for_end(job_id)

    answer = await client.get("/jobs")

    assert [job["job_id"] for job in answer.json["jobs"]] == ids[::-1]
    assert {job["state"] for job in answer.json["jobs"]} == {"succeeded"}
    assert {job["result"] is None for job in answer.json["jobs"]} == {True}


async def test_list_jobs_selects_when_key_and_kind_are_given(client: Client) -> None:
    wanted = await _submit(client, "folder/é & b.ipynb")
    await _submit(client, "other.ipynb")

    found = await client.get("/jobs", {"key": "folder/é & b.ipynb", "kind": "lock"})
    none = await client.get("/jobs", {"kind": "release"})

    assert [job["job_id"] for job in found.json["jobs"]] == [wanted]
    assert none.json == {"jobs": []}


async def test_list_jobs_refuses_when_the_key_is_no_text(client: Client) -> None:
    answer = await client.get("/jobs", {"key": b"\xff"})

    assert answer.status == 400
    assert answer.json["details"] == {"field": "key"}


async def test_list_jobs_shows_a_running_job_when_the_page_is_loaded_again(
    client: Client, engine: FakeEngine
) -> None:
    engine.hold()
    job_id = await _submit(client)

    answer = await client.get("/jobs", {"key": "nb.ipynb"})

    [job] = answer.json["jobs"]
    assert job["job_id"] == job_id
    assert job["state"] in {"queued", "running"}
    engine.released.set()


async def test_get_job_answers_the_result_twice_when_asked_twice(client: Client) -> None:
    job_id = await _submit(client)
    await client.wait_for_end(job_id)

    first = await client.get(f"/jobs/{job_id}")
    second = await client.get(f"/jobs/{job_id}")

    assert first.status == 200
    assert first.json == second.json
    assert first.json["result"]["packages"] == 1
    assert first.json["url"] == f"/user/jo/aidevsecops-ext/jobs/{job_id}"


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/jobs/nothing"), ("DELETE", "/jobs/nothing"), ("GET", "/jobs/nothing/log")],
)
async def test_job_routes_answer_not_found_when_there_is_no_such_job(
    client: Client, method: str, path: str
) -> None:
    answer = await client.call(method, path)

    assert answer.status == 404
    assert answer.json["code"] == "job.not-found"


async def test_cancel_job_stops_it_when_it_runs(client: Client, engine: FakeEngine) -> None:
    engine.hold()
    job_id = await _submit(client)

    answer = await client.delete(f"/jobs/{job_id}")
    job = await client.wait_for_end(job_id)

    assert answer.status == 202
    assert answer.json["state"] in {"cancelling", "cancelled"}
    assert job["state"] == "cancelled"
    assert job["error"] is None


async def test_cancel_job_answers_the_job_when_it_has_ended(client: Client) -> None:
    job_id = await _submit(client)
    await client.wait_for_end(job_id)

    answer = await client.delete(f"/jobs/{job_id}")

    assert (answer.status, answer.json["state"]) == (202, "succeeded")


async def test_clear_jobs_forgets_what_has_ended_and_keeps_what_runs(
    client: Client, engine: FakeEngine
) -> None:
    await client.wait_for_end(await _submit(client))
    engine.hold()
    running = await _submit(client)

    answer = await client.delete("/jobs")

    listed = (await client.get("/jobs")).json["jobs"]
    assert answer.status == 204
    assert [job["job_id"] for job in listed] == [running]
    engine.released.set()


async def test_get_job_log_goes_on_from_the_offset(client: Client) -> None:
    job_id = await _submit(client)
    await client.wait_for_end(job_id)

    whole = await client.get(f"/jobs/{job_id}/log")
    rest = await client.get(f"/jobs/{job_id}/log", {"offset": "1"})

    lines = whole.json["lines"]
    assert "resolving" in lines
    assert whole.json == {"lines": lines, "next_offset": len(lines), "complete": True}
    assert rest.json == {**whole.json, "lines": lines[1:]}


@pytest.mark.parametrize("offset", ["-1", "one", "1.5", "٣", "9" * 30])
async def test_get_job_log_refuses_when_the_offset_is_no_line_number(
    client: Client, offset: str
) -> None:
    job_id = await _submit(client)

    answer = await client.get(f"/jobs/{job_id}/log", {"offset": offset})

    assert answer.status == 400
    assert answer.json["code"] == "request.invalid"
    assert answer.json["details"] == {"field": "offset"}


async def test_job_routes_survive_when_the_server_starts_again(
    client: Client, backstage: Backstage
) -> None:
    job_id = await _submit(client)
    before = await client.wait_for_end(job_id)
    await backstage.close()
    # As a new process would: with nothing in memory.
    backstage._engine = None

    after = (await client.get(f"/jobs/{job_id}")).json

    assert after == before
