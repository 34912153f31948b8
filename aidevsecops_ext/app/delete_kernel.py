"""Delete a kernel, and the environments that no kernel uses then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.kernels import KernelRemoval
from .list_kernels import require_own

if TYPE_CHECKING:
    from .kernel_ports import KernelPorts
    from .ports import CancelToken


def delete_kernel(
    name: str, ports: KernelPorts, cancel: CancelToken, *, is_dry_run: bool = False
) -> KernelRemoval:
    """What was removed, or, dry, would be: the kernel and every environment without a kernel.

    Raises:
        NotFoundError: there is no kernel of that name.
        RefusedError: it was not made here.
        OutsideFailedError: the operating system refuses.
        CancelledError: cancelled.
    """
    kernel = require_own(name, ports)
    others = tuple(other for other in ports.kernels.find_own() if other.name != kernel.name)
    used = {other.environment for other in others}
    unused = tuple(e for e in ports.environments.find_all() if e.key not in used)
    if not is_dry_run:
        ports.kernels.remove(kernel.name)
        unused = tuple(e for e in unused if _remove(e.key, ports, cancel))
    return KernelRemoval(
        name=kernel.name,
        environments=tuple(environment.key for environment in unused),
        freed_bytes=sum(environment.size_bytes for environment in unused),
        shared_with=tuple(o.name for o in others if o.environment == kernel.environment),
    )


def _remove(key: str, ports: KernelPorts, cancel: CancelToken) -> bool:
    """True when the environment was removed, False when somebody uses it by now."""
    with ports.environments.hold(key, cancel):
        if any(kernel.environment == key for kernel in ports.kernels.find_own()):
            return False
        ports.environments.remove(key)
        return True
