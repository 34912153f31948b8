"""The kernelspecs of Jupyter: all are read, only our own in the user's folder are written."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..app.kernel_ports import KernelPackages, NewKernel
from ..domain.errors import ErrorCode, OutsideFailedError
from ..domain.kernels import Kernel, Machine
from .installed_versions import installed_versions
from .left_behind import replace_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.json_value import Json
    from .kernel_environments import KernelEnvironments

METADATA_KEY = "aidevsecops"
_FILE = "kernel.json"
_KEY = re.compile(r"[0-9a-f]{16}")


class JupyterKernels:
    """The port ``Kernels`` by the files that Jupyter reads."""

    def __init__(self, root: Path, environments: KernelEnvironments) -> None:
        self._root = root.resolve()
        self._environments = environments

    def find(self, name: str) -> Kernel | None:
        """The kernel of that name, whoever made it."""
        own = str(_own_folder())
        for folder in _folders():
            for found in _names_in(folder):
                if found.lower() == name.lower():
                    kernel = self._read(Path(folder, found), is_users=folder == own)
                    if kernel is not None:
                        return kernel
        return None

    def find_own(self) -> tuple[Kernel, ...]:
        """The kernels that were made from locks, by name."""
        folder = _own_folder()
        kernels = (self._read(folder / name, is_users=True) for name in _names_in(str(folder)))
        return tuple(kernel for kernel in kernels if kernel is not None and kernel.is_own)

    def write(self, kernel: NewKernel) -> None:
        """Make Jupyter know the kernel, in place of one of ours with that name.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        folder = _own_folder() / kernel.name
        text = json.dumps(self._specification(kernel), indent=1, ensure_ascii=False) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _replace(folder / _FILE, text)
        except OSError as error:
            raise _refused(f"The kernel '{kernel.name}' cannot be written", error) from error

    def remove(self, name: str) -> None:
        """Make Jupyter forget one of our kernels.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        folder = _own_folder() / name
        try:
            # Jupyter knows it by this file. What else stays, such as what a server of files keeps
            # for who has it open, does no harm.
            (folder / _FILE).unlink()
            shutil.rmtree(folder, ignore_errors=True)
        except OSError as error:
            raise _refused(f"The kernel '{name}' cannot be removed", error) from error

    def packages(self, name: str | None) -> KernelPackages | None:
        """What is installed where a kernel runs, read without starting it; None if not known."""
        place = self._environments.place_of(name)
        if place is None:
            return None
        return KernelPackages(_machine(place.python_version), installed_versions(place.folders))

    def _read(self, folder: Path, *, is_users: bool) -> Kernel | None:
        specification = _load(folder / _FILE)
        if specification is None:
            return None
        metadata = specification.get("metadata")
        own = metadata.get(METADATA_KEY) if isinstance(metadata, dict) and is_users else None
        own = own if isinstance(own, dict) else {}
        key, created = own.get("environment"), own.get("created_at")
        shown = specification.get("display_name")
        return Kernel(
            name=folder.name.lower(),
            display_name=shown if isinstance(shown, str) else folder.name,
            environment=key if isinstance(key, str) and _KEY.fullmatch(key) else None,
            notebook=self._below_root(own.get("notebook")),
            lock_hash=str(own.get("lock_hash", "")),
            created_at=float(created) if isinstance(created, int | float) else 0.0,
        )

    def _specification(self, kernel: NewKernel) -> dict[str, Json]:
        python = kernel.environment.python
        prefix = str(Path(python).parents[1])
        return {
            "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "display_name": kernel.display_name,
            "language": "python",
            "env": {
                # IPython would put the packages of another active environment on the path.
                "VIRTUAL_ENV": prefix,
                # For lines such as "!python", which would run the base environment's.
                "PATH": f"{Path(python).parent}{os.pathsep}${{PATH}}",
            },
            "metadata": {
                "debugger": True,
                METADATA_KEY: {
                    "environment": kernel.environment.key,
                    "lock_hash": kernel.lock_hash,
                    "notebook": str(self._root / kernel.notebook),
                    "created_at": kernel.created_at,
                },
            },
        }

    def _below_root(self, path: Json) -> str | None:
        if not isinstance(path, str) or not Path(path).is_relative_to(self._root):
            return None
        return Path(path).relative_to(self._root).as_posix()


def _replace(path: Path, text: str) -> None:
    try:
        # As others make theirs: a hub may let a group read the files.
        replace_whole(path, text.encode(), 0o644)
    finally:
        with suppress(OSError):
            # Where nothing could be written, a kernel of nothing would stay.
            path.parent.rmdir()


def _own_folder() -> Path:
    # Slow to import, and only needed where kernels are.
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir(), "kernels")


def _folders() -> Iterator[str]:
    from jupyter_core.paths import jupyter_path

    yield from jupyter_path("kernels")


def _names_in(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _load(path: Path) -> dict[str, Json] | None:
    try:
        value: Json = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        # Jupyter does not show such a kernel either.
        return None
    return value if isinstance(value, dict) else None


def _machine(python_version: str) -> Machine:
    """This machine with another Python, as far as its files tell."""
    import sysconfig

    from packaging.markers import default_environment

    markers = {key: str(value) for key, value in default_environment().items()}
    if python_version != f"{sys.version_info.major}.{sys.version_info.minor}":
        markers |= {"python_version": python_version, "python_full_version": f"{python_version}.0"}
    return Machine(python_version, sysconfig.get_platform(), markers)


def _refused(what: str, error: OSError) -> OutsideFailedError:
    return OutsideFailedError(
        ErrorCode.KERNEL_WRITE_FAILED,
        f"{what}: {error.strerror}.",
        hint="Look at the folder 'kernels' below 'jupyter --data-dir'.",
    )
