"""A disk that can be full: a small file system where one may be mounted, else a limit on files."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "aidevsecops_ext")

# The kernel refuses to let files of this process, and of those that it starts, grow.
_LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, MOST))
sys.argv[0] = "aidevsecops"
runpy.run_module("aidevsecops_ext", run_name="__main__")
"""


class SmallDisk:
    """A folder on a disk that is filled and freed; ``is_real`` where it is one of its own."""

    def __init__(self, folder: Path, *, is_real: bool) -> None:
        self.folder = folder
        self.is_real = is_real
        self._is_full = False

    @property
    def _ballast(self) -> Path:
        return self.folder / ".ballast"

    def fill(self) -> None:
        """Leave no room on it."""
        self._is_full = True
        if not self.is_real:
            return
        for size in (65_536, 4096, 512, 1):
            with suppress(OSError), self._ballast.open("ab", buffering=0) as file:
                while file.write(b"x" * size) == size:
                    pass

    def free(self) -> None:
        """Leave room on it."""
        self._is_full = False
        with suppress(FileNotFoundError):
            self._ballast.unlink()

    def run(
        self, *words: str, environ: Mapping[str, str], limit: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Our command on it, as it is now: full or not."""
        is_limited = self._is_full and not self.is_real
        script = _LIMITED.replace("MOST", str(limit))
        command: Sequence[str] = (sys.executable, "-c", script) if is_limited else COMMAND
        return subprocess.run(
            [*command, *words],
            cwd=self.folder,
            env={**_environment(self.folder), **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def files(self, *, but: Callable[[Path], bool] = lambda _: False) -> dict[str, bytes]:
        """What is in it, apart from what fills it."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and path != self._ballast and not but(path.relative_to(self.folder))
        }


@contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[SmallDisk]:
    """A small file system on that folder, until the end of the block.

    Raises:
        OSError: nothing can be mounted here.
    """
    folder.mkdir(parents=True)
    mount = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    try:
        is_mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_mounted = False
    if not is_mounted:
        raise OSError(errno.EPERM, "nothing can be mounted here")
    try:
        yield SmallDisk(folder, is_real=True)
    finally:
        subprocess.run(("umount", "--lazy", str(folder)), capture_output=True, check=True)


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("UV_", "PIP_", "GIT_", "JUPYTER_", "XDG_", "AIDEVSECOPS_"))
        and not name.upper().endswith("_PROXY")
    }
    home = folder / "home"
    return {
        **kept,
        "PYTHONPATH": str(PROJECT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "UV_CACHE_DIR": str(home / "uv-cache"),
        "JUPYTER_DATA_DIR": str(home / "data"),
    }
