"""What a kernel is told by the real Jupyter server, as JupyterLab asks it to start one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kits.notebooks import notebook_text

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

LOAD = "%load_ext aidevsecops_ext"
SHOW = "%aidevsecops requirements"
ADD = "%aidevsecops requirements --add six"


class Lab:
    """Starts kernels as JupyterLab does: with the notebook's path and its name."""

    def __init__(self, fetch: Callable[..., Awaitable[Any]], server: Any) -> None:
        self._fetch = fetch
        self._kernels = server.kernel_manager
        self.session: dict[str, Any] = {}

    async def open(self, path: str) -> None:
        """Start a session for the notebook."""
        body = {
            "path": path,
            "name": path.rpartition("/")[2],
            "type": "notebook",
            "kernel": {"name": "python3"},
        }
        answer = await self._fetch("api", "sessions", method="POST", body=json.dumps(body))
        self.session = json.loads(answer.body)

    async def rename(self, path: str) -> None:
        """Tell the server that the notebook has another path, and restart the kernel."""
        body = {"path": path, "name": path.rpartition("/")[2], "type": "notebook"}
        where = ("api", "sessions", self.session["id"])
        await self._fetch(*where, method="PATCH", body=json.dumps(body))
        await self._kernels.restart_kernel(self.session["kernel"]["id"], now=True)

    async def run(self, *cells: str) -> str:
        """What those cells print in the session's kernel."""
        client = self._kernels.get_kernel(self.session["kernel"]["id"]).client()
        client.start_channels()
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(content.get("text") or content.get("evalue") or "")

        try:
            await client.wait_for_ready(timeout=120)
            for cell in cells:
                await client._async_execute_interactive(cell, timeout=120, output_hook=hear)
        finally:
            client.stop_channels()
        return "".join(said)


@pytest.fixture
def lab(jp_fetch: Callable[..., Awaitable[Any]], jp_serverapp: Any) -> Lab:
    """A server, which ends its kernels itself."""
    return Lab(jp_fetch, jp_serverapp)


async def test_magic_finds_its_notebook_in_a_folder_of_the_server(
    lab: Lab, jp_root_dir: Path
) -> None:
    folder = jp_root_dir / "work"
    folder.mkdir()
    path = folder / "nb.ipynb"
    path.write_text(notebook_text([LOAD, ADD]))

    await lab.open("work/nb.ipynb")
    said = await lab.run(LOAD, ADD)

    assert "nb.ipynb (changed)" in said
    assert "six" in json.loads(path.read_text())["metadata"]["requirements"]


async def test_magic_finds_its_notebook_after_a_rename_and_a_restart(
    lab: Lab, jp_root_dir: Path
) -> None:
    path = jp_root_dir / "old.ipynb"
    path.write_text(notebook_text([LOAD, SHOW]))
    await lab.open("old.ipynb")
    path.rename(jp_root_dir / "new.ipynb")

    before = await lab.run(LOAD, SHOW)
    await lab.rename("new.ipynb")
    after = await lab.run(LOAD, SHOW)

    assert "old.ipynb, which is not there (any more)" in before
    assert "new.ipynb" in after
    assert "not there" not in after
