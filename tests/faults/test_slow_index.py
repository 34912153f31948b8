"""A package index that is slow, broken or led in circles, with the real uv in between."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex
from tests.kits.package_index import serve as serve_index
from tests.kits.slow_service import BAD, serve
from tests.kits.small_disk import COMMAND, PROJECT

pytestmark = [pytest.mark.needs_uv, pytest.mark.timeout(120)]

OUTSIDE_FAILED = 4


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A notebook that needs a package."""
    made = tmp_path / "work" / "nb.ipynb"
    made.parent.mkdir()
    made.write_text(notebook_text(requirements=json.dumps({"packages": {"apple": "*"}})))
    return made


def _lock(notebook: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_", "PIP_", "AIDEVSECOPS_"))
        and not name.upper().endswith("_PROXY")
    }
    home = notebook.parents[1] / "home"
    return subprocess.run(
        [*COMMAND, *(words or ("lock", "nb.ipynb"))],
        cwd=notebook.parent,
        env={
            **kept,
            "PYTHONPATH": str(PROJECT),
            "PIP_CONFIG_FILE": os.devnull,
            "HOME": str(home),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "UV_CACHE_DIR": str(home / "cache"),
            "UV_DEFAULT_INDEX": f"{url}/simple",
            "AIDEVSECOPS_INDEX_TIMEOUT": "2",
            "AIDEVSECOPS_LOCK_TIMEOUT": "6",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def _is_clear(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == OUTSIDE_FAILED, done.stderr
    assert "Error: " in done.stderr
    assert "Hint: " in done.stderr
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr


@pytest.mark.parametrize("name", BAD)
def test_lock_ends_in_time_and_writes_nothing_when_the_index_is_bad(
    notebook: Path, name: str
) -> None:
    before = notebook.read_bytes()

    with serve(BAD[name]) as service:
        failed = _lock(notebook, service.url)

    _is_clear(failed)
    assert notebook.read_bytes() == before
    assert [path.name for path in notebook.parent.iterdir()] == ["nb.ipynb"]


def _cut_wheel(index: PackageIndex, file: str) -> None:
    index.cut_off.add(f"files/apple/{file}")


def _truncated_wheel(index: PackageIndex, file: str) -> None:
    content = index.files["apple"][file]
    index.files["apple"][file] = content[: len(content) // 2]


def _no_wheel_at_all(index: PackageIndex, file: str) -> None:
    index.files["apple"][file] = b"<html>Please sign in.</html>"


@pytest.mark.parametrize("spoil", [_cut_wheel, _truncated_wheel, _no_wheel_at_all])
def test_nothing_is_installed_when_the_file_of_a_package_is_broken(
    notebook: Path, spoil: Callable[[PackageIndex, str], None]
) -> None:
    index = PackageIndex()
    spoil(index, index.add_wheel("apple", "1.0"))
    index.add_wheel("ipykernel", "7.0")

    with serve_index(index):
        # uv reads what a package needs from the beginning of its file, which may be whole.
        locked = _lock(notebook, index.url)
        before = notebook.read_bytes()
        failed = _lock(notebook, index.url, "kernel", "install", "nb.ipynb")

    assert "Traceback" not in locked.stderr
    assert failed.returncode in {3, OUTSIDE_FAILED}, failed.stderr
    assert "Hint: " in failed.stderr
    assert "Traceback" not in failed.stderr
    assert notebook.read_bytes() == before
    assert not [*_environments(notebook)]


def test_lock_succeeds_when_the_index_is_well_again(notebook: Path) -> None:
    index = PackageIndex()
    index.add_wheel("apple", "1.0")
    index.cut_off.add("simple/apple")

    with serve_index(index):
        failed = _lock(notebook, index.url)
        index.cut_off.clear()
        done = _lock(notebook, index.url)

    _is_clear(failed)
    assert done.returncode == 0, done.stderr


def test_kernel_is_refused_and_nothing_stays_when_a_file_is_not_the_one_that_was_locked(
    notebook: Path,
) -> None:
    index = PackageIndex()
    file = index.add_wheel("apple", "1.0")
    index.add_wheel("ipykernel", "7.0")
    with serve_index(index):
        assert _lock(notebook, index.url).returncode == 0
        locked = notebook.read_bytes()
        index.files["apple"][file] += b"changed"
        index.wrong_hashes.clear()

        failed = _lock(notebook, index.url, "kernel", "install", "nb.ipynb")

    assert failed.returncode in {3, OUTSIDE_FAILED}, failed.stderr
    assert "Hint: " in failed.stderr
    assert notebook.read_bytes() == locked
    assert not [*_environments(notebook)]


def _environments(notebook: Path) -> Iterator[Path]:
    folder = notebook.parents[1] / "home" / "data" / "aidevsecops" / "environments"
    return (path for path in folder.glob("*") if path.suffix != ".lock")
