"""What is installed where a kernel runs, found out from files; no kernel is started."""

from __future__ import annotations

import glob
import json
import os
import sys
import threading
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.late_patterns import late_pattern
from .site_packages import SitePackages

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = late_pattern(r"[A-Za-z0-9._-]+")
_NATIVE = frozenset({None, "", "python3", f"python{sys.version_info.major}"})
# Jupyter starts these by the interpreter that it runs in itself.
_OWN_INTERPRETER = late_pattern(r"python(?:3(?:\.\d+)?)?(?:\.exe)?")
_OWN_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
_VERSION = late_pattern(r"python(3\.\d+)")
_LOCATIONS = (
    "lib/python3*/site-packages",
    "lib64/python3*/site-packages",
    "Lib/site-packages",
    "lib/python3*/dist-packages",
    "lib/python3/dist-packages",
    "local/lib/python3*/dist-packages",
)


class KernelPlace(Struct, frozen=True):
    """Where a kernel runs: the folders of its packages, and its Python version (``X.Y``)."""

    folders: tuple[str, ...]
    python_version: str


class KernelEnvironments:
    """The environments of the kernels on this machine; each is read once until it changes."""

    def __init__(self) -> None:
        self._environments: dict[tuple[str, ...], SitePackages] = {}
        self._folders: dict[str, tuple[str, ...]] = {}
        self._kernel_folders: list[str] | None = None
        self._lock = threading.Lock()

    def distributions(self, kernel_name: str | None, modules: frozenset[str]) -> Mapping[str, str]:
        """The distribution that provides each dotted module, for those that are installed."""
        with self._lock:
            folders = self._folders_of(kernel_name)
            environment = self._environments.get(folders)
            if environment is None or not environment.is_fresh():
                environment = self._environments[folders] = SitePackages(folders)
            return environment.distributions(modules)

    def place_of(self, kernel_name: str | None) -> KernelPlace | None:
        """Where a kernel runs; None when that is not known or cannot be read."""
        with self._lock:
            folders = self._folders_of(kernel_name)
        versions = (_version_in(folder) for folder in folders)
        version = next((found for found in versions if found), None)
        if version is None and folders == _own_folders():
            version = _OWN_VERSION
        return None if version is None else KernelPlace(folders, version)

    def start_of(self, kernel_name: str | None) -> tuple[str, dict[str, str]] | None:
        """The interpreter of a kernel, and what its specification adds to the environment.

        None for one that is not known here, or that no Python runs.
        """
        if kernel_name is None or kernel_name in _NATIVE:
            return sys.executable, {}
        path = self._specification(kernel_name)
        interpreter = None if path is None else _command(path)
        if path is None or interpreter is None:
            return None
        if _OWN_INTERPRETER.fullmatch(interpreter):
            interpreter = sys.executable
        if not os.path.isabs(interpreter):
            return None
        return interpreter, _environment(path)

    def is_known(self, kernel_name: str) -> bool:
        """True for a kernel of this machine, whatever runs it."""
        return self._specification(kernel_name) is not None

    def _folders_of(self, kernel_name: str | None) -> tuple[str, ...]:
        if kernel_name is None or kernel_name in _NATIVE:
            return _own_folders()
        interpreter = self._interpreter(kernel_name)
        if interpreter is None:
            return ()
        if _OWN_INTERPRETER.fullmatch(interpreter):
            return _own_folders()
        if not self._folders.get(interpreter):
            # What is not there yet may be installed later.
            self._folders[interpreter] = tuple(_site_folders(interpreter))
        return self._folders[interpreter]

    def _interpreter(self, kernel_name: str) -> str | None:
        """The first word of a kernel's command; None for a kernel that is not known here."""
        path = self._specification(kernel_name)
        return None if path is None else _command(path)

    def _specification(self, kernel_name: str) -> str | None:
        """The file that describes a kernel; None for a kernel that is not known here."""
        if not _NAME.fullmatch(kernel_name):
            return None
        if self._kernel_folders is None:
            # Slow to import, and most notebooks run in the kernel of this Python.
            from jupyter_core.paths import jupyter_path

            self._kernel_folders = jupyter_path("kernels")
        for folder in self._kernel_folders:
            path = os.path.join(folder, kernel_name, "kernel.json")
            if os.path.isfile(path):
                return path
        return None


def _own_folders() -> tuple[str, ...]:
    """The packages' folders of the Python that runs this."""
    names = ("site-packages", "dist-packages")
    return tuple(path for path in sys.path if os.path.basename(path) in names)


def _version_in(folder: str) -> str | None:
    """The Python version that a folder of packages belongs to, by its path."""
    found = _VERSION.findall(folder)
    return found[-1] if found else None


def _environment(path: str) -> dict[str, str]:
    with open(path, encoding="utf-8") as file:
        given = json.load(file).get("env")
    return {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}


def _command(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8") as file:
            spec = json.load(file)
    except (OSError, ValueError, RecursionError):
        return None
    argv = spec.get("argv") if isinstance(spec, dict) else None
    if not isinstance(argv, list) or not argv or not isinstance(argv[0], str):
        return None
    return argv[0]


def _site_folders(interpreter: str) -> list[str]:
    """The packages' folders of an interpreter, by where it lies."""
    folder = os.path.dirname(interpreter)
    is_in_bin = os.path.basename(folder).lower() in ("bin", "scripts")
    prefix = os.path.dirname(folder) if is_in_bin else folder
    found = _site_folders_below(prefix)
    settings = _read_settings(os.path.join(prefix, "pyvenv.cfg"))
    if settings.get("include-system-site-packages", "").lower() == "true":
        home = settings.get("home", "")
        is_in_bin = os.path.basename(home).lower() == "bin"
        found += _site_folders_below(os.path.dirname(home) if is_in_bin else home)
    if not found and os.path.islink(interpreter):
        return _site_folders(os.path.realpath(interpreter))
    return found


def _site_folders_below(prefix: str) -> list[str]:
    found: dict[str, str] = {}
    for location in _LOCATIONS:
        for path in sorted(glob.glob(os.path.join(glob.escape(prefix), location))):
            found.setdefault(os.path.realpath(path), path)
    return list(found.values())


def _read_settings(path: str) -> dict[str, str]:
    """The ``key = value`` lines of a ``pyvenv.cfg``; empty when there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            pairs = [line.partition("=") for line in file]
    except OSError:
        return {}
    return {key.strip().lower(): value.strip() for key, _, value in pairs}
