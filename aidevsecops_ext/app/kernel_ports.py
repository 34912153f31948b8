"""What the use cases of kernels need of the outside, as protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from ..domain.kernels import Environment, Kernel, Machine
    from ..domain.lock import LockedPackage
    from ..domain.requirements import Index
    from .ports import CancelToken, Clock, Files, PackageIndex, Progress


class Interpreter(Struct, frozen=True):
    """A Python on this machine, and what a lock means to it."""

    path: str
    machine: Machine


class EnvironmentRequest(Struct, frozen=True):
    """An environment to build; ``indexes`` are already trusted, ``folder`` is where settings are.

    A package that names an index is taken from that one and from no other. ``agreed`` is all that
    the user agreed to.
    """

    key: str
    interpreter: Interpreter
    packages: tuple[LockedPackage, ...]
    indexes: tuple[Index, ...] = ()
    folder: str = ""
    agreed: tuple[str, ...] = ()


class NewKernel(Struct, frozen=True):
    """A kernel to write; ``notebook`` is a path below the root."""

    name: str
    display_name: str
    environment: Environment
    notebook: str
    lock_hash: str
    created_at: float


class KernelPackages(Struct, frozen=True):
    """What is installed where a kernel runs: versions by normalised name."""

    machine: Machine
    versions: Mapping[str, str]


class Environments(Protocol):
    """Environments on this machine, each named by what is in it."""

    def interpreter(self, python_version: str, cancel: CancelToken) -> Interpreter:
        """A Python of that version (``X.Y``); none is ever installed for it.

        Raises:
            ToolMissingError: there is none on this machine, or uv is not installed.
            CancelledError: cancelled.
        """
        ...

    def find(self, key: str) -> Environment | None:
        """The environment of that name, also when it has a fault; None when it is not complete."""
        ...

    def find_all(self) -> tuple[Environment, ...]:
        """All complete environments."""
        ...

    def by_use(self) -> tuple[str, ...]:
        """The names of all complete environments, the one that was held last first."""
        ...

    def is_running(self, key: str) -> bool:
        """True where a program of the environment runs, as far as this machine tells."""
        ...

    def hold(self, key: str, cancel: CancelToken) -> AbstractContextManager[None]:
        """Keep everybody else from building and removing the environment of that name.

        Raises:
            OutsideFailedError: the operating system refuses.
            CancelledError: cancelled while waiting for somebody else.
        """
        ...

    def build(
        self, request: EnvironmentRequest, progress: Progress, cancel: CancelToken
    ) -> Environment:
        """The environment, newly built with exactly the lock's files; the caller holds its name.

        Raises:
            RefusedError: files differ from the lock's hashes, or the lock fits no kernel here.
            OutsideFailedError: an index cannot be reached, a build failed, the disk is full.
            TimedOutError: it took longer than the limit.
            ToolMissingError: uv is not installed.
            CancelledError: cancelled; nothing is left.
        """
        ...

    def remove(self, key: str) -> None:
        """Remove an environment, which the caller holds; nothing happens when there is none.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...


class Kernels(Protocol):
    """The kernels that Jupyter knows on this machine."""

    def find(self, name: str) -> Kernel | None:
        """The kernel of that name, whoever made it."""
        ...

    def find_own(self) -> tuple[Kernel, ...]:
        """The kernels that were made from locks, by name."""
        ...

    def write(self, kernel: NewKernel) -> None:
        """Make Jupyter know the kernel, in place of one of ours with that name.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def remove(self, name: str) -> None:
        """Make Jupyter forget one of our kernels.

        Raises:
            OutsideFailedError: the operating system refuses.
        """
        ...

    def packages(self, name: str | None) -> KernelPackages | None:
        """What is installed where a kernel runs, read without starting it; None if not known.

        No name stands for Jupyter's own kernel.
        """
        ...


class KernelPorts(Struct, frozen=True):
    """What the use cases of kernels are given, and the settings that they follow."""

    environments: Environments
    kernels: Kernels
    files: Files
    index: PackageIndex
    clock: Clock
    default_python: str
    trusted_indexes: tuple[str, ...] = ()
