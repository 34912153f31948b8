"""Locks over REST where the repository itself steers uv, with the real one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.adapters.uv import UvResolver
from aidevsecops_ext.config import Settings
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.kits.package_index import PackageIndex, serve
from tests.kits.services import with_ports

from .client import Client
from .notebooks import make_notebook

pytestmark = pytest.mark.needs_uv

_DECLARED = '{"packages": {"needed": "*"}, "source": [], "requires": {}}'


@pytest.fixture
def theirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PackageIndex]:
    """The index of whoever wrote the repository; uv knows of no other."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    with serve(PackageIndex()) as served:
        served.add_wheel("needed", "6.6.6")
        yield served


@pytest.fixture
def locking(client: Client, backstage: Backstage) -> Client:
    """A client of a server that locks with uv."""
    build = backstage.build

    def with_uv(root: Path, settings: Settings) -> Services:
        resolver = UvResolver(root, timeout=60.0, index_timeout=20.0)
        return with_ports(build(root, settings), resolvers={"uv": resolver})

    backstage.build = with_uv
    return client


async def lock(client: Client, **more: Any) -> Any:
    """The job of a lock, when it has ended."""
    body = {"path": "nb.ipynb", "notebook": make_notebook(requirements=_DECLARED), **more}
    accepted = await client.post("/notebooks/locks", body)
    return await client.wait_for_end(accepted.json["job_id"])


async def test_lock_shows_the_index_of_a_repository_and_asks_it_once_the_request_agrees(
    locking: Client, jp_root_dir: Path, theirs: PackageIndex
) -> None:
    (jp_root_dir / "uv.toml").write_text(f"index-url = '{theirs.simple_url}'\n")

    refused = await lock(locking)
    asked = [*theirs.requests]
    done = await lock(locking, trust_indexes=[theirs.simple_url])

    assert refused["error"]["code"] == "lock.untrusted-index"
    assert [it["url"] for it in refused["error"]["details"]["indexes"]] == [theirs.simple_url]
    assert asked == []
    assert [it["version"] for it in done["result"]["changed"]["added"]] == ["6.6.6"]


async def test_lock_is_refused_where_a_repository_steers_uv_to_a_proxy(
    locking: Client, jp_root_dir: Path, theirs: PackageIndex
) -> None:
    (jp_root_dir / "uv.toml").write_text(f"http-proxy = '{theirs.simple_url}'\n")

    refused = await lock(locking)

    assert refused["error"]["code"] == "lock.untrusted-settings"
    assert "aidevsecops.trusted" in refused["error"]["hint"]
    assert theirs.requests == []
