from __future__ import annotations

import json

import pytest

from tests.fakes.engine import FakeEngine
from tests.kits.notebooks import notebook_text

from .client import Client

BODY = {"path": "nb.ipynb", "notebook": json.loads(notebook_text(["import rich"]))}


@pytest.mark.parametrize(("asked", "kind"), [("stable", "stable"), (None, "latest")])
async def test_lock_is_made_for_the_type_in_the_request(
    client: Client, engine: FakeEngine, asked: str | None, kind: str
) -> None:
    accepted = await client.post("/notebooks/locks", {**BODY, "recommendation_type": asked})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["result"]["recommendation_type"] == kind
    assert job["result"]["notes"] == []
    assert (engine.requests[0].policy.not_after is not None) is (kind == "stable")


async def test_lock_is_refused_when_the_type_is_none(client: Client) -> None:
    answer = await client.post("/notebooks/locks", {**BODY, "recommendation_type": "best"})

    assert (answer.status, answer.json["code"]) == (400, "request.invalid")
