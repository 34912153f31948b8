"""The environment that holds what a lock says: the one that is there, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.errors import ErrorCode, RefusedError
from ..domain.kernels import Environment, environment_key, packages_for
from ..domain.requirements import Index, Requirement, RequirementSet
from .folder_of import folder_of
from .forget_environments import forget_spare
from .kernel_ports import EnvironmentRequest, KernelPorts
from .trust_indexes import trusted_requirements

if TYPE_CHECKING:
    from ..domain.lock import Lock, LockedPackage
    from .ports import CancelToken, PackageIndex, Progress


class LockedEnvironment(Struct, frozen=True):
    """A lock to have the environment of, for the notebook or file at ``path`` below the root."""

    path: str
    lock: Lock
    trusted_indexes: tuple[str, ...] = ()


def build_environment(
    request: LockedEnvironment, ports: KernelPorts, progress: Progress, cancel: CancelToken
) -> Environment:
    """The environment of a lock, shared with every kernel that has the same packages.

    Raises:
        UserError: the lock is not valid.
        RefusedError: the lock is not complete, an index is not trusted, nothing fits.
        OutsideFailedError: the index, the disk or uv failed.
        TimedOutError: it took too long.
        ToolMissingError: there is no such Python, or no uv.
        CancelledError: cancelled.
    """
    trusted = (*ports.trusted_indexes, *request.trusted_indexes)
    lock, indexes = trusted_lock(request.lock, trusted, ports.index)
    python_version = lock.python_version or ports.default_python
    interpreter = ports.environments.interpreter(python_version, cancel)
    packages = packages_for(lock, interpreter.machine)
    refuse_incomplete(packages)
    key = environment_key(packages, interpreter.machine)
    folder = folder_of(request.path)
    asked = EnvironmentRequest(key, interpreter, packages, indexes, folder, trusted)
    with ports.environments.hold(key, cancel):
        known = usable_environment(key, ports)
        environment = known or ports.environments.build(asked, progress, cancel)
    if known is None:
        forget_spare(ports, cancel)
    return environment


def trusted_lock(
    lock: Lock, trusted: tuple[str, ...], index: PackageIndex
) -> tuple[Lock, tuple[Index, ...]]:
    """The lock and its indexes as they may be installed from.

    Raises:
        RefusedError: an index is not trusted.
    """
    known = {entry.name for entry in lock.indexes}
    asked = RequirementSet(
        requirements=tuple(
            # A lock without sources, as some tools write it, may name an index all the same.
            Requirement(p.name, index=p.index if p.index in known else None)
            for p in lock.packages
        ),
        indexes=lock.indexes,
    )
    allowed = trusted_requirements(asked, trusted, index)
    packages = tuple(
        replace(package, index=requirement.index)
        for package, requirement in zip(lock.packages, allowed.requirements, strict=True)
    )
    return replace(lock, packages=packages), allowed.indexes


def refuse_incomplete(packages: tuple[LockedPackage, ...]) -> None:
    """Nothing when each package has an exact version with hashes.

    Raises:
        RefusedError: one has not.
    """
    names = [package.name for package in packages if not package.version or not package.hashes]
    if names:
        raise RefusedError(
            ErrorCode.KERNEL_LOCK_INCOMPLETE,
            f"The lock has no exact version with hashes for: {', '.join(names)}.",
            hint="Lock the notebook again.",
            details={"packages": [*names]},
        )


def usable_environment(key: str, ports: KernelPorts) -> Environment | None:
    """The environment of that name, None when there is none or it has a fault."""
    found = ports.environments.find(key)
    return None if found is None or found.fault else found
