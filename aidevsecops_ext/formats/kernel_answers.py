"""Kernels as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.json_value import Json
    from ..domain.kernels import KernelCheck, KernelPlan, KernelRecord, KernelRemoval


def kernel_json(record: KernelRecord) -> dict[str, Json]:
    """One kernel as it is listed."""
    return {
        "name": record.name,
        "display_name": record.display_name,
        "python_version": record.python_version,
        "environment": record.environment,
        "notebook": record.notebook,
        "size_bytes": record.size_bytes,
        "created_at": record.created_at,
        "state": record.state.value,
        "reason": record.reason,
        "shared_with": [*record.shared_with],
    }


def kernel_check_json(check: KernelCheck) -> dict[str, Json]:
    """How a kernel compares with a lock."""
    return {
        "kernel": check.kernel,
        "display_name": check.display_name,
        "state": check.state.value,
        "reason": check.reason,
        "python_version": check.python_version,
        "matches": check.matches,
        "differences": [
            {"name": each.name, "locked": each.locked, "installed": each.installed}
            for each in check.differences
        ],
    }


def kernel_plan_json(plan: KernelPlan, *, is_dry_run: bool) -> dict[str, Json]:
    """What making a kernel did, or would do."""
    return {
        "kernel": plan.name,
        "display_name": plan.display_name,
        "environment": plan.environment,
        "python_version": plan.python_version,
        "packages": plan.package_count,
        "reused": plan.is_reused,
        "dry_run": is_dry_run,
    }


def kernel_removal_json(removal: KernelRemoval, *, is_dry_run: bool) -> dict[str, Json]:
    """What deleting a kernel did, or would do."""
    return {
        "name": removal.name,
        "environments": [*removal.environments],
        "freed_bytes": removal.freed_bytes,
        "shared_with": [*removal.shared_with],
        "dry_run": is_dry_run,
    }
