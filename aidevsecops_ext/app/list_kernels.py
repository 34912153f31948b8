"""List the kernels that were made from locks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, NotFoundError, RefusedError
from ..domain.kernels import Kernel, KernelRecord
from .judge_kernel import judge_kernel

if TYPE_CHECKING:
    from .kernel_ports import KernelPorts


def list_kernels(ports: KernelPorts) -> tuple[KernelRecord, ...]:
    """The kernels that were made here, by name, each with its state; none is started."""
    kernels = ports.kernels.find_own()
    return tuple(_record(kernel, kernels, ports) for kernel in kernels)


def find_kernel(name: str, ports: KernelPorts) -> KernelRecord:
    """One kernel that was made here.

    Raises:
        NotFoundError: there is no kernel of that name.
        RefusedError: it was not made here.
    """
    kernel = require_own(name, ports)
    return _record(kernel, ports.kernels.find_own(), ports)


def require_kernel(name: str, ports: KernelPorts) -> Kernel:
    """The kernel of that name, whoever made it.

    Raises:
        NotFoundError: there is none.
    """
    kernel = ports.kernels.find(name)
    if kernel is None:
        raise NotFoundError(
            ErrorCode.KERNEL_NOT_FOUND,
            f"There is no kernel '{name}'.",
            hint="See 'aidevsecops kernel list'.",
            details={"name": name},
        )
    return kernel


def require_own(name: str, ports: KernelPorts) -> Kernel:
    """The kernel of that name, which was made here.

    Raises:
        NotFoundError: there is no kernel of that name.
        RefusedError: it was not made here.
    """
    kernel = require_kernel(name, ports)
    if not kernel.is_own:
        raise RefusedError(
            ErrorCode.KERNEL_FOREIGN,
            f"The kernel '{name}' was not made from a lock here, so it is left alone.",
            hint="Remove it with 'jupyter kernelspec remove', if that is what you want.",
            details={"name": name},
        )
    return kernel


def _record(kernel: Kernel, kernels: tuple[Kernel, ...], ports: KernelPorts) -> KernelRecord:
    key = kernel.environment or ""
    environment = ports.environments.find(key)
    state, reason = judge_kernel(kernel, environment, ports.files)
    return KernelRecord(
        name=kernel.name,
        display_name=kernel.display_name,
        python_version=environment.machine.python_version if environment else None,
        environment=key,
        size_bytes=environment.size_bytes if environment else 0,
        created_at=kernel.created_at,
        state=state,
        reason=reason,
        notebook=kernel.notebook,
        shared_with=tuple(
            other.name
            for other in kernels
            if other.environment == key and other.name != kernel.name
        ),
    )
