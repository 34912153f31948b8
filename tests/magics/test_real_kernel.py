"""The magics in a real kernel, in notebooks that are run as wholes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from tests.kits.package_index import PackageIndex, serve

pytestmark = [pytest.mark.slow, pytest.mark.timeout(500)]

LOAD = "%load_ext aidevsecops_ext"
QUICK = """
import sys
print(sorted({n.split(".")[1] for n in sys.modules if n.startswith("aidevsecops_ext.")}))
print("click" in sys.modules)
"""


def execute(folder: Path, *sources: str, is_known: bool = True) -> Any:
    """The notebook of those cells after Jupyter ran it, saved as ``nb.ipynb`` before."""
    path = folder / "nb.ipynb"
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources]
    )
    nbformat.write(notebook, path)
    client = NotebookClient(
        notebook, kernel_name="python3", timeout=120, resources={"metadata": {"path": str(folder)}}
    )
    environ = {name: value for name, value in os.environ.items() if name != "JPY_SESSION_NAME"}
    client.execute(env={**environ, **({"JPY_SESSION_NAME": str(path)} if is_known else {})})
    return notebook


def texts(cell: Any) -> dict[str, str]:
    """What the cell printed, by stream."""
    found: dict[str, str] = {}
    for output in cell.outputs:
        assert output.output_type == "stream"
        found[output.name] = found.get(output.name, "") + output.text
    return found


def test_loading_the_extension_loads_nothing_else(tmp_path: Path) -> None:
    executed = execute(tmp_path, LOAD, QUICK)

    assert texts(executed.cells[1]) == {"stdout": "['_version', 'magics']\nFalse\n"}


def test_magics_find_and_change_their_own_notebook(tmp_path: Path) -> None:
    executed = execute(
        tmp_path,
        LOAD,
        "import json",
        "%aidevsecops requirements --add requests-toolbelt",
        "%aidevsecops check --offline",
        "print(_exit_code)",
        "%horus show --pipfile",
    )

    assert "requests-toolbelt" in (tmp_path / "nb.ipynb").read_text()
    assert "nb.ipynb (changed)" in texts(executed.cells[2])["stdout"]
    assert "Reload Notebook from Disk" in texts(executed.cells[2])["stderr"]
    assert "unlocked" in texts(executed.cells[3])["stdout"]
    assert texts(executed.cells[4]) == {"stdout": "1\n"}
    assert "requests-toolbelt" in texts(executed.cells[5])["stdout"]


def test_magic_fails_its_cell_without_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(CellExecutionError) as caught:
        execute(tmp_path, LOAD, "%aidevsecops check", is_known=False)

    assert "Name it: %aidevsecops check NOTEBOOK.ipynb" in str(caught.value)
    assert caught.value.ename == "MagicFailedError"
    assert "Traceback" not in str(caught.value)


@pytest.mark.needs_uv
def test_magic_ends_when_the_kernel_is_interrupted(tmp_path: Path) -> None:
    path = tmp_path / "nb.ipynb"
    cell = "%aidevsecops lock"
    nbformat.write(
        nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(s) for s in ("import slowpoke", LOAD, cell)]
        ),
        path,
    )
    before = path.read_bytes()
    with serve(PackageIndex()) as index:
        index.add_wheel("slowpoke", "1.0")
        index.hanging.add("simple/slowpoke")
        environ = {
            **os.environ,
            "JPY_SESSION_NAME": str(path),
            "UV_DEFAULT_INDEX": index.simple_url,
            "UV_CACHE_DIR": str(tmp_path / "cache"),
            "PIP_CONFIG_FILE": os.devnull,
            "AIDEVSECOPS_INDEX_TIMEOUT": "300",
        }
        manager, client = start_new_kernel(
            kernel_name="python3", startup_timeout=90, env=environ, cwd=str(tmp_path)
        )
        try:
            client.execute_interactive(LOAD, timeout=60)
            asked = client.execute(cell)
            assert index.asked.wait(120)
            manager.interrupt_kernel()
            reply = client.get_shell_msg(timeout=120)
            while reply["parent_header"].get("msg_id") != asked:
                reply = client.get_shell_msg(timeout=120)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)

    assert reply["content"]["status"] == "error"
    assert reply["content"]["evalue"] == "aidevsecops ended with exit status 130."
    assert path.read_bytes() == before
