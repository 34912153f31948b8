"""Elyra, in an environment of its own that ``make unit`` makes: our click is too new for it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ENVIRONMENT = Path(__file__).parents[2] / ".venv-elyra"
PYTHON = ENVIRONMENT / "bin" / "python"

needs_elyra = pytest.mark.skipif(
    not PYTHON.is_file(), reason="there is no .venv-elyra: make unit makes it"
)


def run_elyra(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """What a program of Elyra's environment said, such as ``elyra-pipeline run``.

    Its settings are below ``cwd``: nothing of this machine's Jupyter is seen or changed.
    """
    program, *rest = map(str, words)
    settings = {name: str(cwd / f".{name.lower()}") for name in ("JUPYTER_DATA_DIR", "HOME")}
    path = os.pathsep.join([str(ENVIRONMENT / "bin"), os.environ.get("PATH", os.defpath)])
    return subprocess.run(
        [ENVIRONMENT / "bin" / program, *rest],
        cwd=cwd,
        env={**os.environ, **settings, "PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=50,
    )
