"""Runs of the program that are killed at a chosen moment, each on a project of its own."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase as fnmatch
from pathlib import Path
from typing import Any

from tests.kits.git_repo import GitRepo

PROJECT = Path(__file__).parents[2]
CLI = "aidevsecops_ext.cli.start:main"
_MARK = "AIDEVSECOPS_TEST_WORLD"
_PATIENCE = 30.0
_WHEN = "2026-11-20T12:00:00+0000"


@dataclass(slots=True)
class World:
    """A folder that a run sees as its whole machine; each run begins with a fresh copy.

    It is always the same folder, so that paths in files do not tell two runs apart.
    """

    base: Path
    index_url: str

    @property
    def folder(self) -> Path:
        """What is copied."""
        return self.base / "world"

    @property
    def project(self) -> Path:
        """Where the program runs."""
        return self.folder / "project"

    @property
    def repo(self) -> GitRepo:
        """The repository of the project."""
        return GitRepo(self.project)

    @property
    def data(self) -> Path:
        """Jupyter's data."""
        return self.folder / "data"

    def keep(self) -> None:
        """Have every fresh copy be as the folder is now."""
        shutil.rmtree(self.base / "template", ignore_errors=True)
        shutil.copytree(self.folder, self.base / "template", symlinks=True)

    def renew(self) -> None:
        """Have the folder be as it was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.base / "template", self.folder, symlinks=True)

    def make(self) -> None:
        """Have the folders that every machine has."""
        for name in ("project", "home", "tmp", "data"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    @property
    def environ(self) -> dict[str, str]:
        """The environment of the runs."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("UV_", "PIP_", "GIT_", "JUPYTER", "AIDEVSECOPS_", "COV_"))
            and not name.upper().endswith("_PROXY")
        }
        return {
            **kept,
            _MARK: str(self.base),
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(self.folder / "home" / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "home" / "config"),
            "TMPDIR": str(self.folder / "tmp"),
            "JUPYTER_DATA_DIR": str(self.data),
            "JUPYTER_CONFIG_DIR": str(self.folder / "home" / "jupyter"),
            "JUPYTER_RUNTIME_DIR": str(self.folder / "tmp" / "runtime"),
            "JUPYTER_PLATFORM_DIRS": "1",
            "IPYTHONDIR": str(self.folder / "home" / "ipython"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}",
            "PYTHONPATH": str(PROJECT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "UV_NO_CONFIG": "1",
            "UV_DEFAULT_INDEX": self.index_url,
            # Kept between the runs: what is in it is uv's business.
            "UV_CACHE_DIR": str(self.base / "cache"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": _WHEN,
            "GIT_COMMITTER_DATE": _WHEN,
        }

    def left_running(self) -> list[str]:
        """The command lines of the processes that its runs have left (Linux only)."""
        mark = f"{_MARK}={self.base}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").strip()
                    # Who only waits to be collected has none any more.
                    found += [f"{entry.name} {command.decode(errors='replace')}"] * bool(command)
            except OSError:
                continue
        return found

    def files(self, *, ignored: Sequence[str] = ()) -> dict[str, str]:
        """The digest of every file and link, but for what git keeps, by its path."""
        return {
            name: _digest(path)
            for path in sorted(self.folder.rglob("*"))
            if (path.is_file() or path.is_symlink())
            and ".git" not in (name := path.relative_to(self.folder).as_posix()).split("/")
            and "remote.git" not in name.split("/")
            and not any(fnmatch(name, pattern) for pattern in ignored)
        }


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"-> {os.readlink(path)}"
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: its status, what it printed, and the moments that it came to."""

    status: int
    said: str
    trace: tuple[str, ...]

    @property
    def is_killed(self) -> bool:
        """True where the run came to its last moment."""
        return self.status == -9


@dataclass(slots=True)
class Forks:
    """The process that forks for each run."""

    folder: Path
    _process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kits.kill_forks"],
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        self._process.stdout.close()

    def run(
        self,
        world: World,
        *arguments: str,
        last: int = 0,
        counted: str = "",
        is_learned: bool = False,
        environ: dict[str, str] | None = None,
    ) -> Ended:
        """The command, killed at its moment number ``last``, or run to its end.

        Only moments that begin with ``counted`` count; the number of others may differ by chance.
        What a run that ``is_learned`` imports is there for all later ones.
        """
        modules = self.folder / "modules.json"
        asked = self._asked(world, CLI, arguments, last, environ) | {"counted": counted}
        answer = self._ask({**asked, "modules_to": str(modules) if is_learned else None})
        if is_learned:
            self._ask({"modules": json.loads(modules.read_text())})
        return self.ended(answer["status"])

    def wait_until_quiet(self, world: World) -> list[str]:
        """What of the world's runs is still there when all had time to end."""
        # A process that is just becoming another program has no command line for a moment.
        answer = self._ask({"patience": _PATIENCE})
        return [] if answer["is_quiet"] else world.left_running() or ["a process without a name"]

    def learn(self, *modules: str) -> None:
        """Have those modules be there for all later runs."""
        self._ask({"modules": modules})

    def ended(self, status: int) -> Ended:
        """How the newest run ended."""
        said = (self.folder / "said").read_text(errors="replace")
        return Ended(status, said, tuple((self.folder / "trace").read_text().splitlines()))

    def begin(self, world: World, program: str, *arguments: str, last: int = 0, armed: Path) -> int:
        """The process of a program that goes on; it can be killed once ``armed`` exists."""
        asked = self._asked(world, program, arguments, last, None)
        answer = self._ask({**asked, "armed": str(armed), "is_followed": False})
        return int(answer["pid"])

    def _asked(
        self,
        world: World,
        program: str,
        arguments: Sequence[str],
        last: int,
        environ: dict[str, str] | None,
    ) -> dict[str, Any]:
        return {
            "program": program,
            "arguments": arguments,
            "cwd": str(world.project),
            "environ": {**world.environ, **(environ or {})},
            "said": str(self.folder / "said"),
            "trace": str(self.folder / "trace"),
            "last": last,
            "counted": "",
        }

    def _ask(self, asked: dict[str, Any]) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


@contextmanager
def forking(folder: Path) -> Iterator[Forks]:
    """A process that forks for each run, until the block ends."""
    forks = Forks(folder)
    try:
        yield forks
    finally:
        forks.close()


def chosen(count: int, wanted: int) -> list[int]:
    """Moments from 1 to ``count``, evenly; as many as the environment asks for, or all of them."""
    asked = os.environ.get("AIDEVSECOPS_FAULTS", "")
    if asked.isdecimal():
        wanted = max(wanted, int(asked))
    if asked == "all" or wanted >= count:
        return list(range(1, count + 1))
    return sorted({1 + (number * count) // wanted for number in range(wanted)})
