"""A real Jupyter server in a process of its own, that locks with the real uv."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from aidevsecops_ext.server.base import NAMESPACE
from tests.kits.processes import running_with_argument

_ROOT = Path(__file__).parents[2]
_PATIENCE = 120.0
# What else may be installed here, and only takes time to start.
OTHERS = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals", "notebook", "notebook_shim")
TOKEN = "for-this-test-only"


class RealServer:
    """A server on the home ``folder``; several one after the other find each other's jobs."""

    def __init__(self, folder: Path, index_url: str, *options: str) -> None:
        root = folder / "root"
        root.mkdir(exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/user/jo/"
        self.data = folder / "data"
        # What works for it is told by this from what works for other servers of the machine.
        self.temporary = folder / "temporary"
        self.temporary.mkdir(exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("UV_", "PIP_", "JUPYTER"))}
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--allow-root", "--no-browser"),
                f"--port={port}",
                "--ServerApp.base_url=/user/jo/",
                f"--ServerApp.root_dir={root}",
                f"--IdentityProvider.token={TOKEN}",
                "--ServerApp.jpserver_extensions=aidevsecops_ext=True",
                *(f"--ServerApp.jpserver_extensions={name}=False" for name in OTHERS),
                *options,
            ],
            env={
                **kept,
                "PYTHONPATH": str(_ROOT),
                "TMPDIR": str(self.temporary),
                "JUPYTER_DATA_DIR": str(self.data),
                "JUPYTER_CONFIG_DIR": str(folder / "config"),
                "UV_DEFAULT_INDEX": index_url,
                "UV_NO_CACHE": "1",
                # Else the indexes that this machine's owner configured would be asked too.
                "UV_NO_CONFIG": "1",
                "PIP_CONFIG_FILE": os.devnull,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait_for(lambda: self._answers())

    def children(self, argument: str) -> list[int]:
        """The processes that it started with that in their command line (Linux only)."""
        return [
            pid for pid in running_with_argument(argument) if _parent_of(pid) == self._process.pid
        ]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer of one of our routes."""
        request = urllib.request.Request(
            f"{self.url}{NAMESPACE}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            return json.load(response)

    def terminate(self) -> int:
        """End it as a hub does; its exit status."""
        self._process.terminate()
        return self._process.wait(_PATIENCE)

    def kill(self) -> None:
        """End it as a crash does."""
        self._process.kill()
        self._process.wait(_PATIENCE)

    def wait_for(self, condition: Any) -> None:
        """Return once the condition holds; fail when that takes too long."""
        give_up = time.monotonic() + _PATIENCE
        while not condition():
            assert self._process.poll() is None, "the server has ended"
            assert time.monotonic() < give_up, "it takes too long"
            # What is waited for is asked over HTTP, which tells nobody of changes.
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self.ask("GET", "/health")
        except (urllib.error.URLError, ConnectionError):
            return False
        return True


def _parent_of(pid: int) -> int | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return int(status.rpartition(")")[2].split()[1])
