"""A Jupyter server that can be killed at any moment, and another one on the same home after it."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from aidevsecops_ext.server.base import NAMESPACE
from tests.kits.killed_runs import Forks, World
from tests.kits.processes import is_running

_PROGRAM = "jupyter_server.serverapp:main"
_OTHERS = ("jupyterlab", "jupyter_lsp", "jupyter_server_terminals", "notebook", "notebook_shim")
_TOKEN = "for-this-test-only"
_PATIENCE = 60.0


class KilledServer:
    """A server in a world; it is killed at moment ``last`` after :meth:`arm`."""

    def __init__(self, forks: Forks, world: World, last: int = 0) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}/{NAMESPACE}"
        self._armed = world.base / "armed"
        self._armed.unlink(missing_ok=True)
        self._pid = forks.begin(
            world,
            _PROGRAM,
            *("--allow-root", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"),
            f"--ServerApp.root_dir={world.project}",
            f"--IdentityProvider.token={_TOKEN}",
            "--ServerApp.jpserver_extensions=aidevsecops_ext=True",
            *(f"--ServerApp.jpserver_extensions={name}=False" for name in _OTHERS),
            last=last,
            armed=self._armed,
        )
        self._wait_for(self._answers)

    def arm(self) -> None:
        """Have its moments count from now on."""
        self._armed.touch()

    def is_there(self) -> bool:
        """True until it was killed."""
        return is_running(self._pid)

    def kill(self) -> None:
        """End it as a crash does."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        self._wait_for(lambda: not self.is_there())

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON answer of one of our routes."""
        request = urllib.request.Request(
            f"{self._url}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {_TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as response:
            return json.load(response)

    def job(self, path: str, body: Any) -> Any:
        """The job that the request began, when it has ended; None where the server was killed."""
        try:
            job = self.ask("POST", path, body)
            while job["state"] not in {"succeeded", "failed", "cancelled"}:
                # Asked for, as a server that is killed can tell nobody.
                time.sleep(0.02)
                job = self.ask("GET", f"/jobs/{job['job_id']}")
        except (OSError, urllib.error.URLError, ValueError):
            self._wait_for(lambda: not self.is_there())
            return None
        return job

    def _answers(self) -> bool:
        with suppress(OSError, urllib.error.URLError):
            self.ask("GET", "/health")
            return True
        assert self.is_there(), "the server has ended"
        return False

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        give_up = time.monotonic() + _PATIENCE
        while not condition():
            assert time.monotonic() < give_up, "it takes too long"
            # Neither a port nor the process of somebody else tells when it is there or gone.
            time.sleep(0.02)


def trace_of(forks: Forks) -> list[str]:
    """The moments of the newest server."""
    return (Path(forks.folder) / "trace").read_text().splitlines()
