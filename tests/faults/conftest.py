"""A package index, and a process that forks for each run that is killed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.killed_runs import Forks, World, forking
from tests.kits.package_index import PackageIndex, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give these tests the time that they take, where all moments are tried, too."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.path.name.startswith("test_killed_"):
            item.add_marker(pytest.mark.timeout(14400))
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.needs_uv)
            if sys.platform != "linux":
                item.add_marker(pytest.mark.skip("what is left running is found in /proc"))


@pytest.fixture(scope="module")
def index() -> Iterator[PackageIndex]:
    """An index with some packages, ipykernel among them."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2", ["pear>=2"])
    made.add_wheel("pear", "2.5")
    made.add_wheel("plum", "1.0")
    made.add_wheel("cloudpickle", "3.1")
    made.add_wheel("ipykernel", "7.0", ["plum"])
    with serve(made) as served:
        yield served


@pytest.fixture(scope="module")
def forks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    """The process that forks."""
    with forking(tmp_path_factory.mktemp("forks")) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path, index: PackageIndex) -> World:
    """A machine with nothing on it."""
    made = World(tmp_path, index.simple_url)
    made.make()
    return made
