from __future__ import annotations

import json
from pathlib import Path

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.advisories import Advisory, Severity
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.advisories import FakeAdvisories
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.services import with_ports

from .client import Client

LOCKED = locked_metadata(
    {"holey": "*"}, [LockedPackage("away", "3"), LockedPackage("holey", "1.0")]
)
BODY = {"path": "nb.ipynb", "notebook": json.loads(notebook_text([], **LOCKED))}


def know(backstage: Backstage, advisories: FakeAdvisories) -> None:
    build = backstage.build

    def with_advisories(root: Path, settings: Settings) -> Services:
        return with_ports(build(root, settings), advisories=advisories)

    backstage.build = with_advisories


async def test_audit_is_a_job_that_answers_what_is_known(
    client: Client, backstage: Backstage, jp_root_dir: Path
) -> None:
    hole = Advisory("GHSA-1", ("CVE-1",), Severity.HIGH, "A hole", ("2",), "https://a.example")
    (jp_root_dir / ".aidevsecops.toml").write_text(
        '[[audit.ignore]]\nid = "GHSA-1"\nreason = "so"\nexpires = 2001-01-01\n'
    )
    know(backstage, FakeAdvisories({("holey", "1.0"): (hole,)}, failing=["away"]))

    accepted = await client.post("/notebooks/audits", BODY)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert (accepted.status, accepted.json["kind"]) == (202, "audit")
    assert accepted.headers["Location"] == accepted.json["url"]
    assert job["state"] == "succeeded"
    assert job["result"] == {
        "notebook": "nb.ipynb",
        "packages": [
            {
                "name": "holey",
                "version": "1.0",
                "advisories": [
                    {
                        "id": "GHSA-1",
                        "severity": "high",
                        "fixed": ["2"],
                        "aliases": ["CVE-1"],
                        "summary": "A hole",
                        "url": "https://a.example",
                    }
                ],
            }
        ],
        "unchecked": [{"name": "away", "version": "3", "reason": "The service is away."}],
        "ignored": [],
        "expired": [{"id": "GHSA-1", "reason": "so", "expires": "2001-01-01"}],
    }


async def test_audit_fails_when_there_is_no_lock(client: Client, backstage: Backstage) -> None:
    know(backstage, FakeAdvisories())
    body = {"path": "nb.ipynb", "notebook": json.loads(notebook_text())}

    accepted = await client.post("/notebooks/audits", body)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert (job["state"], job["error"]["code"]) == ("failed", "audit.unlocked")
