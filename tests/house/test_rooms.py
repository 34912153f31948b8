"""Which way imports may point, and what an import may cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ROOT, find_sources, name_of

_HEAVY = ("tornado", "jupyter_server", "elyra", "notebook", "jupyterlab", "traitlets")
_NO_NAMES = {"utils", "helpers", "common", "misc", "core", "manager"}


def _modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh process has loaded after a statement."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    outcome = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    )
    return set(json.loads(outcome.stdout))


@pytest.mark.slow
def test_import_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports")

    outcome = subprocess.run(
        [program, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_cli_loads_no_server_when_it_is_imported() -> None:
    loaded = _modules_after("import aidevsecops_ext.cli.main")

    assert loaded & set(_HEAVY) == set()


def test_server_extension_loads_no_work_when_it_is_imported() -> None:
    loaded = _modules_after("import aidevsecops_ext.server.extension")

    ours = {name for name in loaded if name.startswith("aidevsecops_ext.")}
    rooms = {name.split(".")[1] for name in ours}
    assert rooms & {"adapters", "app", "cli", "wiring"} == set()
    assert "aidevsecops_ext.jobs.engine" not in ours
    assert loaded & {"elyra", "rich", "uv"} == set()


def test_modules_have_no_catch_all_names() -> None:
    sources = [*find_sources("aidevsecops_ext", ".py"), *find_sources("src", ".ts", ".tsx")]

    found = [name_of(path) for path in sources if {path.stem, path.parent.name} & _NO_NAMES]

    assert found == []
