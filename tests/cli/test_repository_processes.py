"""A whole repository with the real uv: locked, interrupted, and many at once."""

from __future__ import annotations

import json
import os
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
THOTH = """overlays_dir: overlays
runtime_environments:
  - {name: slow, python_version: "3.11"}
  - {name: quick, python_version: "3.11"}
"""
PIPFILE = '[packages]\napple = "*"\n\n[requires]\npython_version = "3.10"  # once\n'

pytestmark = pytest.mark.needs_uv


@pytest.fixture
def index() -> Iterator[PackageIndex]:
    """An index with two packages."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2", ["pear>=2"])
    made.add_wheel("pear", "2.5")
    with serve(made) as served:
        yield served


@pytest.fixture
def environ(tmp_path: Path, index: PackageIndex) -> dict[str, str]:
    """The environment of a user who is configured with that index."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_", "PIP_", "THAMOS_")) and not name.upper().endswith("_PROXY")
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
def folder(tmp_path: Path) -> Path:
    """A repository with a notebook and two overlays."""
    made = tmp_path / "work"
    files = {
        ".git/HEAD": "",
        ".thoth.yaml": THOTH,
        "nb.ipynb": notebook_text(requirements=json.dumps({"packages": {"apple": "*"}})),
        "overlays/slow/Pipfile": PIPFILE,
        "overlays/quick/requirements.in": "pear\n",
    }
    for name, text in files.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    return made


def run(folder: Path, environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_lock_writes_overlays_that_the_check_calls_fresh(
    folder: Path, environ: dict[str, str]
) -> None:
    locked = run(folder, environ, "lock", ".")
    first = texts(folder)
    again = run(folder, environ, "lock", ".", "--fail-on-change")
    checked = run(folder, environ, "check", ".", "--offline")

    assert locked.returncode == 0, locked.stdout + locked.stderr
    assert first["overlays/slow/Pipfile"] == PIPFILE.replace("3.10", "3.11")
    packages = json.loads(first["overlays/slow/Pipfile.lock"])["default"]
    assert {name: entry["version"] for name, entry in packages.items()} == {
        "apple": "==1.2",
        "pear": "==2.5",
    }
    assert "pear==2.5 \\\n    --hash=sha256:" in first["overlays/quick/requirements.txt"]
    assert again.returncode == 0, again.stdout
    assert texts(folder) == first
    assert checked.returncode == 0, checked.stdout


def test_lock_writes_a_requirements_txt_that_pip_installs_by_its_hashes(
    folder: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    run(folder, environ, "lock", "overlays/quick")

    installed = subprocess.run(
        [
            "uv",
            "pip",
            "install",
            f"--target={tmp_path / 'installed'}",
            "--require-hashes",
            f"--python={sys.executable}",
            "--requirements=overlays/quick/requirements.txt",
        ],
        cwd=folder,
        env={**environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert installed.returncode == 0, installed.stderr
    assert (tmp_path / "installed" / "pear.py").is_file()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_lock_leaves_every_file_whole_when_it_is_interrupted(
    folder: Path, environ: dict[str, str], index: PackageIndex, number: signal.Signals
) -> None:
    index.hanging.add("simple/apple")
    before = texts(folder)
    child = subprocess.Popen(
        [*COMMAND, "lock", ".", "--jobs", "3"],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert index.asked.wait(30)

    child.send_signal(number)
    _, errors = child.communicate(timeout=30)

    after = texts(folder)
    # What was done by then may stay; all of it is there.
    text = after.pop("overlays/quick/requirements.txt", "pear==2.5 --hash=\n")
    assert child.returncode == 130
    assert errors.count("Cancelled.") >= 2
    assert after == before
    assert "pear==2.5" in text
    assert text.endswith("\n")
    assert running_with_argument(environ["UV_CACHE_DIR"]) == []


def test_lock_resolves_hundreds_once_for_each_set(folder: Path, environ: dict[str, str]) -> None:
    pipfile = json.dumps({"packages": {"pear": "*"}, "requires": {"python_version": "3.11"}})
    for number in range(120):
        (folder / f"copy-{number}.ipynb").write_text(notebook_text(requirements=pipfile))

    result = run(folder, environ, "lock", ".", "--python-version", "3.11")
    checked = run(folder, environ, "check", ".", "--offline", "--json")

    assert result.returncode == 0, result.stderr
    assert "121 notebooks, 2 overlays: 123 locked, " in result.stdout
    assert "4 different sets of requirements resolved" in result.stdout
    statuses = [answer["status"] for answer in json.loads(checked.stdout)]
    assert statuses == ["fresh"] * 123
