from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aidevsecops_ext.config import Settings
from aidevsecops_ext.server.backstage import Backstage
from aidevsecops_ext.wiring import Services
from tests.fakes.engine import FakeEngine
from tests.fakes.installed_packages import FakeInstalledPackages
from tests.fakes.package_index import FakePackageIndex
from tests.kits.services import with_ports

from .client import Client


@pytest.fixture
def engine() -> FakeEngine:
    """The engine that the server locks with."""
    return FakeEngine()


@pytest.fixture
def index() -> FakePackageIndex:
    """The package index that the server asks."""
    return FakePackageIndex("requests", "rich", "scikit-learn")


@pytest.fixture
def backstage(jp_serverapp: Any, engine: FakeEngine, index: FakePackageIndex) -> Backstage:
    """What the handlers share: real files, and fakes of what is slow or outside."""

    def build(root: Path, settings: Settings) -> Services:
        return with_ports(
            Services(root, settings),
            index=index,
            installed=FakeInstalledPackages({"sklearn": "scikit-learn"}),
            resolvers={"uv": engine},
        )

    [app] = jp_serverapp.extension_manager.extension_apps["aidevsecops_ext"]
    found: Backstage = app.backstage
    found.build = build
    return found


@pytest.fixture
def client(jp_fetch: Callable[..., Any], backstage: Backstage) -> Client:
    """A client that is signed in."""
    assert backstage is not None
    return Client(jp_fetch)
