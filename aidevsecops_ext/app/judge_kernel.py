"""Whether a kernel still is what its notebook's lock asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import AidevsecopsError
from ..domain.kernels import Environment, Kernel, KernelState, environment_key, packages_for
from .find_lock import find_lock
from .open_notebook import open_notebook

if TYPE_CHECKING:
    from ..domain.lock import Lock
    from .ports import Files


def judge_kernel(
    kernel: Kernel, environment: Environment | None, files: Files
) -> tuple[KernelState, str]:
    """The state of one of our kernels, and why; its notebook is read as it is saved."""
    if environment is None or environment.fault:
        return compare_lock(environment, None)
    if kernel.notebook is None:
        return KernelState.OK, "Its notebook is not below this root, so its lock was not compared."
    try:
        lock = find_lock(open_notebook(kernel.notebook, files).notebook)
        return compare_lock(environment, lock)
    except AidevsecopsError as error:
        return KernelState.STALE, f"Its notebook's lock cannot be read: {error.message}"


def compare_lock(environment: Environment | None, lock: Lock | None) -> tuple[KernelState, str]:
    """The state of a kernel in an environment whose notebook has this lock, and why.

    Raises:
        UserError: a marker in the lock cannot be read.
    """
    if environment is None:
        return KernelState.BROKEN, "Its environment is gone."
    if environment.fault:
        return KernelState.BROKEN, environment.fault
    if lock is None:
        return KernelState.STALE, "Its notebook has no lock any more."
    machine = environment.machine
    is_same_python = lock.python_version in (None, machine.python_version)
    if is_same_python and environment_key(packages_for(lock, machine), machine) == environment.key:
        return KernelState.OK, ""
    return KernelState.STALE, "Its notebook has another lock now."
