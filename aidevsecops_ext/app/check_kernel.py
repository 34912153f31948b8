"""Check which packages differ between a kernel's environment and a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ..domain.errors import AidevsecopsError
from ..domain.kernels import (
    Environment,
    Kernel,
    KernelCheck,
    KernelState,
    PackageDifference,
    differences_of,
    packages_for,
)
from .find_lock import find_lock
from .judge_kernel import compare_lock, judge_kernel
from .list_kernels import require_kernel
from .open_notebook import open_notebook

if TYPE_CHECKING:
    from ..domain.lock import Lock
    from ..domain.notebook import Notebook
    from .kernel_ports import KernelPackages, KernelPorts


def check_kernel(notebook: Notebook, ports: KernelPorts) -> KernelCheck:
    """How the kernel that a notebook names compares with the notebook's lock.

    The kernel may be any one whose packages can be read; it is not started.

    Raises:
        UserError: the lock is not valid.
    """
    name = notebook.kernel_name
    kernel = _kernel(name, ports)
    if kernel is None:
        reason = f"There is no kernel '{name}' on this machine."
        return KernelCheck(name, None, KernelState.BROKEN, reason)
    lock = find_lock(notebook)
    answer = _compared(kernel, lock, ports)
    if kernel.is_own:
        state, reason = compare_lock(_environment(kernel, ports), lock)
        return replace(answer, state=state, reason=reason)
    return answer


def check_installed_kernel(name: str, ports: KernelPorts) -> KernelCheck:
    """How a kernel compares with the lock that the notebook it was made for has now.

    Raises:
        NotFoundError: there is no such kernel.
    """
    kernel = require_kernel(name, ports)
    answer = _compared(kernel, _saved_lock(kernel, ports), ports)
    if kernel.is_own:
        state, reason = judge_kernel(kernel, _environment(kernel, ports), ports.files)
        return replace(answer, state=state, reason=reason)
    return answer


def _kernel(name: str | None, ports: KernelPorts) -> Kernel | None:
    found = None if name is None else ports.kernels.find(name)
    if found is None and ports.kernels.packages(name) is not None:
        # Jupyter's own kernel, which needs no kernelspec.
        return Kernel(name or "python3", name or "python3")
    return found


def _environment(kernel: Kernel, ports: KernelPorts) -> Environment | None:
    return None if kernel.environment is None else ports.environments.find(kernel.environment)


def _saved_lock(kernel: Kernel, ports: KernelPorts) -> Lock | None:
    if kernel.notebook is None:
        return None
    try:
        return find_lock(open_notebook(kernel.notebook, ports.files).notebook)
    except AidevsecopsError:
        # The kernel's state says what is wrong with the notebook.
        return None


def _compared(kernel: Kernel, lock: Lock | None, ports: KernelPorts) -> KernelCheck:
    """The differences, for a kernel that is not ours if nothing more is known."""
    installed = ports.kernels.packages(kernel.name)
    answer = KernelCheck(kernel.name, kernel.display_name, KernelState.FOREIGN)
    if installed is None:
        return replace(answer, reason="What is installed where it runs cannot be read.")
    answer = replace(answer, python_version=installed.machine.python_version)
    if lock is None:
        return answer
    differences = _differences(lock, installed, _environment(kernel, ports))
    return replace(answer, matches=not differences, differences=differences)


def _differences(
    lock: Lock, installed: KernelPackages, environment: Environment | None
) -> tuple[PackageDifference, ...]:
    machine = installed.machine if environment is None else environment.machine
    differences = differences_of(
        packages_for(lock, machine),
        installed.versions,
        # In an environment of somebody else's there may be anything beside the lock.
        None if environment is None else environment.added,
    )
    if lock.python_version in (None, machine.python_version):
        return differences
    python = PackageDifference("python", lock.python_version, machine.python_version)
    return (python, *differences)
