"""Kernels made from locks: which environment a lock asks for, and what differs from it."""

from __future__ import annotations

import hashlib
import json
import re
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from .errors import ErrorCode, UserError
from .late_patterns import late_pattern
from .names import canonicalize_name
from .package_versions import package_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .lock import Lock, LockedPackage
    from .notebook import NotebookEdit

KERNEL_PACKAGE = "ipykernel"
"""What an environment needs beside its lock, to be a kernel."""

RENAMED = "jupyterlab-requirements"
"""The name that stands for ``python3``, as jupyterlab-requirements named it."""

_KEY_LENGTH = 16
_NAME = late_pattern(r"[a-z0-9][a-z0-9._-]{0,99}")
_RESERVED = late_pattern(r"(native-)?python[23]?|native-python\d*")


class KernelState(str, Enum):
    """Whether a kernel is what its notebook's lock asks for."""

    OK = "ok"
    STALE = "stale"
    BROKEN = "broken"
    FOREIGN = "foreign"


class Machine(Struct, frozen=True):
    """What decides which packages of a lock are installed: a Python, a platform, marker values."""

    python_version: str
    platform: str
    markers: Mapping[str, str] = field(default_factory=dict)


class Environment(Struct, frozen=True):
    """An installed set of packages; ``packages`` and ``added`` are versions by normalised name.

    ``added`` is what was not locked, but the kernel needs. ``fault`` says why the environment
    cannot be used; empty when it can.
    """

    key: str
    python: str
    machine: Machine
    packages: Mapping[str, str]
    added: Mapping[str, str]
    size_bytes: int
    created_at: float
    fault: str = ""


class Kernel(Struct, frozen=True):
    """A kernel of this machine; ``environment`` is None for one that was not made here.

    ``notebook`` is the path below the root of the notebook that it was made for, None when that
    one is elsewhere.
    """

    name: str
    display_name: str
    environment: str | None = None
    notebook: str | None = None
    lock_hash: str = ""
    created_at: float = 0.0

    @property
    def is_own(self) -> bool:
        """True for a kernel that was made from a lock here."""
        return self.environment is not None


class KernelRecord(Struct, frozen=True):
    """One kernel as it is listed; ``shared_with`` are the other kernels in its environment."""

    name: str
    display_name: str
    python_version: str | None
    environment: str
    size_bytes: int
    created_at: float
    state: KernelState
    reason: str = ""
    notebook: str | None = None
    shared_with: tuple[str, ...] = ()


class PackageDifference(Struct, frozen=True):
    """A package that is not installed as it is locked; None where one side does not have it."""

    name: str
    locked: str | None
    installed: str | None


class KernelCheck(Struct, frozen=True):
    """How a kernel compares with a lock; ``matches`` is None where there is nothing to compare."""

    kernel: str | None
    display_name: str | None
    state: KernelState
    reason: str = ""
    python_version: str | None = None
    matches: bool | None = None
    differences: tuple[PackageDifference, ...] = ()


class KernelPlan(Struct, frozen=True):
    """What making a kernel does; ``is_reused`` when the environment was there already."""

    name: str
    display_name: str
    environment: str
    python_version: str
    package_count: int
    is_reused: bool
    edit: NotebookEdit


class KernelRemoval(Struct, frozen=True):
    """What deleting a kernel does; ``environments`` are those that nobody uses then."""

    name: str
    environments: tuple[str, ...]
    freed_bytes: int
    shared_with: tuple[str, ...] = ()


def is_kernel_name(name: str) -> bool:
    """True for a name in lower case that a kernel may have."""
    return _NAME.fullmatch(name) is not None


def is_reserved_name(name: str) -> bool:
    """True for the names of Jupyter's own Python kernel."""
    return _RESERVED.fullmatch(name) is not None


def kernel_name_of(text: str) -> str:
    """The text made into a kernel's name; ``notebook`` when nothing is left of it."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-._")[:100] or "notebook"


def display_name_of(name: str) -> str:
    """What users see of a kernel of that name."""
    return f"Python ({name})"


def packages_for(lock: Lock, machine: Machine) -> tuple[LockedPackage, ...]:
    """The packages of a lock that a machine needs, each name once, sorted.

    Raises:
        UserError: a marker in the lock cannot be read.
    """
    found: dict[str, LockedPackage] = {}
    for package in lock.packages:
        if _holds(package, machine):
            found.setdefault(package.key, package)
    return tuple(found[key] for key in sorted(found))


def environment_key(packages: Iterable[LockedPackage], machine: Machine) -> str:
    """The name of the environment that holds these packages; the same set has the same name."""
    content = {
        "packages": sorted([p.key, p.version, *sorted(p.hashes)] for p in packages),
        "python": machine.python_version,
        "platform": machine.platform,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def differences_of(
    packages: Iterable[LockedPackage],
    installed: Mapping[str, str],
    allowed: Iterable[str] | None = None,
) -> tuple[PackageDifference, ...]:
    """How what is installed differs from what is locked, by name.

    What is installed without being locked is a difference only where ``allowed`` says which of it
    is not one; without, everything may be there beside the lock.
    """
    locked = {package.key: package for package in packages}
    found = [
        PackageDifference(package.name, package.version, installed.get(key))
        for key, package in locked.items()
        if not _is_same(package.version, installed.get(key))
    ]
    if allowed is not None:
        known = {*locked, *map(canonicalize_name, allowed)}
        found += [
            PackageDifference(name, None, version)
            for name, version in installed.items()
            if name not in known
        ]
    return tuple(sorted(found, key=lambda difference: difference.name))


def _holds(package: LockedPackage, machine: Machine) -> bool:
    if not package.markers:
        return True
    # Here and not above: many locks have no markers, and the import is slow.
    from packaging.markers import InvalidMarker, Marker, UndefinedEnvironmentName

    try:
        return Marker(package.markers).evaluate({**machine.markers, "extra": ""})
    except (InvalidMarker, UndefinedEnvironmentName) as error:
        raise UserError(
            ErrorCode.REQUIREMENTS_INVALID,
            f"The lock's marker of {package.name} cannot be read: {package.markers}",
            hint="Lock the notebook again.",
            details={"name": package.name},
        ) from error


def _is_same(locked: str, installed: str | None) -> bool:
    if installed is None:
        return False
    one, other = package_version(locked), package_version(installed)
    return locked == installed if one is None or other is None else one == other
