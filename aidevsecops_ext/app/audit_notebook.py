"""Audit a notebook: what is known against the packages that it locks."""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.advisories import Audit, IgnoredAdvisory, Unchecked, without_ignored
from ..domain.errors import ErrorCode, RefusedError
from ..domain.names import canonicalize_name, is_valid_name
from ..domain.package_versions import package_version
from ..formats import horus_metadata
from ..formats.audit_settings import AUDIT_SETTINGS, ignored_of
from ..formats.pipfile import lock_of

if TYPE_CHECKING:
    from ..domain.lock import Lock, LockedPackage
    from ..domain.notebook import Notebook
    from .ports import Advisories, CancelToken, Clock, Files, Progress


class AuditPorts(Struct, frozen=True):
    """What an audit needs of the outside."""

    files: Files
    advisories: Advisories
    clock: Clock


def audit_notebook(
    path: str, notebook: Notebook, ports: AuditPorts, progress: Progress, cancel: CancelToken
) -> Audit:
    """What is known against each locked package; what could not be checked is said, with why.

    Raises:
        UserError: the lock or the repository's settings are not valid.
        RefusedError: the notebook is not Python, or has no lock.
        CancelledError: cancelled.
    """
    notebook.require_python()
    return audit_lock(path, lock_in(notebook), ports, progress, cancel)


def audit_lock(
    path: str, lock: Lock, ports: AuditPorts, progress: Progress, cancel: CancelToken
) -> Audit:
    """The audit of a lock, without what is ignored at its path.

    Raises:
        UserError: the repository's settings are not valid.
        CancelledError: cancelled.
    """
    ignored = ignored_for(path, ports.files)
    progress.report(f"Checking {len(lock.packages)} packages for advisories")
    audit = audit_packages(lock.packages, ports.advisories, cancel)
    today = datetime.fromtimestamp(ports.clock.now(), timezone.utc).date()
    return without_ignored(audit, ignored, today)


def audit_packages(
    packages: tuple[LockedPackage, ...], advisories: Advisories, cancel: CancelToken
) -> Audit:
    """The audit of those packages; one without a name and version that can be asked for is not.

    Raises:
        CancelledError: cancelled.
    """
    locked: dict[tuple[str, str], str] = {}
    unchecked: list[Unchecked] = []
    for package in packages:
        pin = _pin_of(package.name, package.version)
        if pin is None:
            unchecked.append(
                Unchecked(package.name, package.version, "The lock names no exact version.")
            )
        else:
            locked.setdefault(pin, package.version)
    audit = advisories.audit(tuple(locked), cancel) if locked else Audit()
    return Audit(
        tuple(replace(p, version=locked[p.name, p.version]) for p in audit.packages),
        (*(replace(u, version=locked[u.name, u.version]) for u in audit.unchecked), *unchecked),
    )


# A project locks the same versions again and again.
@lru_cache(maxsize=20_000)
def _pin_of(name: str, version: str) -> tuple[str, str] | None:
    if not is_valid_name(name):
        return None
    read = package_version(version)
    # Advisories are against public versions: 2.4+cu121 is a build of 2.4.
    return None if read is None else (canonicalize_name(name), read.public)


def ignored_for(path: str, files: Files) -> tuple[IgnoredAdvisory, ...]:
    """What the nearest ``.aidevsecops.toml`` ignores, from the notebook's folder to the root.

    Raises:
        UserError: the file is not valid.
        AidevsecopsError: it cannot be read.
    """
    for folder in PurePosixPath(path).parents:
        candidate = str(folder / AUDIT_SETTINGS)
        if files.is_file(candidate):
            return ignored_of(files.read(candidate).text)
    return ()


def lock_in(notebook: Notebook) -> Lock:
    """The lock that a notebook records.

    Raises:
        UserError: it is not valid.
        RefusedError: there is none.
    """
    recorded = horus_metadata.read(notebook.metadata).lockfile
    if not recorded:
        raise RefusedError(
            ErrorCode.AUDIT_UNLOCKED,
            "The notebook has no lock to audit.",
            hint="Lock the notebook first.",
        )
    return lock_of(recorded)
