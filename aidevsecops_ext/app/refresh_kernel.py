"""Make a kernel anew from the lock that its notebook has now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import ErrorCode, RefusedError
from .list_kernels import require_own
from .make_kernel import KernelRequest, make_kernel
from .open_notebook import open_notebook

if TYPE_CHECKING:
    from ..domain.kernels import KernelPlan
    from .kernel_ports import KernelPorts
    from .ports import CancelToken, Progress


class RefreshRequest(Struct, frozen=True):
    """The kernel to make anew; ``trusted_indexes`` are addresses that the user agreed to."""

    name: str
    is_dry_run: bool = False
    trusted_indexes: tuple[str, ...] = ()


def refresh_kernel(
    request: RefreshRequest, ports: KernelPorts, progress: Progress, cancel: CancelToken
) -> KernelPlan:
    """What was done (or, dry, would be); the environment is built anew also when it has no fault.

    Raises:
        NotFoundError: there is no kernel of that name, or its notebook is gone.
        RefusedError: it was not made here, its notebook is elsewhere, or no kernel can be made.
        AidevsecopsError: as ``make_kernel`` raises.
    """
    kernel = require_own(request.name, ports)
    if kernel.notebook is None:
        raise RefusedError(
            ErrorCode.NOTEBOOK_OUTSIDE_ROOT,
            f"The notebook of the kernel '{kernel.name}' is outside the root.",
            hint="Refresh it where the notebook is, or delete it.",
            details={"name": kernel.name},
        )
    opened = open_notebook(kernel.notebook, ports.files)
    asked = KernelRequest(
        path=kernel.notebook,
        notebook=opened.notebook,
        name=kernel.name,
        is_forced=True,
        is_dry_run=request.is_dry_run,
        trusted_indexes=request.trusted_indexes,
    )
    return make_kernel(asked, ports, progress, cancel)
