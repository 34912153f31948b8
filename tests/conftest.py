from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("pytest_jupyter.jupyter_server",)

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold slow tests, so that no worker is alone with one in the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture
def jp_base_url() -> str:
    """A server behind a hub: its addresses do not begin at the root."""
    return "/user/jo/"


@pytest.fixture
def jp_server_config(jp_base_url: str) -> dict[str, Any]:
    """A server with our extension, where nothing is open to strangers."""
    return {
        "ServerApp": {
            "base_url": jp_base_url,
            "allow_unauthenticated_access": False,
            "jpserver_extensions": {"aidevsecops_ext": True},
        }
    }
