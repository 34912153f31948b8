"""What is made of a fact about a machine: which one is a problem, and how it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .diagnosis import Finding, FindingGroup, FindingState, Fix, FixAction
from .kernels import KernelState
from .runtime import EngineKind, StorageAccess

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .kernels import KernelRecord
    from .runtime import RuntimeConfiguration

_GB = 1_000_000_000
FULL_BYTES = _GB // 2
"""With less free space a volume is full: an environment, or a clone, hardly fits."""
LOW_BYTES = 2 * _GB
"""With less free space a volume soon is full."""
_SHOWN_PLACES = 3


def judge_space(place: str, folder: str, free: int) -> Finding:
    """Whether there is room in a folder that is written to."""
    state, fix = FindingState.GOOD, None
    if free < LOW_BYTES:
        state = FindingState.PROBLEM if free < FULL_BYTES else FindingState.ATTENTION
        fix = Fix("Delete what is not needed there, or have the volume made larger.")
        if place == "uv cache":
            fix = Fix("Have uv throw away what nothing uses any more.", "uv cache prune")
    message = f"{free / _GB:.1f} GB are free in {folder}."
    return Finding(f"Space: {place}", FindingGroup.DISK, state, message, fix)


def judge_runtime(runtime: RuntimeConfiguration) -> Finding:
    """Whether a runtime configuration has all that is needed to submit by it."""
    lacking = [key for key in _keys_needed(runtime) if not runtime.text(key)]
    name = f"Runtime configuration {runtime.display_name}"
    if not lacking:
        message = f"Complete; its engine is at {runtime.api_endpoint}."
        return Finding(name, FindingGroup.PIPELINES, FindingState.GOOD, message)
    words = f"Give it {' and '.join(lacking)} (secrets are asked for, and never arguments)."
    return Finding(
        name,
        FindingGroup.PIPELINES,
        FindingState.PROBLEM,
        f"It lacks {' and '.join(lacking)}.",
        Fix(words, f"aidevsecops runtime add {runtime.name} --kind {runtime.kind.value} --force"),
    )


def _keys_needed(runtime: RuntimeConfiguration) -> Sequence[str]:
    keys = ["api_endpoint", "cos_endpoint", "cos_bucket"]
    if runtime.storage_access is StorageAccess.USER:
        keys += ["cos_username", "cos_password"]
    elif runtime.storage_access is StorageAccess.SECRET:
        keys.append("cos_secret")
    if runtime.kind is EngineKind.AIRFLOW:
        keys += ["github_api_endpoint", "github_repo", "github_repo_token"]
    return keys


def judge_kernel_record(record: KernelRecord) -> Finding:
    """Whether a kernel that was made from a lock still is what that asks for."""
    name = f"Kernel {record.display_name}"
    if record.state is KernelState.OK:
        message = record.reason or "It has what its notebook's lock asks for."
        return Finding(name, FindingGroup.KERNELS, FindingState.GOOD, message)
    is_broken = record.state is KernelState.BROKEN
    state = FindingState.PROBLEM if is_broken else FindingState.ATTENTION
    fix = Fix("Delete it.", f"aidevsecops kernel delete {record.name}", FixAction.MANAGE_KERNELS)
    if record.notebook is not None:
        command = f"aidevsecops kernel refresh {record.name}"
        fix = Fix("Make it anew from its notebook's lock.", command, FixAction.MANAGE_KERNELS)
    return Finding(name, FindingGroup.KERNELS, state, record.reason, fix)


def judge_variable(name: str, notebooks: Sequence[str]) -> Finding:
    """That notebooks ask for a variable of the environment which is not set."""
    shown = ", ".join(notebooks[:_SHOWN_PLACES])
    more = len(notebooks) - _SHOWN_PLACES
    return Finding(
        name,
        FindingGroup.VARIABLES,
        FindingState.ATTENTION,
        f"It is not set, and is read in {shown}{f' and {more} more' if more > 0 else ''}.",
        Fix(
            "Set it where this server is started (on a hub: in its environment), or in a file .env "
            "that the notebook loads and that git ignores."
        ),
    )


def judge_tool(name: str, version: str | None, fix: Fix, *, is_needed: bool) -> Finding:
    """Whether a tool is there; one that is not needed is worth a look at most."""
    if version is not None:
        return Finding(name, FindingGroup.TOOLS, FindingState.GOOD, f"Version {version}.")
    state = FindingState.PROBLEM if is_needed else FindingState.ATTENTION
    return Finding(name, FindingGroup.TOOLS, state, "It is not installed.", fix)


def judge_extra(extra: str, purpose: str, *, is_installed: bool) -> Finding:
    """Whether an optional extra of this package is installed; without it all is well, too."""
    name = f"Extra {extra}"
    if is_installed:
        return Finding(name, FindingGroup.TOOLS, FindingState.GOOD, f"Installed: {purpose}.")
    return Finding(
        name,
        FindingGroup.TOOLS,
        FindingState.GOOD,
        f"Not installed; only this needs it: {purpose}.",
        Fix("Install it where you want that.", f'pip install "aidevsecops-ext[{extra}]"'),
    )
