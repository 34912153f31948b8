from __future__ import annotations

import platform
import sys

from aidevsecops_ext import __version__

from .client import Client


async def test_get_health_answers_what_this_installation_is(client: Client) -> None:
    answer = await client.get("/health")

    assert answer.status == 200
    assert answer.json["version"] == __version__
    assert answer.json["engines"] == [{"name": "uv", "available": True, "hint": ""}]
    assert (answer.json["default_engine"], answer.json["fallback"]) == ("uv", "none")
    described = answer.json["default_target"]["description"]
    assert described.startswith(f"Python {sys.version_info.major}.{sys.version_info.minor} on ")
    assert platform.system().replace("Darwin", "macOS") in described
    assert set(answer.json["extras"]) == {"elyra"}
