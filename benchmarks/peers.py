"""Other tools, each in an environment of its own below ``.venv-bench``; they stay for the next run.

A tool that cannot be installed is told with the reason, not left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from aidevsecops_ext.adapters.uv_program import find_uv

HOME = Path(__file__).parents[1] / ".venv-bench"
PACKAGES: dict[str, tuple[str, ...]] = {
    "deptry": ("deptry",),
    "juv": ("juv",),
    "jupyterlab-git": ("jupyterlab-git", "jupyter-server"),
    "kubeflow-kale": ("kubeflow-kale", "setuptools<81"),
    "papermill": ("papermill", "ipykernel"),
    "pip-audit": ("pip-audit",),
    "pip-tools": ("pip-tools",),
    "pipenv": ("pipenv",),
    "pipreqs": ("pipreqs",),
    "soorgeon": ("soorgeon", "setuptools<81"),
}
_PATIENCE = 240.0
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Peer:
    """A tool that is installed: where its programs are, and its version."""

    programs: Path
    version: str

    def program(self, name: str) -> str:
        """One of them."""
        return str(self.programs / name)


def peer(name: str) -> Peer | str:
    """The tool of that name, installed if it is not yet; else why it could not be."""
    folder = HOME / name
    done = folder / "installed"
    if not done.exists():
        python = ["--python", sys.executable]
        into = ["--python", str(folder), "--compile-bytecode"]
        for words in (
            ["venv", "--quiet", "--clear", *python, str(folder)],
            ["pip", "install", "--quiet", *into, *PACKAGES[name]],
        ):
            why = _failure(words)
            if why:
                return why
        done.touch()
    python_program = folder / "bin" / "python"
    code = f"import importlib.metadata; print(importlib.metadata.version({name!r}))"
    said = subprocess.run(
        [python_program, "-c", code], capture_output=True, text=True, check=False
    ).stdout.strip()
    return Peer(folder / "bin", said)


def last_line(text: str) -> str:
    """The last line of what a program said, which mostly says what is wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:_LONGEST] if lines else "it failed without a word"


def _failure(words: list[str]) -> str:
    """Why uv could not do it; empty when it did."""
    environ = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(
            [find_uv(), *words],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return f"not installed within {_PATIENCE:.0f} s"
    return "" if done.returncode == 0 else f"not installed: {last_line(done.stderr)}"
