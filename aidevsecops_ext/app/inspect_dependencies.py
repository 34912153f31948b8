"""Everything about one notebook's dependencies in one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.dependencies import Dependencies, DependencyRow, LockSummary
from ..domain.discovery import Discovery, DiscoveryProblem
from ..domain.requirements import RequirementSet, RequirementSource
from ..formats import horus_metadata, pipfile
from .check_notebook import check_notebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..domain.lock import Lock
    from ..domain.notebook import Notebook


def inspect_dependencies(notebook: Notebook, discovery: Discovery) -> Dependencies:
    """What the notebook declares, what was discovered in it, what is locked, and its status.

    Raises:
        UserError: the recorded requirements or the lock are not valid.
    """
    check = check_notebook(notebook, discovery)
    recorded = horus_metadata.read(notebook.metadata)
    declared = pipfile.requirements_of(recorded.pipfile or {})
    lock = pipfile.lock_of(recorded.lockfile) if recorded.lockfile else None
    return Dependencies(
        check=check,
        engine=_engine(notebook, recorded) if lock else None,
        python_version=declared.python_version,
        indexes=declared.indexes,
        rows=tuple(_rows(declared, discovery, lock)),
        unresolved=discovery.unresolved,
        local=discovery.local,
        problems=(
            *(DiscoveryProblem("metadata.odd", problem) for problem in recorded.problems),
            *discovery.problems,
        ),
        lock=_summary(lock),
    )


def _summary(lock: Lock | None) -> LockSummary | None:
    if lock is None:
        return None
    return LockSummary(
        package_count=lock.count,
        requirements_hash=lock.requirements_hash,
        python_version=lock.python_version,
    )


def _engine(notebook: Notebook, recorded: horus_metadata.HorusMetadata) -> str | None:
    # The old key knows only the engines of jupyterlab-requirements.
    own = notebook.metadata.get("aidevsecops")
    made = own.get("lock") if isinstance(own, dict) else None
    engine = made.get("engine") if isinstance(made, dict) else None
    return engine if isinstance(engine, str) else recorded.engine


def _rows(
    declared: RequirementSet, discovery: Discovery, lock: Lock | None
) -> Iterator[DependencyRow]:
    found_by_key = {found.requirement.key: found for found in discovery.requirements}
    for requirement in declared.requirements:
        found = found_by_key.get(requirement.key)
        yield DependencyRow(
            requirement=requirement,
            source=RequirementSource.METADATA,
            imports=found.imports if found else (),
            cells=found.cells if found else (),
            is_optional=found.is_optional if found else False,
            is_declared=True,
            locked_version=_locked_version(lock, requirement.key),
        )
    for found in discovery.requirements:
        if declared.find(found.requirement.key) is None:
            yield DependencyRow(
                requirement=found.requirement,
                source=found.source,
                imports=found.imports,
                cells=found.cells,
                is_optional=found.is_optional,
                locked_version=_locked_version(lock, found.requirement.key),
            )


def _locked_version(lock: Lock | None, key: str) -> str | None:
    package = lock.find(key) if lock else None
    return (package.version or None) if package else None
