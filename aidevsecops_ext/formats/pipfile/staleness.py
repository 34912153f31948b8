"""What changed in a Pipfile since its lock was made.

A lock records only a hash of what was asked for. Small changes are found exactly, by undoing
one at a time until the hash fits; of larger ones those that the locked versions contradict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...domain.lock import CheckDetail, Lock
from ...domain.names import canonicalize_name
from ...domain.package_versions import is_allowed
from .digest import is_hash_of
from .entries import DEV_PACKAGES, PACKAGES, requirements_of, table_of
from .lockfile import lock_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...domain.json_value import Json
    from ...domain.requirements import Requirement

# Entries that are hashed while one change after the other is undone: a second's work.
_MOST_TRIED = 200_000


def changes_since_lock(
    pipfile: Mapping[str, Json], lockfile: Mapping[str, Json]
) -> tuple[CheckDetail, ...]:
    """Why the lock is not the Pipfile's any more; empty while it is.

    Raises:
        UserError: the Pipfile or the lock is not valid.
    """
    lock = lock_of(lockfile)
    if not lock.requirements_hash:
        return (CheckDetail("hash-missing", "The lock does not say what it was made for."),)
    if is_hash_of(pipfile, lock.requirements_hash):
        return ()
    meta = table_of(lockfile, "_meta")
    settings = tuple(_changed_settings(pipfile, meta))
    # As the Pipfile would be if only its requirements had changed.
    base = {
        **pipfile,
        "source": meta.get("sources", []),
        "requires": meta.get("requires", {}),
    }
    if settings and is_hash_of(base, lock.requirements_hash):
        return settings
    count = sum(len(table_of(base, section)) for section in (PACKAGES, DEV_PACKAGES))
    is_quick = count * (count + len(lock.packages)) <= _MOST_TRIED
    detail = _exact_change(base, lock) if is_quick else None
    if detail is not None:
        return (*settings, detail)
    found = tuple(contradicted(requirements_of(pipfile).requirements, lock))
    if found:
        return (*settings, *found)
    return (
        *settings,
        CheckDetail("requirements-changed", "The requirements changed since the lock was made."),
    )


def _changed_settings(
    pipfile: Mapping[str, Json], meta: Mapping[str, Json]
) -> Iterator[CheckDetail]:
    old, new = meta.get("requires") or {}, pipfile.get("requires") or {}
    if old != new:
        was = old.get("python_version") if isinstance(old, dict) else None
        now = new.get("python_version") if isinstance(new, dict) else None
        yield CheckDetail(
            "python-changed",
            f"The lock was made for Python {was or 'of any version'}, "
            f"the notebook now asks for {now or 'any version'}.",
        )
    if (meta.get("sources") or []) != (pipfile.get("source") or []):
        yield CheckDetail("indexes-changed", "The package indexes changed since the lock was made.")


def _exact_change(base: Mapping[str, Json], lock: Lock) -> CheckDetail | None:
    """The one requirement whose change explains the hash, None when there is no such one."""
    declared: set[tuple[str, str]] = set()
    for section in (PACKAGES, DEV_PACKAGES):
        table = table_of(base, section)
        for name in table:
            declared.add((section, canonicalize_name(name)))
            rest: dict[str, Json] = {n: entry for n, entry in table.items() if n != name}
            if is_hash_of({**base, section: rest}, lock.requirements_hash):
                return _added(name)
            for entry in _other_entries(name, lock):
                if is_hash_of({**base, section: {**rest, name: entry}}, lock.requirements_hash):
                    return CheckDetail(
                        "requirement-changed",
                        f"{name} has another constraint than when the lock was made.",
                        name,
                    )
    for package in lock.packages:
        section = DEV_PACKAGES if package.is_dev else PACKAGES
        if (section, package.key) in declared:
            continue
        table = table_of(base, section)
        for entry in _other_entries(package.key, lock):
            before: dict[str, Json] = {**table, package.name: entry}
            if is_hash_of({**base, section: before}, lock.requirements_hash):
                return CheckDetail(
                    "requirement-removed",
                    f"{package.name} is not asked for any more.",
                    package.name,
                )
    return None


def _other_entries(name: str, lock: Lock) -> Iterator[str]:
    yield "*"
    package = lock.find(canonicalize_name(name))
    if package is not None:
        yield f"=={package.version}"


def contradicted(requirements: tuple[Requirement, ...], lock: Lock) -> Iterator[CheckDetail]:
    """The requirements that a lock does not fulfil."""
    for requirement in requirements:
        package = lock.find(requirement.key)
        if package is None:
            # One with markers may rightly be absent from a lock for one platform.
            if not requirement.markers:
                yield _added(requirement.name)
        elif not is_allowed(package.version, requirement.specifier):
            yield CheckDetail(
                "requirement-changed",
                f"{requirement.name}{requirement.specifier} is asked for, "
                f"{package.version} is locked.",
                requirement.name,
            )


def _added(name: str) -> CheckDetail:
    return CheckDetail("requirement-added", f"{name} was added after the lock was made.", name)
