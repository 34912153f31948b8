"""What examining a machine needs of the outside, as protocols."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .forge_ports import Forges
    from .git_ports import GitReading
    from .kernel_ports import KernelPorts
    from .ports import CancelToken, Files
    from .runtime_ports import Runtimes


class Place(str, Enum):
    """A folder that is written to; the values are what it is called."""

    ROOT = "this folder"
    HOME = "home"
    TEMPORARY = "temporary files"
    UV_CACHE = "uv cache"
    DATA = "Jupyter data"


class KernelProgram(Struct, frozen=True):
    """What starts a kernel; ``lacks`` is the package that it starts and that is not installed."""

    name: str
    display_name: str
    program: str
    is_there: bool
    lacks: str = ""


class Machine(Protocol):
    """The machine that the server, or the terminal, is on.

    Every method raises:
        OutsideFailedError: the operating system refuses, or a program fails.
        CancelledError: cancelled.
    """

    def program_version(self, program: str, cancel: CancelToken) -> str | None:
        """The version of a program; None where it is not installed."""
        ...

    def package_version(self, package: str) -> str | None:
        """The version of a package beside this one; None where it is not installed."""
        ...

    def folder(self, place: Place, cancel: CancelToken) -> str:
        """Where a place is."""
        ...

    def free_bytes(self, folder: str) -> int:
        """How much may still be written to a folder, which need not exist yet."""
        ...

    def kernel_programs(self) -> tuple[KernelProgram, ...]:
        """What starts each kernel that Jupyter knows."""
        ...

    def variables(self) -> frozenset[str]:
        """The names of the variables of the environment that are set."""
        ...

    def git_setting(self, key: str, cancel: CancelToken, *, url: str = "") -> str:
        """A setting of git in this folder, for an address where one is given; empty for none."""
        ...


class Network(Protocol):
    """What can be reached from here.

    Every method raises:
        AidevsecopsError: it cannot be reached, or does not let us in; the message says why.
        CancelledError: cancelled.
    """

    def indexes(self, cancel: CancelToken) -> tuple[str, ...]:
        """The addresses of the package indexes that are configured, without credentials."""
        ...

    def ask_index(self, url: str, cancel: CancelToken) -> None:
        """Make sure that one of these indexes answers, and lets us in."""
        ...

    def reach(self, url: str, cancel: CancelToken) -> None:
        """Make sure that something answers at an address, whatever it says."""
        ...


class SetupPorts(Struct, frozen=True):
    """What examining needs; ``addresses`` are those of the services that are configured."""

    machine: Machine
    network: Network
    files: Files
    git: Callable[[CancelToken], GitReading]
    forges: Forges
    kernels: KernelPorts
    runtimes: Runtimes
    addresses: Mapping[str, str]
    elyra_python: str = ""
