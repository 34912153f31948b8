"""Check whether a notebook's lock still holds for what it asks for and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.import_names import alternatives
from ..domain.lock import CheckDetail, CheckResult, Lock, LockStatus
from ..domain.requirements import Requirement, RequirementSource
from ..formats import horus_metadata, pipfile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.discovery import Discovery
    from ..domain.notebook import Notebook


def check_notebook(notebook: Notebook, discovery: Discovery) -> CheckResult:
    """The status of the notebook's lock, and why.

    Details ``transitive``, ``unused`` and ``unresolved`` are information: they do not spoil a
    fresh lock. The discovery of a notebook that is not Python is not looked at.

    Raises:
        UserError: the recorded requirements or the lock are not valid.
    """
    if not notebook.is_python:
        message = f"The notebook's language is {notebook.language}; only Python can be locked."
        return CheckResult(
            LockStatus.UNSUPPORTED, (CheckDetail("language", message, notebook.language),)
        )
    recorded = horus_metadata.read(notebook.metadata)
    declared = recorded.pipfile or {}
    information = tuple(_unresolved(discovery))
    if not recorded.lockfile:
        return CheckResult(LockStatus.UNLOCKED, information)
    lock = pipfile.lock_of(recorded.lockfile)
    requirements = pipfile.requirements_of(declared).requirements
    stale = pipfile.changes_since_lock(declared, recorded.lockfile)
    missing = tuple(_missing(requirements, discovery, lock))
    information += (*_transitive(requirements, discovery, lock), *_unused(requirements, discovery))
    if stale:
        named = {detail.name for detail in stale}
        missing = tuple(detail for detail in missing if detail.name not in named)
        return CheckResult(LockStatus.STALE, (*stale, *missing, *information))
    status = LockStatus.DRIFTED if missing else LockStatus.FRESH
    return CheckResult(status, (*missing, *information))


def _missing(
    requirements: tuple[Requirement, ...], discovery: Discovery, lock: Lock
) -> Iterator[CheckDetail]:
    declared = {requirement.key: requirement for requirement in requirements}
    for requirement in declared.values():
        # One with markers may rightly be absent from a lock for one platform.
        if lock.find(requirement.key) is None and not requirement.markers:
            yield CheckDetail(
                "missing", f"{requirement.name} is declared, but not locked.", requirement.name
            )
    for found in discovery.requirements:
        name, key = found.requirement.name, found.requirement.key
        if key in declared or found.is_optional or _is_locked(key, lock):
            continue
        how = f"imported ({', '.join(found.imports)})" if found.imports else "asked for in a cell"
        yield CheckDetail("missing", f"{name} is {how}, but not locked.", name, found.cells)


def _is_locked(key: str, lock: Lock) -> bool:
    # Several distributions may provide one import, such as opencv-python and its headless twin.
    return any(lock.find(name) is not None for name in alternatives(key))


def _transitive(
    requirements: tuple[Requirement, ...], discovery: Discovery, lock: Lock
) -> Iterator[CheckDetail]:
    declared = {requirement.key for requirement in requirements}
    for found in discovery.requirements:
        name, key = found.requirement.name, found.requirement.key
        if found.imports and key not in declared and _is_locked(key, lock):
            yield CheckDetail(
                "transitive",
                f"{name} is imported, but locked only because something else needs it.",
                name,
                found.cells,
            )


def _unused(requirements: tuple[Requirement, ...], discovery: Discovery) -> Iterator[CheckDetail]:
    imported = {found.requirement.key for found in discovery.requirements if found.imports}
    asked = {
        found.requirement.key
        for found in discovery.requirements
        if found.source in (RequirementSource.PEP723, RequirementSource.PIP)
    }
    for requirement in requirements:
        if not requirement.is_dev and requirement.key not in imported | asked:
            name = requirement.name
            yield CheckDetail("unused", f"{name} is declared, but never imported.", name)


def _unresolved(discovery: Discovery) -> Iterator[CheckDetail]:
    for found in discovery.unresolved:
        yield CheckDetail(
            "unresolved",
            f"It is not known which package provides {found.module}.",
            found.module,
            found.cells,
        )
