"""Files, folders and homes that cannot be written, also those of another user."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.kits.git_repo import make_repo
from tests.kits.notebooks import notebook_text
from tests.kits.package_index import PackageIndex, serve
from tests.kits.pipelines import write_pipeline
from tests.kits.small_disk import COMMAND, PROJECT

pytestmark = [
    pytest.mark.skipif(
        not sys.platform.startswith("linux"), reason="lets go of powers of root as Linux has them"
    ),
    pytest.mark.timeout(240),
]

ANOTHER = 65_534
# Of Linux: CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER.
_POWERS = (0, 1, 2, 3)
_DROP_FROM_BOUNDS = 24
_LIBC = ctypes.CDLL(None)
OUTSIDE_FAILED = 4
STEPS = ["import apple\nx = 1\n"]


@pytest.fixture(scope="module")
def index() -> Iterator[PackageIndex]:
    """An index with a package, and what kernels need."""
    made = PackageIndex()
    made.add_wheel("apple", "1.2")
    made.add_wheel("ipykernel", "7.0")
    with serve(made) as served:
        yield served


class Place:
    """A project and a home of a user who may not write everything."""

    def __init__(self, folder: Path, index: PackageIndex) -> None:
        self.project, self.home = folder / "project", folder / "home"
        self._index = index
        self.home.mkdir()
        pipfile = json.dumps({"packages": {"apple": "*"}})
        make_repo(
            self.project,
            {
                "nb.ipynb": notebook_text(STEPS, requirements=pipfile),
                "version.py": '__version__ = "1.2.0"\n',
            },
        )
        write_pipeline(self.project / "p.pipeline", {"name": "a", "file": "a.py"})

    def lock(self) -> None:
        """Have the notebook be locked."""
        assert self.run("lock", "nb.ipynb").returncode == 0

    def run(self, *words: str, **environ: str | None) -> subprocess.CompletedProcess[str]:
        """Our command; a variable that is None is not there."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("UV_", "PIP_", "GIT_", "JUPYTER_", "XDG_", "AIDEVSECOPS_"))
        }
        variables = {
            **kept,
            "PYTHONPATH": str(PROJECT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(self.home),
            "PIP_CONFIG_FILE": os.devnull,
            "UV_DEFAULT_INDEX": self._index.simple_url,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            **environ,
        }
        return subprocess.run(
            [*COMMAND, *words],
            cwd=self.project,
            env={name: value for name, value in variables.items() if value is not None},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            preexec_fn=_without_powers if os.getuid() == 0 else None,  # noqa: PLW1509 - one thread
        )

    def files(self) -> dict[str, bytes]:
        """What is in the project, apart from what git keeps."""
        return {
            path.relative_to(self.project).as_posix(): path.read_bytes()
            for path in sorted(self.project.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.project).parts
        }


def _without_powers() -> None:
    """Have what this process becomes obey modes and owners of files, also when it is root's."""
    for power in _POWERS:
        _LIBC.prctl(_DROP_FROM_BOUNDS, power, 0, 0, 0)


@pytest.fixture
def place(tmp_path: Path, index: PackageIndex) -> Iterator[Place]:
    """A project and a home of that user."""
    made = Place(tmp_path, index)
    yield made
    for path, _, _ in os.walk(tmp_path):
        os.chmod(path, 0o755)


def _make_read_only(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)


def _is_clear(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == OUTSIDE_FAILED, done.stderr
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
    assert "Error: " in done.stderr
    assert "Hint: " in done.stderr


COMMANDS: dict[str, tuple[str, ...]] = {
    "lock": ("lock", "nb.ipynb"),
    "requirements": ("requirements", "nb.ipynb", "--add", "pear"),
    "split": ("split", "nb.ipynb", "--out", "steps", "--no-overlays"),
    "release": ("release", "cut", "minor", "--yes", "--no-push", "--no-checks"),
    "pipeline run": ("pipeline", "run", "p.pipeline"),
    "init": ("init", "--yes"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_problem_is_clear_and_nothing_changes_when_the_project_is_read_only(
    place: Place, name: str
) -> None:
    before = place.files()
    _make_read_only(place.project)

    failed = place.run(*COMMANDS[name])

    _is_clear(failed)
    assert place.files() == before


@pytest.mark.parametrize("name", ["lock", "requirements"])
def test_problem_is_clear_when_the_notebook_is_of_another_user(place: Place, name: str) -> None:
    notebook = place.project / "nb.ipynb"
    if os.getuid() == 0:
        os.chown(notebook, ANOTHER, ANOTHER)
    notebook.chmod(0o644 if os.getuid() == 0 else 0o444)
    before = place.files()

    failed = place.run(*COMMANDS[name])

    _is_clear(failed)
    assert "read-only" in failed.stderr
    assert place.files() == before


@pytest.mark.parametrize("name", ["lock", "requirements", "pipeline run", "release"])
def test_work_in_the_project_succeeds_when_the_home_cannot_be_written(
    place: Place, name: str
) -> None:
    _make_read_only(place.home)

    done = place.run(*COMMANDS[name], UV_NO_CACHE="1")

    assert done.returncode == 0, done.stderr


def test_kernel_is_refused_clearly_when_the_home_cannot_be_written(place: Place) -> None:
    place.lock()
    _make_read_only(place.home)

    failed = place.run("kernel", "install", "nb.ipynb", UV_NO_CACHE="1")

    _is_clear(failed)


def test_cache_that_cannot_be_written_is_named_when_uv_needs_it(place: Place) -> None:
    _make_read_only(place.home)

    failed = place.run("lock", "nb.ipynb")

    _is_clear(failed)
    assert "UV_CACHE_DIR" in failed.stderr


HOMELESS: dict[str, Callable[[Place], dict[str, str | None]]] = {
    "no HOME": lambda _: {"HOME": None},
    "HOME that is not there": lambda place: {"HOME": str(place.home / "gone" / "deep")},
    "HOME that is a file": lambda place: {"HOME": str(place.project / "version.py")},
}


@pytest.mark.parametrize("words", [("requirements", "nb.ipynb"), ("status",), ("kernel", "list")])
@pytest.mark.parametrize("how", HOMELESS)
def test_commands_that_only_read_succeed_without_a_home(
    place: Place, how: str, words: tuple[str, ...]
) -> None:
    done = place.run(*words, **HOMELESS[how](place))

    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
