"""Make a kernel from a notebook's lock, and return the edit that switches the notebook to it."""

from __future__ import annotations

from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ConflictError, ErrorCode, UserError
from ..domain.kernels import (
    RENAMED,
    Kernel,
    KernelPlan,
    display_name_of,
    environment_key,
    is_kernel_name,
    is_reserved_name,
    kernel_name_of,
    packages_for,
)
from ..domain.notebook import Notebook, NotebookEdit
from .build_environment import refuse_incomplete, trusted_lock, usable_environment
from .find_lock import require_lock
from .folder_of import folder_of
from .forget_environments import forget_spare
from .kernel_ports import EnvironmentRequest, KernelPorts, Kernels, NewKernel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json
    from .ports import CancelToken, Progress

KERNELSPEC_KEY = "kernelspec"


class KernelRequest(Struct, frozen=True):
    """The notebook (``path`` is below the root) whose lock is to become a kernel.

    Without a ``name`` it is the one that the notebook names, or the notebook's own; without a
    ``display_name`` the one that the kernel has already, or one made of the name. Forced, the
    environment is built anew, and the name may be another notebook's.
    """

    path: str
    notebook: Notebook
    name: str | None = None
    display_name: str | None = None
    is_forced: bool = False
    is_dry_run: bool = False
    trusted_indexes: tuple[str, ...] = ()


def make_kernel(
    request: KernelRequest, ports: KernelPorts, progress: Progress, cancel: CancelToken
) -> KernelPlan:
    """What was done (or, dry, would be), with the edit that switches the notebook to the kernel.

    The environment is the one that this content already has, or a new one.

    Raises:
        UserError: the name or the lock is not valid.
        ConflictError: the name is taken.
        RefusedError: not Python, not locked, an index is not trusted, hashes differ, nothing fits.
        OutsideFailedError: the index, the disk or uv failed.
        TimedOutError: it took too long.
        ToolMissingError: there is no such Python, or no uv.
        CancelledError: cancelled.
    """
    request.notebook.require_python()
    lock = require_lock(request.notebook)
    agreed = (*ports.trusted_indexes, *request.trusted_indexes)
    lock, indexes = trusted_lock(lock, agreed, ports.index)
    python_version = lock.python_version or ports.default_python
    progress.report(f"Looking for Python {python_version}")
    interpreter = ports.environments.interpreter(python_version, cancel)
    packages = packages_for(lock, interpreter.machine)
    refuse_incomplete(packages)
    key = environment_key(packages, interpreter.machine)
    name = _choose_name(request, key, ports.kernels)
    shown = _choose_display_name(request, name, ports.kernels)
    folder = folder_of(request.path)
    asked = EnvironmentRequest(key, interpreter, packages, indexes, folder, agreed)
    is_reused = not request.is_forced and usable_environment(key, ports) is not None
    if not request.is_dry_run:
        # Held until the kernel is known: nobody removes an environment that it is about to use.
        with ports.environments.hold(key, cancel):
            found = None if request.is_forced else usable_environment(key, ports)
            is_reused = found is not None
            environment = found or ports.environments.build(asked, progress, cancel)
            kernel = NewKernel(
                name=name,
                display_name=shown,
                environment=environment,
                notebook=request.path,
                lock_hash=lock.requirements_hash,
                created_at=ports.clock.now(),
            )
            ports.kernels.write(kernel)
        forget_spare(ports, cancel)
        progress.report(f"Made the kernel {name}", 1.0)
    return KernelPlan(
        name=name,
        display_name=shown,
        environment=key,
        python_version=python_version,
        package_count=len(packages),
        is_reused=is_reused,
        edit=_edit(request.notebook.metadata, name, shown),
    )


def _choose_name(request: KernelRequest, key: str, kernels: Kernels) -> str:
    if request.name is None:
        names = _own_names(request, key, kernels)
        return next(name for name in names if _taker(name, request.path, key, kernels) is None)
    asked = request.name.lower()
    # As in jupyterlab-requirements: Jupyter's own kernel is never replaced.
    name = RENAMED if is_reserved_name(asked) else asked
    if not is_kernel_name(name):
        raise UserError(
            ErrorCode.KERNEL_NAME_INVALID,
            f"'{request.name}' cannot be the name of a kernel.",
            hint="Use letters, digits, dots, hyphens and underscores; begin with a letter.",
            details={"name": request.name},
        )
    taker = _taker(name, request.path, key, kernels)
    if taker is not None and not (request.is_forced and taker.is_own):
        raise ConflictError(
            ErrorCode.KERNEL_NAME_TAKEN,
            f"There is a kernel '{name}' of another notebook."
            if taker.is_own
            else f"There is a kernel '{name}' that was not made from a lock here.",
            hint="Choose another name, or force it to be replaced."
            if taker.is_own
            else "Choose another name.",
            details={"name": name, "notebook": taker.notebook},
        )
    return name


def _choose_display_name(request: KernelRequest, name: str, kernels: Kernels) -> str:
    asked = " ".join((request.display_name or "").split())
    if asked:
        return asked
    kernel = kernels.find(name)
    # A name that the user gave it outlives a refresh.
    is_same = kernel is not None and kernel.is_own and kernel.notebook == request.path
    return kernel.display_name if kernel is not None and is_same else display_name_of(name)


def _own_names(request: KernelRequest, key: str, kernels: Kernels) -> Iterator[str]:
    """The names to try when none is asked for, the last ones surely free."""
    recorded = (request.notebook.kernel_name or "").lower()
    if recorded == RENAMED:
        # Real notebooks share that name with others: it is kept where it is this one's already.
        known = kernels.find(recorded)
        if known is not None and known.is_own and known.notebook == request.path:
            yield recorded
    elif is_kernel_name(recorded) and not is_reserved_name(recorded):
        yield recorded
    stem = kernel_name_of(PurePosixPath(request.path).stem)
    if not is_reserved_name(stem):
        yield stem
    yield f"{stem}-{key[:8]}"
    yield from (f"{stem}-{key[:8]}-{number}" for number in count(2))


def _taker(name: str, path: str, key: str, kernels: Kernels) -> Kernel | None:
    """The kernel that has the name and must keep it, or None."""
    kernel = kernels.find(name)
    if (
        kernel is not None
        and kernel.is_own
        and (kernel.environment == key or kernel.notebook == path)
    ):
        return None
    return kernel


def _edit(metadata: Mapping[str, Json], name: str, shown: str) -> NotebookEdit:
    old = metadata.get(KERNELSPEC_KEY)
    kept = old if isinstance(old, dict) else {}
    new = {**kept, "display_name": shown, "language": "python", "name": name}
    return NotebookEdit({} if new == old else {KERNELSPEC_KEY: new})
