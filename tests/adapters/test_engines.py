"""Which engines there are, and that none is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from aidevsecops_ext.config import Settings
from aidevsecops_ext.domain.thoth import ThothSettings
from aidevsecops_ext.wiring import Services

_LOADED = """
import sys
from pathlib import Path
from aidevsecops_ext.config import Settings
from aidevsecops_ext.wiring import Services

resolvers = Services(Path.cwd(), Settings()).resolvers
assert "thoth" in resolvers and len(resolvers) == 2
assert resolvers["uv"].engine == "uv"
print([name for name in sys.modules if "thoth" in name or "thamos" in name])
"""


def test_engines_are_known_by_name_and_made_once(tmp_path: Path) -> None:
    resolvers = Services(tmp_path, Settings()).resolvers

    assert [*resolvers] == ["uv", "thoth"]
    assert {name: engine.engine for name, engine in resolvers.items()} == {
        "uv": "uv",
        "thoth": "thoth",
    }
    assert resolvers["thoth"] is resolvers["thoth"]
    assert resolvers.get("pip") is None


def test_settings_name_the_service_and_the_fallback(tmp_path: Path) -> None:
    services = Services(tmp_path, Settings(thoth_host="thoth.example", fallback="uv"))

    assert services.thoth == ThothSettings("thoth.example", "uv")
    assert services.resolvers["thoth"].missing() is None


def test_nothing_of_thoth_is_loaded_when_uv_locks() -> None:
    done = subprocess.run(
        (sys.executable, "-c", _LOADED), capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "['aidevsecops_ext.domain.thoth']"
