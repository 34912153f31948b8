"""Remove environments that nothing needs any more."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from ..domain.errors import OutsideFailedError

if TYPE_CHECKING:
    from .kernel_ports import KernelPorts
    from .ports import CancelToken

SPARE = 20
"""How many environments without a kernel stay: steps run in them, and a lock may come back."""


def forget_spare(ports: KernelPorts, cancel: CancelToken) -> None:
    """Remove, of the environments without a kernel, those that were held longest ago.

    Raises:
        CancelledError: cancelled.
    """
    used = {kernel.environment for kernel in ports.kernels.find_own()}
    spare = [key for key in ports.environments.by_use() if key not in used]
    # One that cannot be removed is in nobody's way; who makes the next one tries again.
    with suppress(OutsideFailedError):
        for key in spare[SPARE:]:
            remove_unused(key, ports, cancel)


def remove_unused(key: str, ports: KernelPorts, cancel: CancelToken) -> bool:
    """True when the environment was removed, False when somebody uses it by now.

    Raises:
        OutsideFailedError: the operating system refuses.
        CancelledError: cancelled.
    """
    with ports.environments.hold(key, cancel):
        has_kernel = any(kernel.environment == key for kernel in ports.kernels.find_own())
        if has_kernel or ports.environments.is_running(key):
            return False
        ports.environments.remove(key)
        return True
