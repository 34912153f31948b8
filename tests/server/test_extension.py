from __future__ import annotations

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config

from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.config import HELP, Settings
from aidevsecops_ext.jobs.event_schema import SCHEMA_ID
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.server.extension import AidevsecopsExtension
from aidevsecops_ext.server.lasting_objects import set_lasting_objects_apart
from tests.fakes.engine import FakeEngine
from tests.fakes.package_index import FakePackageIndex

from .client import Client
from .notebooks import make_notebook


def test_extension_has_a_trait_for_every_setting_with_its_default_and_help() -> None:
    traits = AidevsecopsExtension.class_own_traits(config=True)

    assert set(traits) == set(Settings.defaults()) == set(HELP)
    assert AidevsecopsExtension().read_settings() == Settings()
    for name, trait in traits.items():
        assert trait.help == HELP[name]


def test_read_settings_answers_what_was_configured() -> None:
    config = Config()
    config.AidevsecopsExtension.lock_timeout = 5
    config.AidevsecopsExtension.trusted_indexes = ["https://index.example/simple"]

    settings = AidevsecopsExtension(config=config).read_settings()

    assert settings.lock_timeout == 5
    assert settings.trusted_indexes == ("https://index.example/simple",)


@pytest.mark.usefixtures("jp_serverapp")
def test_server_touches_no_file_when_nobody_asks_it_anything(jp_data_dir: Path) -> None:
    found = list(jp_data_dir.rglob("*aidevsecops*"))

    assert found == []


@pytest.mark.usefixtures("jp_serverapp")
async def test_what_the_start_left_is_not_searched_for_garbage_again() -> None:
    while gc.get_freeze_count() == 0:
        await asyncio.sleep(0)
    set_apart = gc.get_freeze_count()
    more = [[number] for number in range(1000)]

    set_lasting_objects_apart()

    assert gc.get_freeze_count() <= set_apart
    assert gc.is_tracked(more)


async def test_subscriber_hears_of_a_job_when_it_changes(
    client: Client, jp_ws_fetch: Callable[..., Awaitable[Any]]
) -> None:
    socket = await jp_ws_fetch("api", "events", "subscribe")
    body = {"path": "nb.ipynb", "notebook": make_notebook("import requests")}

    job = (await client.post("/notebooks/locks", body)).json
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["state"] != "succeeded":
        event = json.loads(await asyncio.wait_for(socket.read_message(), 20))
        if event["schema_id"] == SCHEMA_ID:
            heard.append(event)
    socket.close()

    assert {event["job_id"] for event in heard} == {job["job_id"]}
    assert [event["state"] for event in heard][:2] == ["queued", "running"]
    assert {event["key"] for event in heard} == {"nb.ipynb"}


async def test_stop_ends_running_jobs_and_refuses_new_ones(
    client: Client, backstage: Backstage, engine: FakeEngine, jp_serverapp: Any
) -> None:
    engine.hold()
    body = {"path": "nb.ipynb", "notebook": make_notebook("import requests")}
    job_id = (await client.post("/notebooks/locks", body)).json["job_id"]

    await jp_serverapp.extension_manager.stop_all_extensions()
    refused = await client.post("/notebooks/locks", body)

    assert (refused.status, refused.json["code"]) == (409, "job.stopping")
    backstage._engine = None
    assert (await client.get(f"/jobs/{job_id}")).json["state"] == "cancelled"


async def test_stop_does_nothing_when_nobody_asked_anything(jp_serverapp: Any) -> None:
    await jp_serverapp.extension_manager.stop_all_extensions()


async def test_in_patient_thread_does_not_hold_up_what_is_quick(backstage: Backstage) -> None:
    loop = asyncio.get_running_loop()
    release = asyncio.Event()

    def wait() -> None:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(20)

    slow = [asyncio.ensure_future(backstage.in_patient_thread(wait)) for _ in range(8)]
    quick = await asyncio.wait_for(backstage.in_thread(lambda: "done"), 20)
    release.set()
    await asyncio.gather(*slow)

    assert quick == "done"


async def test_inspect_asks_no_more_when_the_one_who_asked_has_left(
    client: Client, backstage: Backstage, index: FakePackageIndex, jp_serverapp: Any
) -> None:
    assert client is not None
    assert backstage is not None
    loop = asyncio.get_running_loop()
    asked, cancelled = asyncio.Event(), asyncio.Event()

    def tell_cancelled() -> None:
        loop.call_soon_threadsafe(cancelled.set)

    def wait_for_cancel(names: frozenset[str], cancel: CancelToken) -> frozenset[str]:
        cancel.on_cancel(tell_cancelled)
        loop.call_soon_threadsafe(asked.set)
        asyncio.run_coroutine_threadsafe(cancelled.wait(), loop).result(20)
        cancel.raise_if_cancelled()
        return names

    index.existing = wait_for_cancel  # type: ignore[method-assign]
    body = json.dumps({"path": "nb.ipynb", "notebook": make_notebook("import nobody_knows")})
    _, writer = await asyncio.open_connection("localhost", jp_serverapp.port)
    head = (
        f"POST {jp_serverapp.base_url}aidevsecops-ext/notebooks/dependencies HTTP/1.1",
        "Host: localhost",
        f"Authorization: token {jp_serverapp.identity_provider.token}",
        f"Content-Length: {len(body)}",
    )
    writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
    await asyncio.wait_for(asked.wait(), 20)
    writer.close()

    await asyncio.wait_for(cancelled.wait(), 20)

    assert cancelled.is_set()
