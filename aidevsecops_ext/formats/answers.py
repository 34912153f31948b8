"""Values as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..domain.dependencies import Dependencies, DependencyRow, LockSummary
    from ..domain.discovery import DiscoveredRequirement, Discovery
    from ..domain.errors import AidevsecopsError
    from ..domain.json_value import Json
    from ..domain.lock import CheckDetail, CheckResult, LockChange, LockedPackage
    from ..domain.target import Target


def discovery_json(path: str, discovery: Discovery) -> dict[str, Json]:
    """What was discovered in one notebook."""
    return {
        "notebook": path,
        "requirements": [_discovered(found) for found in discovery.requirements],
        "unresolved": [
            {"import": found.module, "cells": [*found.cells]} for found in discovery.unresolved
        ],
        "local": _local(discovery),
        "problems": _problems(discovery),
    }


def dependencies_json(path: str, dependencies: Dependencies) -> dict[str, Json]:
    """The dependencies of one notebook."""
    return {
        "notebook": path,
        "status": dependencies.check.status.value,
        "details": details_json(dependencies.check.details),
        "engine": dependencies.engine,
        "python_version": dependencies.python_version,
        "indexes": [
            {"name": index.name, "url": index.url, "verify_ssl": index.verify_ssl}
            for index in dependencies.indexes
        ],
        "requirements": [_row(row) for row in dependencies.rows],
        "unresolved": [
            {"import": found.module, "cells": [*found.cells], "optional": found.is_optional}
            for found in dependencies.unresolved
        ],
        "local": _local(dependencies),
        "problems": _problems(dependencies),
        "lock": _lock(dependencies.lock),
    }


def check_json(path: str, result: CheckResult) -> dict[str, Json]:
    """The status of one notebook."""
    return {
        "notebook": path,
        "status": result.status.value,
        "details": details_json(result.details),
    }


def details_json(details: Sequence[CheckDetail]) -> list[Json]:
    """The reasons for a status."""
    return [
        {
            "code": detail.code,
            "message": detail.message,
            "name": detail.name,
            "cells": [*detail.cells],
        }
        for detail in details
    ]


def change_json(change: LockChange) -> dict[str, Json]:
    """How one lock differs from another."""
    return {
        "added": _versions(change.added),
        "removed": _versions(change.removed),
        "updated": [
            {"name": changed.name, "old": changed.old, "new": changed.new}
            for changed in change.updated
        ],
    }


def target_json(target: Target) -> dict[str, Json]:
    """What a lock was made for."""
    return {
        "python_version": target.python_version,
        "platform": target.platform,
        "universal": target.is_universal,
        "description": target.describe(),
    }


def error_json(error: AidevsecopsError) -> dict[str, Json]:
    """What went wrong."""
    return {
        "code": error.code.value,
        "message": error.message,
        "hint": error.hint,
        "details": error.details,
    }


def failure_json(path: str, error: AidevsecopsError) -> dict[str, Json]:
    """The notebook that something went wrong with, and what."""
    return {"notebook": path, "error": error_json(error)}


def _discovered(found: DiscoveredRequirement) -> Json:
    return {
        "name": found.requirement.name,
        "specifier": found.requirement.specifier,
        "extras": [*found.requirement.extras],
        "imports": [*found.imports],
        "cells": [*found.cells],
        "source": found.source.value,
        "optional": found.is_optional,
    }


def _row(row: DependencyRow) -> Json:
    return {
        "name": row.requirement.name,
        "specifier": row.requirement.specifier,
        "extras": [*row.requirement.extras],
        "markers": row.requirement.markers,
        "index": row.requirement.index,
        "dev": row.requirement.is_dev,
        "source": row.source.value,
        "imports": [*row.imports],
        "cells": [*row.cells],
        "optional": row.is_optional,
        "declared": row.is_declared,
        "locked_version": row.locked_version,
    }


def _lock(lock: LockSummary | None) -> Json:
    if lock is None:
        return None
    return {
        "packages": lock.package_count,
        "hash": lock.requirements_hash,
        "python_version": lock.python_version,
    }


def _local(found: Discovery | Dependencies) -> list[Json]:
    return [
        {"import": module.module, "path": module.path, "cells": [*module.cells]}
        for module in found.local
    ]


def _problems(found: Discovery | Dependencies) -> list[Json]:
    return [
        {
            "code": problem.code,
            "message": problem.message,
            "cell": problem.cell,
            "line": problem.line,
        }
        for problem in found.problems
    ]


def _versions(packages: Sequence[LockedPackage]) -> list[Json]:
    return [{"name": package.name, "version": package.version} for package in packages]
