from __future__ import annotations

import json
from pathlib import Path

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.domain.tree import Need
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.contract import check_body
from aidevsecops_ext.wiring import Services
from tests.fakes.package_needs import FakePackageNeeds
from tests.kits.notebooks import locked_metadata, notebook_text
from tests.kits.services import with_ports

from .client import Client

LOCKED = locked_metadata({"web": ">=1"}, [LockedPackage("escape", "2"), LockedPackage("web", "1")])
BODY = {"path": "nb.ipynb", "notebook": json.loads(notebook_text([], **LOCKED))}


def know(backstage: Backstage, needs: FakePackageNeeds) -> None:
    build = backstage.build

    def with_needs(root: Path, settings: Settings) -> Services:
        return with_ports(build(root, settings), package_needs=needs)

    backstage.build = with_needs


async def test_tree_is_a_job_that_says_why_each_package_is_there(
    client: Client, backstage: Backstage
) -> None:
    know(backstage, FakePackageNeeds(Need("web", "escape", "<3", "os_name == 'nt'", ("fast",))))

    accepted = await client.post("/notebooks/trees", BODY)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert accepted.status == 202
    assert accepted.headers["Location"] == accepted.json["url"]
    assert (accepted.json["kind"], job["state"]) == ("tree", "succeeded")
    assert check_body("TreeResult", job["result"])["packages"] == [
        {
            "name": "escape",
            "version": "2",
            "dev": False,
            "direct": False,
            "why": ["web", "escape"],
            "required_by": [
                {
                    "name": "web",
                    "specifier": "<3",
                    "markers": "os_name == 'nt'",
                    "extras": ["fast"],
                }
            ],
            "requires": [],
        },
        {
            "name": "web",
            "version": "1",
            "dev": False,
            "direct": True,
            "why": ["web"],
            "required_by": [{"name": None, "specifier": ">=1", "markers": "", "extras": []}],
            "requires": [
                {
                    "name": "escape",
                    "specifier": "<3",
                    "markers": "os_name == 'nt'",
                    "extras": ["fast"],
                }
            ],
        },
    ]


async def test_tree_fails_when_there_is_no_lock(client: Client, backstage: Backstage) -> None:
    know(backstage, FakePackageNeeds())
    body = {"path": "nb.ipynb", "notebook": json.loads(notebook_text())}

    accepted = await client.post("/notebooks/trees", body)
    job = await client.wait_for_end(accepted.json["job_id"])

    assert (job["state"], job["error"]["code"]) == ("failed", "tree.unlocked")


async def test_tree_is_refused_when_the_path_leads_out_of_the_root(client: Client) -> None:
    answer = await client.post("/notebooks/trees", {**BODY, "path": "../nb.ipynb"})

    assert (answer.status, answer.json["code"]) == (422, "notebook.outside-root")
