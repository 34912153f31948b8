"""Locks that upgrade some packages only, or say which advisories they gain and lose."""

from __future__ import annotations

import json
from pathlib import Path

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.advisories import Advisory, Severity
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.contract import check_body
from aidevsecops_ext.wiring import Services
from tests.fakes.advisories import FakeAdvisories
from tests.fakes.engine import FakeEngine
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.services import with_ports

from .client import Client

LOCKED = locked_metadata(
    {"holey": "*", "other": "*"}, [LockedPackage("holey", "1"), LockedPackage("other", "1")]
)
BODY = {"path": "nb.ipynb", "notebook": json.loads(notebook_text([], **LOCKED))}


def know(backstage: Backstage, advisories: FakeAdvisories) -> None:
    build = backstage.build

    def with_advisories(root: Path, settings: Settings) -> Services:
        return with_ports(build(root, settings), advisories=advisories)

    backstage.build = with_advisories


async def test_lock_upgrades_the_packages_that_the_request_names(
    client: Client, engine: FakeEngine
) -> None:
    engine.versions = {"holey": "2", "other": "2"}

    accepted = await client.post("/notebooks/locks", {**BODY, "upgrade_packages": ["holey>=2"]})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["result"]["changed"]["updated"] == [{"name": "holey", "old": "1", "new": "2"}]
    assert job["result"]["advisories"] is None
    assert [c.to_pep508() for c in engine.requests[0].constraints] == ["holey>=2"]


async def test_lock_is_refused_at_once_when_an_upgrade_is_no_name(
    client: Client, engine: FakeEngine
) -> None:
    answer = await client.post("/notebooks/locks", {**BODY, "upgrade_packages": ["../holey"]})

    assert (answer.status, answer.json["code"]) == (400, "requirements.invalid")
    assert engine.requests == []


async def test_lock_answers_the_advisories_gained_and_lost_when_asked(
    client: Client, backstage: Backstage, engine: FakeEngine
) -> None:
    engine.versions = {"holey": "2"}
    hole = Advisory("GHSA-1", ("CVE-1",), Severity.HIGH, "A hole", ("2",), "https://a.example")
    know(backstage, FakeAdvisories({("holey", "1"): (hole,)}, failing=["other"]))

    accepted = await client.post(
        "/notebooks/locks", {**BODY, "upgrade_packages": ["holey"], "advisories": True}
    )
    job = await client.wait_for_end(accepted.json["job_id"])

    assert job["result"]["advisories"] == {
        "gained": [],
        "lost": [
            {
                "name": "holey",
                "version": "1",
                "advisory": {
                    "id": "GHSA-1",
                    "severity": "high",
                    "fixed": ["2"],
                    "aliases": ["CVE-1"],
                    "summary": "A hole",
                    "url": "https://a.example",
                },
            }
        ],
        "kept": [],
        "unchecked": [{"name": "other", "version": "1", "reason": "The service is away."}],
    }


async def test_lock_result_fits_the_contract_when_it_answers_advisories(
    client: Client, backstage: Backstage
) -> None:
    know(backstage, FakeAdvisories({("holey", "1"): (Advisory("GHSA-1"),)}))

    accepted = await client.post("/notebooks/locks", {**BODY, "advisories": True})
    job = await client.wait_for_end(accepted.json["job_id"])

    assert check_body("LockResult", job["result"]) == job["result"]
    assert [entry["advisory"]["id"] for entry in job["result"]["advisories"]["kept"]] == ["GHSA-1"]
