"""The whole command as a process: start-up, a real lock, interrupts, a terminal, a full disk."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve
from tests.kits.processes import running_with_argument

COMMAND = (sys.executable, "-m", "aidevsecops_ext")
PROJECT = Path(__file__).parents[2]
TEXT = notebook_text(["import apple\n"], kernelspec={"name": "absent", "language": "python"})


def environment(tmp_path: Path, index: PackageIndex) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_", "PIP_")) and not name.upper().endswith("_PROXY")
    }
    return {
        **kept,
        "PYTHONPATH": str(PROJECT),
        "PIP_CONFIG_FILE": os.devnull,
        "UV_DEFAULT_INDEX": index.simple_url,
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "HOME": str(tmp_path / "home"),
    }


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    """An index with one package that needs another."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2", ["pear>=2"])
    made.add_wheel("pear", "2.5")
    with serve(made) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one notebook, ``nb.ipynb``."""
    made = tmp_path / "work"
    made.mkdir()
    (made / "nb.ipynb").write_text(TEXT)
    return made


def test_command_starts_without_the_server_s_packages_when_it_discovers(folder: Path) -> None:
    script = (
        "import sys\n"
        "from aidevsecops_ext.cli.main import main\n"
        "main(['discover', 'nb.ipynb', '--offline'], standalone_mode=False)\n"
        "heavy = {'tornado', 'jupyter_server', 'elyra', 'rich', 'yaml', 'asyncio', 'traitlets'}\n"
        "sys.exit(', '.join(sorted(heavy & sys.modules.keys())))\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.stderr.strip() == ""
    assert "nb.ipynb" in result.stdout


@pytest.mark.needs_uv
def test_lock_writes_a_complete_lock_when_uv_resolves(
    tmp_path: Path, folder: Path, index: PackageIndex
) -> None:
    result = subprocess.run(
        [*COMMAND, "lock", "nb.ipynb", "--json"],
        cwd=folder,
        env=environment(tmp_path, index),
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stderr
    answer = json.loads(result.stdout)
    assert (answer["engine"], answer["packages"]) == ("uv", 2)
    metadata = json.loads((folder / "nb.ipynb").read_text())["metadata"]
    assert json.loads(metadata["requirements_lock"])["default"]["pear"]["version"] == "==2.5"


@pytest.mark.needs_uv
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_lock_ends_with_all_its_children_when_interrupted(
    tmp_path: Path, folder: Path, index: PackageIndex, number: signal.Signals
) -> None:
    index.hanging.add("simple/apple")
    (folder / "other.ipynb").write_text(TEXT)
    cache = str(tmp_path / "cache")
    pipfile = json.dumps({"packages": {"apple": "*"}})
    for name in ("nb.ipynb", "other.ipynb"):
        (folder / name).write_text(notebook_text(requirements=pipfile))
    before = (folder / "nb.ipynb").read_text()
    child = subprocess.Popen(
        [*COMMAND, "lock", "nb.ipynb", "other.ipynb"],
        cwd=folder,
        env=environment(tmp_path, index),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert index.asked.wait(30)

    child.send_signal(number)
    _, errors = child.communicate(timeout=30)

    assert child.returncode == 130
    assert errors.count("Cancelled.") == 2
    assert running_with_argument(cache) == []
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "nb.ipynb": before,
        "other.ipynb": before,
    }


@pytest.mark.needs_uv
def test_lock_gives_up_when_the_index_hangs(
    tmp_path: Path, folder: Path, index: PackageIndex
) -> None:
    index.hanging.add("simple/apple")
    (folder / "nb.ipynb").write_text(
        notebook_text(requirements=json.dumps({"packages": {"apple": "*"}}))
    )
    before = (folder / "nb.ipynb").read_text()

    result = subprocess.run(
        [*COMMAND, "lock", "nb.ipynb"],
        cwd=folder,
        env={**environment(tmp_path, index), "AIDEVSECOPS_LOCK_TIMEOUT": "2"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 4
    assert "nb.ipynb: Error: " in result.stderr
    assert "Traceback" not in result.stderr
    assert (folder / "nb.ipynb").read_text() == before


@pytest.mark.needs_uv
def test_lock_fails_when_there_is_no_network(tmp_path: Path, folder: Path) -> None:
    # Nothing listens on the address of an index that was closed.
    with serve(PackageIndex()) as closed:
        unreachable = environment(tmp_path, closed)
    (folder / "nb.ipynb").write_text(
        notebook_text(requirements=json.dumps({"packages": {"apple": "*"}}))
    )
    before = (folder / "nb.ipynb").read_text()

    result = subprocess.run(
        [*COMMAND, "lock", "nb.ipynb"],
        cwd=folder,
        env=unreachable,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 4
    assert "cannot be reached" in result.stderr
    assert (folder / "nb.ipynb").read_text() == before


@pytest.mark.needs_uv
def test_lock_draws_its_progress_when_it_is_on_a_terminal(
    tmp_path: Path, folder: Path, index: PackageIndex
) -> None:
    ours, theirs = pty.openpty()

    with os.fdopen(ours, "rb", buffering=0) as screen:
        child = subprocess.Popen(
            [*COMMAND, "lock", "nb.ipynb"],
            cwd=folder,
            env={**environment(tmp_path, index), "TERM": "xterm", "COLUMNS": "100"},
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
        )
        os.close(theirs)
        drawn = _read_all(screen.fileno())
        output, _ = child.communicate(timeout=30)

    assert child.returncode == 0, drawn
    assert "\x1b[" in drawn
    assert "nb.ipynb" in drawn
    assert output.startswith("nb.ipynb: locked 2 packages")


def _read_all(descriptor: int) -> str:
    parts = []
    try:
        while part := os.read(descriptor, 65536):
            parts.append(part)
    except OSError:
        # How Linux says that the other end of a terminal is closed.
        return b"".join(parts).decode()
    return b"".join(parts).decode()


def test_requirements_leaves_the_file_when_the_disk_is_full(folder: Path) -> None:
    script = (
        "import resource, sys\n"
        # The kernel refuses to let a file of this process grow, as it does on a full disk.
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))\n"
        "from aidevsecops_ext.cli.main import main\n"
        "main(['requirements', 'nb.ipynb', '--add', 'numpy'])\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 4
    assert "nb.ipynb could not be written" in result.stderr
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"nb.ipynb": TEXT}
