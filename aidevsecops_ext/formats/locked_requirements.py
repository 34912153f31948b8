"""Locked packages as a ``requirements.txt`` with hashes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, RefusedError
from ..domain.names import is_valid_name
from ..domain.package_versions import package_version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.lock import LockedPackage

_HASH = re.compile(r"[a-z0-9]{1,20}:[0-9a-f]{1,256}")


def requirements_text(packages: Iterable[LockedPackage]) -> str:
    """One line a package, each at its version with its hashes; markers are left out.

    Raises:
        RefusedError: a name, a version or a hash is none.
    """
    return "".join(f"{pin_of(package)}{_hashes(package)}\n" for package in packages)


def pin_of(package: LockedPackage) -> str:
    """The package at its version, as ``name==version``.

    Raises:
        RefusedError: the name or the version is none.
    """
    # The text comes from a notebook: only what is certainly a name and a version is passed on.
    if not is_valid_name(package.name):
        raise _incomplete(package, "no valid name")
    version = package_version(package.version)
    if version is None:
        raise _incomplete(package, f"no exact version: '{package.version}'")
    return f"{package.key}=={version}"


def _hashes(package: LockedPackage) -> str:
    strange = [value for value in package.hashes if not _HASH.fullmatch(value)]
    if strange or not package.hashes:
        raise _incomplete(package, "no hashes, or something else in their place")
    return "".join(f" --hash={value}" for value in package.hashes)


def _incomplete(package: LockedPackage, what: str) -> RefusedError:
    return RefusedError(
        ErrorCode.KERNEL_LOCK_INCOMPLETE,
        f"The lock's entry of {package.name} has {what}.",
        hint="Lock the notebook again.",
        details={"packages": [package.name]},
    )
