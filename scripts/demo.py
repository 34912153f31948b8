"""The demo: the example project in a repository of its own, locked, checked and served."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

from .machine import ROOT, Machine
from .parts import Run, say

NOTEBOOK = "digits-pipeline.ipynb"
FIRST_PORT = 8888
LEFT_OUT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".mypy_cache", "data")


def prepare(run: Run, machine: Machine) -> Path:
    """The workspace folder, with the example notebook locked in the terminal and checked."""
    folder = Path(os.environ.get("WORKSPACE") or ROOT / ".demo" / "workspace").resolve()
    run.need("Workspace", lambda: _make_workspace(run, folder))
    command = machine.tool("aidevsecops")
    run.need("Lock a notebook", lambda: run.command(command, "lock", NOTEBOOK, cwd=folder))
    run.need("Check it", lambda: run.command(command, "check", NOTEBOOK, cwd=folder))
    return folder


def serve(machine: Machine, folder: Path) -> int:
    """The exit status of a JupyterLab on the workspace, with the sidebar open."""
    port, token = _free_port(), secrets.token_hex(16)
    home = folder.parent / "jupyter"
    _write_layout(home / "workspaces")
    words = [
        str(machine.tool("jupyter-lab")),
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.workspaces_dir={home / 'workspaces'}",
        f"--LabApp.user_settings_dir={home / 'settings'}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--log-level=WARN",
    ]
    if os.geteuid() == 0:
        words.append("--allow-root")
    address = f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={token}"
    say(f"\nJupyterLab is starting. Open {address}\nCtrl+C ends it.")
    environment = {**os.environ, **machine.run.environment, "JUPYTER_TOKEN": token}
    with subprocess.Popen(words, env=environment) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            return 0


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


def _write_layout(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    json.dumps({})
