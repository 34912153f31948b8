"""A disk without room: every file is the old or the new one, the problem is clear, and all goes on
when there is room again.

Each command runs on a small file system that is really full, and everywhere in a process whose
files the kernel does not let grow.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kits.git_repo import make_repo
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve
from tests.kits.pipelines import write_pipeline
from tests.kits.small_disk import SmallDisk, small_disk

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX"),
    pytest.mark.timeout(240),
]

OUTSIDE_FAILED = 4
STEPS = ["# load\nimport apple\nx = 1\n", "# use\nimport pear\nprint(x)\n"]


@pytest.fixture(scope="module")
def index() -> Iterator[PackageIndex]:
    """An index with two packages."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2", ["pear>=2"])
    made.add_wheel("pear", "2.5")
    # What steps and kernels need beside.
    made.add_wheel("cloudpickle", "3.0")
    made.add_wheel("ipykernel", "7.0")
    with serve(made) as served:
        yield served


@pytest.fixture(params=["small disk", "no growing files"])
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallDisk]:
    """A disk with a project on it; it has room until a test fills it."""
    if request.param == "no growing files":
        (tmp_path / "limited").mkdir()
        yield _with_project(SmallDisk(tmp_path / "limited", is_real=False))
        return
    try:
        mounted = small_disk(tmp_path / "disk", megabytes=24)
        made = mounted.__enter__()
    except OSError:
        pytest.skip("nothing can be mounted here; the limit on files is tested all the same")
    try:
        yield _with_project(made)
    finally:
        mounted.__exit__(None, None, None)


def _with_project(disk: SmallDisk) -> SmallDisk:
    pipfile = json.dumps({"packages": {"apple": "*"}})
    cells = [
        {"cell_type": "markdown", "id": "m1", "metadata": {}, "source": "# Load"},
        *json.loads(notebook_text(STEPS[:1]))["cells"],
        {"cell_type": "markdown", "id": "m2", "metadata": {}, "source": "# Use"},
        *json.loads(notebook_text(["", STEPS[1]]))["cells"][1:],
    ]
    whole = json.loads(notebook_text(requirements=pipfile)) | {"cells": cells}
    make_repo(
        disk.folder,
        {
            "nb.ipynb": json.dumps(whole, indent=1) + "\n",
            "version.py": '__version__ = "1.2.0"\n',
            ".gitignore": "home/\n.ballast\nruns/\n",
        },
    )
    write_pipeline(disk.folder / "p.pipeline", {"name": "a", "file": "a.py"})
    return disk


def _is_aside(path: Path) -> bool:
    """What is no file of the user's: caches, and what git keeps of its own work."""
    return path.parts[0] in {".git", "home"} or "__pycache__" in path.parts


def _seen(disk: SmallDisk) -> dict[str, bytes]:
    return disk.files(but=_is_aside)


COMMANDS: dict[str, tuple[str, ...]] = {
    "lock": ("lock", "nb.ipynb"),
    "requirements": ("requirements", "nb.ipynb", "--add", "pear"),
    "split": ("split", "nb.ipynb", "--out", "steps"),
    "split without overlays": ("split", "nb.ipynb", "--out", "steps", "--no-overlays"),
    "release": ("release", "cut", "minor", "--yes", "--no-push", "--no-checks"),
    "pipeline run": ("pipeline", "run", "p.pipeline"),
    "pipeline create": ("pipeline", "create", "nb.ipynb"),
    "export": ("export", "nb.ipynb", "--format", "pylock"),
    "overlay": ("overlay", "extract", "nb.ipynb", "--name", "nb"),
    "kernel": ("kernel", "install", "nb.ipynb"),
    "init": ("init", "--yes"),
}


NEED_A_LOCK = frozenset({"export", "overlay", "kernel"})


@pytest.mark.parametrize("name", COMMANDS)
def test_files_are_as_they_were_and_the_problem_is_clear_when_the_disk_is_full(
    disk: SmallDisk, index: PackageIndex, name: str
) -> None:
    environ = {"UV_DEFAULT_INDEX": index.simple_url, "UV_NO_CACHE": "1"}
    if name in NEED_A_LOCK:
        assert disk.run("lock", "nb.ipynb", environ=environ).returncode == 0
    temporary = disk.folder / "home" / "temporary"
    temporary.mkdir(parents=True, exist_ok=True)
    before = _seen(disk)
    disk.fill()

    failed = disk.run(*COMMANDS[name], environ={**environ, "TMPDIR": str(temporary)})

    assert failed.returncode == OUTSIDE_FAILED
    assert "Traceback" not in failed.stderr
    assert "mistake" not in failed.stderr
    assert "Error: " in failed.stderr
    assert "Hint: " in failed.stderr
    assert _seen(disk) == before
    disk.free()
    done = disk.run(*COMMANDS[name], environ=environ)
    assert done.returncode == 0, done.stderr
