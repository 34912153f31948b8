"""Routes of kernels, with environments and kernels that a test controls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.domain.kernels import Kernel, KernelState
from aidevsecops_ext.domain.lock import LockedPackage
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.kernel_calls import KERNEL_KIND
from tests.fakes.environments import FakeEnvironments
from tests.fakes.kernels import FakeKernels
from tests.kits.contract import load_contract
from tests.kits.kernels import HASH, SIX, locked_text
from tests.kits.services import with_ports

from .client import Client


@pytest.fixture
def environments() -> FakeEnvironments:
    """The environments of the server's machine."""
    return FakeEnvironments()


@pytest.fixture
def kernels() -> FakeKernels:
    """The kernels of the server's machine; one of them is of another language."""
    return FakeKernels(Kernel("ir", "R"))


@pytest.fixture
def server(
    client: Client, backstage: Backstage, environments: FakeEnvironments, kernels: FakeKernels
) -> Client:
    """A client of a server that makes kernels with fakes."""
    build = backstage.build
    backstage.build = lambda root, settings: with_ports(
        build(root, settings), environments=environments, kernels=kernels
    )
    return client


def body(text: str = "", **fields: Any) -> dict[str, Any]:
    return {"path": "nb.ipynb", "notebook": json.loads(text or locked_text(SIX)), **fields}


async def make(server: Client, **fields: Any) -> Any:
    """The ended job that makes a kernel."""
    answer = await server.post("/kernels", body(**fields))
    assert answer.status == 202, answer.json
    return await server.wait_for_end(answer.json["job_id"])


async def test_make_kernel_ends_with_the_edit_that_switches_the_notebook(
    server: Client, kernels: FakeKernels
) -> None:
    job = await make(server, name="mine")

    result = job["result"]
    assert (job["kind"], job["key"], job["state"]) == (KERNEL_KIND, "nb.ipynb", "succeeded")
    assert set(result) == set(load_contract()["components"]["schemas"]["KernelResult"]["required"])
    assert (result["kernel"], result["packages"], result["reused"]) == ("mine", 1, False)
    assert result["edit"]["metadata"]["kernelspec"]["name"] == "mine"
    assert result["base"] == {"kernelspec": None}
    assert kernels.known["mine"].notebook == "nb.ipynb"


async def test_make_kernel_changes_nothing_when_it_is_a_dry_run(
    server: Client, kernels: FakeKernels
) -> None:
    job = await make(server, dry_run=True, display_name="My kernel")

    assert job["title"] == "Preview a kernel for nb.ipynb"
    assert (job["result"]["dry_run"], job["result"]["display_name"]) == (True, "My kernel")
    assert job["preview"] is True
    assert kernels.written == []


async def test_make_kernel_ends_with_the_reason_when_it_is_refused(server: Client) -> None:
    job = await make(server, name="ir", force=True)

    assert (job["state"], job["error"]["code"]) == ("failed", "kernel.name-taken")


async def test_make_kernel_refuses_another_language_at_once(server: Client) -> None:
    text = locked_text(SIX, kernelspec={"name": "ir", "language": "R"})

    answer = await server.post("/kernels", body(text))

    assert (answer.status, answer.json["code"]) == (422, "notebook.unsupported-language")


async def test_list_kernels_answers_each_with_its_state(server: Client, jp_root_dir: Path) -> None:
    (jp_root_dir / "nb.ipynb").write_text(locked_text(SIX))
    await make(server)

    answer = await server.get("/kernels")

    [kernel] = answer.json["kernels"]
    assert answer.status == 200
    assert (kernel["name"], kernel["state"], kernel["notebook"]) == ("nb", "ok", "nb.ipynb")


async def test_get_kernel_answers_one(server: Client) -> None:
    await make(server)

    answer = await server.get("/kernels/nb")

    assert (answer.status, answer.json["name"], answer.json["state"]) == (200, "nb", "stale")


@pytest.mark.parametrize(("name", "status"), [("gone", 404), ("ir", 422)])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_kernel_routes_refuse_what_was_not_made_here(
    server: Client, kernels: FakeKernels, method: str, name: str, status: int
) -> None:
    answer = await server.call(method, f"/kernels/{name}")

    assert answer.status == status
    assert set(kernels.known) == {"ir"}


async def test_refresh_takes_the_lock_that_the_notebook_has_now(
    server: Client, environments: FakeEnvironments, jp_root_dir: Path
) -> None:
    await make(server)
    changed = LockedPackage("six", "1.17.0", (HASH,))
    (jp_root_dir / "nb.ipynb").write_text(locked_text(changed))

    answer = await server.call("POST", "/kernels/nb", "")
    job = await server.wait_for_end(answer.json["job_id"])

    assert answer.status == 202
    assert (job["state"], job["result"]["kernel"]) == ("succeeded", "nb")
    assert environments.requests[-1].packages == (changed,)


@pytest.mark.parametrize("notebook", [None, "gone.ipynb"])
async def test_refresh_says_that_the_notebook_is_not_there(
    server: Client, kernels: FakeKernels, notebook: str | None
) -> None:
    kernels.known["lost"] = Kernel("lost", "Lost", "0" * 16, notebook)

    answer = await server.call("POST", "/kernels/lost", "")

    if notebook is None:
        job = await server.wait_for_end(answer.json["job_id"])
        assert job["error"]["code"] == "notebook.outside-root"
    else:
        assert (answer.status, answer.json["code"]) == (404, "notebook.not-found")


async def test_delete_kernel_answers_what_was_removed(
    server: Client, environments: FakeEnvironments
) -> None:
    await make(server)
    [key] = environments.known

    answer = await server.delete("/kernels/nb")

    assert answer.status == 200
    assert (answer.json["environments"], environments.known) == ([key], {})


async def test_check_kernel_names_what_differs(server: Client) -> None:
    await make(server)
    changed = locked_text(LockedPackage("six", "1.17.0", (HASH,)), kernelspec={"name": "nb"})

    answer = await server.post("/notebooks/kernels", body(changed))

    assert answer.status == 200
    assert (answer.json["state"], answer.json["matches"]) == ("stale", False)
    assert answer.json["differences"] == [
        {"name": "six", "locked": "1.17.0", "installed": "1.16.0"}
    ]


def test_contract_lists_the_states_of_the_domain() -> None:
    described = load_contract()["components"]["schemas"]["KernelState"]["enum"]

    assert set(described) == {state.value for state in KernelState}
