"""The port ``Machine``: what is installed here, where is room, and what starts kernels."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from ..app.setup_ports import KernelProgram, Place
from ..domain.errors import ErrorCode, OutsideFailedError, ToolMissingError
from .git_cliff import find_git_cliff
from .git_program import GitCall, GitProgram
from .process import Command, DeadlineError, ProgramMissingError, run
from .uv_program import find_uv

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..app.kernel_ports import Kernels
    from ..app.ports import CancelToken
    from ..domain.json_value import Json

_SECONDS = 15.0
_VERSION = re.compile(r"\d+(?:\.\d+)+\S*")
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_IPYKERNEL = frozenset({"ipykernel", "ipykernel_launcher"})


class ThisMachine:
    """What the user who runs this sees of the machine; ``root`` is the folder of the work."""

    def __init__(self, root: Path, kernels: Kernels) -> None:
        self._root = root.resolve()
        self._kernels = kernels

    def program_version(self, program: str, cancel: CancelToken) -> str | None:
        """The version of a program; None where it is not installed.

        Raises:
            OutsideFailedError: it does not say.
            CancelledError: cancelled.
        """
        try:
            path = _FINDERS.get(program, lambda: program)()
            outcome = run(Command((path, "--version"), timeout=_SECONDS, is_merged=True), cancel)
        except (ToolMissingError, ProgramMissingError):
            return None
        except (DeadlineError, OSError) as error:
            raise _failed(f"'{program} --version' does not end well") from error
        found = _VERSION.search("\n".join(outcome.tail))
        if outcome.returncode != 0 or found is None:
            raise _failed(f"'{program} --version' does not say a version")
        return found[0]

    def package_version(self, package: str) -> str | None:
        """The version of a package beside this one; None where it is not installed."""
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    def folder(self, place: Place, cancel: CancelToken) -> str:
        """Where a place is.

        Raises:
            OutsideFailedError: uv does not say where its cache is.
            CancelledError: cancelled.
        """
        if place is Place.HOME:
            return os.path.expanduser("~")
        if place is Place.TEMPORARY:
            return tempfile.gettempdir()
        if place is Place.DATA:
            from jupyter_core.paths import jupyter_data_dir

            return str(jupyter_data_dir())
        return str(self._root) if place is Place.ROOT else self._uv_cache(cancel)

    def free_bytes(self, folder: str) -> int:
        """How much may still be written to a folder, which need not exist yet.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        path = Path(folder)
        try:
            there = next(each for each in (path, *path.parents) if each.exists())
            return shutil.disk_usage(there).free
        except OSError as error:
            raise _failed(f"The space in {folder} is not known: {error.strerror}") from error

    def kernel_programs(self) -> tuple[KernelProgram, ...]:
        """What starts each kernel that Jupyter knows; the first of a name counts."""
        from jupyter_core.paths import jupyter_path

        found: dict[str, KernelProgram] = {}
        for folder in jupyter_path("kernels"):
            for path in sorted(Path(folder).glob("*/kernel.json")):
                name = path.parent.name.lower()
                argv, shown = _specification(path)
                if name not in found and argv and _NAME.fullmatch(name):
                    found[name] = self._program(name, shown or name, argv)
        return tuple(found.values())

    def variables(self) -> frozenset[str]:
        """The names of the variables of the environment that are set."""
        return frozenset(name for name, value in os.environ.items() if value)

    def git_setting(self, key: str, cancel: CancelToken, *, url: str = "") -> str:
        """A setting of git in this folder, for an address where one is given; empty for none.

        Raises:
            AidevsecopsError: git is missing or does not end.
            CancelledError: cancelled.
        """
        words = ("--get-urlmatch", key, url) if url else ("--get", key)
        call = GitCall(("config", *words), _SECONDS, is_reading=True, is_raw=True)
        return GitProgram(self._root).run(call, cancel).stdout.strip()

    def _uv_cache(self, cancel: CancelToken) -> str:
        try:
            command = Command((find_uv(), "cache", "dir"), cwd=self._root, timeout=_SECONDS)
            outcome = run(command, cancel)
        except (DeadlineError, OSError, ProgramMissingError) as error:
            raise _failed("uv does not say where its cache is") from error
        if outcome.returncode != 0 or not outcome.stdout.strip():
            raise _failed("uv does not say where its cache is")
        return outcome.stdout.strip()

    def _program(self, name: str, shown: str, argv: list[str]) -> KernelProgram:
        # Jupyter starts a bare "python" by the one that it runs in itself.
        is_own = re.fullmatch(r"python(?:3(?:\.\d+)?)?", argv[0]) is not None
        program = sys.executable if is_own else argv[0]
        is_there = is_own or shutil.which(program) is not None
        lacks = ""
        if is_there and _IPYKERNEL.intersection(argv):
            installed = self._kernels.packages(name)
            lacks = "ipykernel" if installed and "ipykernel" not in installed.versions else ""
        return KernelProgram(name, shown, program, is_there, lacks)


_FINDERS = {"uv": find_uv, "git-cliff": find_git_cliff}


def _specification(path: Path) -> tuple[list[str], str]:
    """The command and the name of a kernel; Jupyter does not show one that cannot be read."""
    try:
        value: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return [], ""
    table = value if isinstance(value, dict) else {}
    argv, shown = table.get("argv"), table.get("display_name")
    words = [*_texts(argv)] if isinstance(argv, list) else []
    return words, shown if isinstance(shown, str) else ""


def _texts(values: list[Json]) -> Iterator[str]:
    yield from (value for value in values if isinstance(value, str))


def _failed(message: str) -> OutsideFailedError:
    return OutsideFailedError(ErrorCode.SETUP_UNKNOWN, f"{message}.", hint="Try it in a terminal.")
