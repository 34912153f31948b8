"""Kernels that are known by being written down."""

from __future__ import annotations

from aidevsecops_ext.app.kernel_ports import KernelPackages, NewKernel
from aidevsecops_ext.domain.kernels import Kernel


class FakeKernels:
    """Knows its kernels and what is installed where they run."""

    def __init__(self, *kernels: Kernel) -> None:
        self.known = {kernel.name: kernel for kernel in kernels}
        self.installed: dict[str | None, KernelPackages] = {}
        self.written: list[NewKernel] = []

    def find(self, name: str) -> Kernel | None:
        return self.known.get(name)

    def find_own(self) -> tuple[Kernel, ...]:
        return tuple(self.known[name] for name in sorted(self.known) if self.known[name].is_own)

    def write(self, kernel: NewKernel) -> None:
        self.written.append(kernel)
        environment = kernel.environment
        self.known[kernel.name] = Kernel(
            name=kernel.name,
            display_name=kernel.display_name,
            environment=environment.key,
            notebook=kernel.notebook,
            lock_hash=kernel.lock_hash,
            created_at=kernel.created_at,
        )
        self.installed[kernel.name] = KernelPackages(
            environment.machine, {**environment.packages, **environment.added}
        )

    def remove(self, name: str) -> None:
        del self.known[name]

    def packages(self, name: str | None) -> KernelPackages | None:
        return self.installed.get(name)
