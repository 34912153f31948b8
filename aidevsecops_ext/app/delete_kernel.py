"""Delete a kernel, and the environments that nobody uses then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.kernels import KernelRemoval
from .forget_environments import remove_unused
from .list_kernels import require_own

if TYPE_CHECKING:
    from .kernel_ports import KernelPorts
    from .ports import CancelToken


def delete_kernel(
    name: str, ports: KernelPorts, cancel: CancelToken, *, is_dry_run: bool = False
) -> KernelRemoval:
    """What was removed, or, dry, would be: the kernel and every environment without a
    kernel that nothing runs in.

    Raises:
        NotFoundError: there is no kernel of that name.
        RefusedError: it was not made here.
        OutsideFailedError: the operating system refuses.
        CancelledError: cancelled.
    """
    kernel = require_own(name, ports)
    others = tuple(other for other in ports.kernels.find_own() if other.name != kernel.name)
    used = {other.environment for other in others}
    # A step may run in one, or a kernel that was started before its notebook had another lock.
    unused = tuple(
        each
        for each in ports.environments.find_all()
        if each.key not in used and not ports.environments.is_running(each.key)
    )
    if not is_dry_run:
        ports.kernels.remove(kernel.name)
        unused = tuple(e for e in unused if remove_unused(e.key, ports, cancel))
    return KernelRemoval(
        name=kernel.name,
        environments=tuple(environment.key for environment in unused),
        freed_bytes=sum(environment.size_bytes for environment in unused),
        shared_with=tuple(o.name for o in others if o.environment == kernel.environment),
    )
