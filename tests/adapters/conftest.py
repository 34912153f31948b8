"""What the tests of several adapters stand on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.forges import make_app
from tests.kits.git_repo import bare_environment, live_in
from tests.kits.package_index import PackageIndex, serve


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PackageIndex]:
    """An index that is the only one that uv knows of."""
    for name in [*os.environ]:
        if name.startswith(("UV_", "PIP_")) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    with serve(PackageIndex()) as served:
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("UV_DEFAULT_INDEX", served.simple_url)
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        yield served


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository for forges: one is enough, as each forge has a copy of it."""
    return make_app(tmp_path_factory.mktemp("app"))


@pytest.fixture
def bare_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Somebody for whom git was never set up."""
    live_in(bare_environment(tmp_path / "home"), monkeypatch)
