"""The Pythons on this machine, found through uv and asked what a lock means to them."""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ..app.kernel_ports import Interpreter
from ..domain.errors import ErrorCode, ToolMissingError
from ..domain.kernels import Machine
from .process import Command, run
from .uv_program import find_uv

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..app.ports import CancelToken

_OWN_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_SECONDS = 60.0
# The values of PEP 508's markers, as the interpreter itself has them.
_SCRIPT = """
import json, os, platform, sys, sysconfig
version = sys.implementation.version
release = "%d.%d.%d" % version[:3]
if version.releaselevel != "final":
    release += version.releaselevel[0] + str(version.serial)
print(json.dumps({"platform": sysconfig.get_platform(), "markers": {
    "implementation_name": sys.implementation.name,
    "implementation_version": release,
    "os_name": os.name,
    "platform_machine": platform.machine(),
    "platform_release": platform.release(),
    "platform_system": platform.system(),
    "platform_version": platform.version(),
    "python_full_version": platform.python_version(),
    "platform_python_implementation": platform.python_implementation(),
    "python_version": "%d.%d" % sys.version_info[:2],
    "sys_platform": sys.platform,
}}))
"""


class Interpreters:
    """Finds a Python of a version; remembers those that it found."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[str, Interpreter] = {}

    def find(self, python_version: str, cancel: CancelToken) -> Interpreter:
        """A Python of that version (``X.Y``), never that of a virtual environment.

        Raises:
            ToolMissingError: there is none, or uv is not installed.
            DeadlineError: uv or the Python does not answer.
            CancelledError: cancelled.
        """
        with self._lock:
            known = self._found.get(python_version)
        if known is not None and os.path.exists(known.path):
            return known
        path = _own(python_version) or _asked(python_version, cancel)
        machine = None if path is None else _machine(path, python_version, cancel)
        if path is None or machine is None:
            raise ToolMissingError(
                ErrorCode.KERNEL_PYTHON_MISSING,
                f"The lock is for Python {python_version}, and this machine has none.",
                hint=f"Install one ('uv python install {python_version}'), or lock the notebook "
                f"for another version, such as {_OWN_VERSION}.",
                details={"python_version": python_version},
            )
        found = Interpreter(path, machine)
        with self._lock:
            self._found[python_version] = found
        return found


def _own(python_version: str) -> str | None:
    """The Python that this one's environment was made from, when the version is the same."""
    if python_version != _OWN_VERSION:
        return None
    path: object = getattr(sys, "_base_executable", None) or sys.executable
    return path if isinstance(path, str) and os.path.exists(path) else None


def _asked(python_version: str, cancel: CancelToken) -> str | None:
    command = Command(
        argv=(
            find_uv(),
            *("python", "find", "--system", "--no-project", "--no-python-downloads"),
            *("--color=never", "--quiet", python_version),
        ),
        env={**os.environ, "PATH": search_path(os.environ)},
        timeout=_SECONDS,
    )
    outcome = run(command, cancel)
    return outcome.stdout.strip() or None if outcome.returncode == 0 else None


def search_path(environ: Mapping[str, str]) -> str:
    """The folders to look for Pythons in: those of ``PATH``, and every version that pyenv has.

    A shim of pyenv fails for each version that is not chosen at the moment, and uv stops at it.
    """
    pyenv = Path(environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    folders = environ.get("PATH", os.defpath).split(os.pathsep)
    kept = [folder for folder in folders if folder and Path(folder).name != "shims"]
    versions = sorted(pyenv.glob("versions/3.*/bin"), key=_release, reverse=True)
    return os.pathsep.join([*kept, *map(str, versions)])


def _release(folder: Path) -> list[int]:
    parts = folder.parent.name.split(".")
    return [int(part) if part.isdigit() else 0 for part in parts]


def _machine(path: str, python_version: str, cancel: CancelToken) -> Machine | None:
    outcome = run(Command((path, "-I", "-S", "-c", _SCRIPT), timeout=_SECONDS), cancel)
    if outcome.returncode != 0:
        return None
    said = json.loads(outcome.stdout)
    return Machine(python_version, said["platform"], said["markers"])
