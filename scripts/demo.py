"""The demo: the example project in a repository of its own, locked, checked and served."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
from functools import partial
from pathlib import Path
from typing import NoReturn

from .machine import ROOT, Machine
from .parts import Run, say

NOTEBOOK = "digits-pipeline.ipynb"
LAYOUT = ROOT / "scripts" / "layout.json"
FIRST_PORT = 8888
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".mypy_cache", "data")


def prepare(run: Run, machine: Machine) -> Path:
    """The workspace folder, with the example notebook locked in the terminal and checked."""
    folder = Path(os.environ.get("WORKSPACE") or ROOT / ".demo" / "workspace").resolve()
    run.need("Workspace", lambda: _make_workspace(run, folder))
    command = machine.tool("aidevsecops")
    for title, word in {
        "What does the notebook need?": "discover",
        "Lock it": "lock",
        "Is the lock fresh?": "check",
    }.items():
        run.need(title, partial(run.command, command, word, NOTEBOOK, cwd=folder))
    return folder


def serve(machine: Machine, folder: Path) -> NoReturn:
    """Become a JupyterLab on the workspace, with the sidebar open."""
    port, token = _free_port(), secrets.token_hex(16)
    environment = {**os.environ, **machine.run.environment, **_own_jupyter(folder)}
    _open_sidebar(machine, environment)
    words = [
        str(machine.tool("jupyter-lab")),
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        "--log-level=WARN",
    ]
    if os.geteuid() == 0:
        words.append("--allow-root")
    say(f"\nOpen http://127.0.0.1:{port}/lab?token={token}\nCtrl+C ends JupyterLab.")
    # In our place, so that Ctrl+C and every other signal reach JupyterLab itself.
    os.execve(words[0], words, {**environment, "JUPYTER_TOKEN": token})  # noqa: S606 - no shell


def _make_workspace(run: Run, folder: Path) -> str | None:
    if (folder / ".git").is_dir():
        return f"kept as it is: {folder}"
    shutil.copytree(ROOT / "examples", folder, ignore=LEFT_OUT, dirs_exist_ok=True)
    run.command("git", "init", "--quiet", "--initial-branch", "main", cwd=folder)
    for key, value in {"user.name": "Demo", "user.email": "demo@example.invalid"}.items():
        known = subprocess.run(
            ["git", "config", key], cwd=folder, capture_output=True, check=False
        ).stdout
        if not known.strip():
            run.command("git", "config", key, value, cwd=folder)
    run.command("git", "add", "--all", cwd=folder)
    run.command("git", "commit", "--quiet", "--message", "Start the digits classifier", cwd=folder)
    return str(folder)


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def _own_jupyter(folder: Path) -> dict[str, str]:
    # Settings and layout of the demo stay beside it, and those of its user out of it.
    home = folder.parent / "jupyter"
    return {
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTER_DATA_DIR": str(home / "data"),
    }


def _open_sidebar(machine: Machine, environment: dict[str, str]) -> None:
    """Have the first visit find the notebook and the sidebar open, and later ones what was left."""
    if Path(environment["JUPYTERLAB_WORKSPACES_DIR"]).is_dir():
        return
    words = [str(machine.tool("jupyter-lab")), "workspaces", "import", str(LAYOUT)]
    subprocess.run(words, env=environment, check=True, capture_output=True)
    # A demo contacts nobody but the package index: no news, no look for newer versions.
    settings = Path(environment["JUPYTERLAB_SETTINGS_DIR"]) / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
