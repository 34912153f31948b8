"""A real server searches the list of names of an index of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.kits.package_index import PackageIndex, serve
from tests.kits.processes import is_running

from .real_server import RealServer

# A server takes its time to start where the machine is busy and Python may keep no byte code.
pytestmark = [pytest.mark.slow, pytest.mark.needs_uv, pytest.mark.timeout(240)]

_LISTS = "--AidevsecopsExtension.package_list_hours=24"


def search(server: RealServer) -> Any:
    return server.ask("GET", "/packages?query=HOL")


def test_server_searches_a_list_that_it_fetched_in_the_background(tmp_path: Path) -> None:
    index = PackageIndex(is_listed=True)
    index.add_wheel("holey", "1.0")
    index.add_wheel("whole", "1.0")

    with serve(index):
        server = RealServer(tmp_path, index.simple_url, _LISTS)
        first = search(server)
        server.wait_for(lambda: search(server)["indexes"][0]["state"] == "listed")
        found = search(server)
        versions = server.ask("GET", "/packages/holey")["versions"]
        server.terminate()

    assert first["indexes"][0]["state"] in ("loading", "listed")
    assert [package["name"] for package in found["packages"]] == ["holey", "whole"]
    assert found["complete"] is True
    assert [version["version"] for version in versions] == ["1.0"]
    assert len([line for line in index.requests if "GET /simple/ " in line]) == 1


def test_server_leaves_no_child_that_fetches_when_it_is_terminated(tmp_path: Path) -> None:
    index = PackageIndex(is_listed=True, hanging={"simple"})

    with serve(index):
        server = RealServer(tmp_path, index.simple_url, _LISTS)
        search(server)
        assert index.asked.wait(60)
        started = server.children("name_list_child")
        server.terminate()
        left = [pid for pid in started if is_running(pid)]

    assert len(started) == 1
    assert left == []
