"""A kernel made from a lock really runs: real index, real uv, real Jupyter client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jupyter_client.manager import start_new_kernel

from aidevsecops_ext.cli.main import main
from tests.kits.notebooks import notebook_text

pytestmark = [pytest.mark.online, pytest.mark.needs_uv, pytest.mark.slow, pytest.mark.timeout(180)]

_CODE = """
import importlib.util, os, shutil, sys, tabulate
print(tabulate.__version__, importlib.util.find_spec("pytest") is None, sys.prefix)
print(os.environ["VIRTUAL_ENV"], shutil.which("python"))
"""


def _printed(name: str) -> list[str]:
    """What the code prints in a kernel of that name."""
    manager, client = start_new_kernel(kernel_name=name, startup_timeout=90)
    lines: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        lines.extend(content.get("text", content.get("evalue", "")).splitlines())

    try:
        client.execute_interactive(_CODE, timeout=60, output_hook=hear)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return lines


def test_kernel_runs_with_the_locked_packages_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    path = tmp_path / "nb.ipynb"
    path.write_text(notebook_text(["import tabulate"]))
    runner = CliRunner()

    locked = runner.invoke(main, ["lock", "nb.ipynb"])
    made = runner.invoke(main, ["kernel", "install", "nb.ipynb", "--json"])
    checked = runner.invoke(main, ["kernel", "check", "nb.ipynb"])

    assert (locked.exit_code, made.exit_code, checked.exit_code) == (0, 0, 0), made.stderr
    environment = (
        tmp_path / "data/aidevsecops/environments" / json.loads(made.stdout)["environment"]
    )
    name = json.loads(path.read_text())["metadata"]["kernelspec"]["name"]
    first, second = _printed(name)
    assert first.split()[1:] == ["True", str(environment)]
    assert second.split() == [str(environment), str(environment / "bin" / "python")]
