"""Kernels as text on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.kernels import KernelCheck, KernelPlan, KernelRecord, KernelRemoval, KernelState
from .screen import echo, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLOURS = {KernelState.OK: "green", KernelState.FOREIGN: "cyan"}
_AGES = ((86_400.0, "day"), (3_600.0, "hour"), (60.0, "minute"))
_NAMED = 5


def print_kernels(records: Sequence[KernelRecord], now: float) -> None:
    """Print kernels, each with its state, size and age."""
    if not records:
        echo("no kernels were made from locks")
    for record in records:
        size = f"{record.size_bytes / 1e6:.0f} MB"
        parts = [f"Python {record.python_version}"] if record.python_version else []
        parts += [size, age_of(now - record.created_at)]
        if record.shared_with:
            parts.append(f"environment shared with {', '.join(record.shared_with)}")
        echo(f"{record.name}: {_state(record.state)} ({', '.join(parts)})")
        if record.reason:
            echo(f"  - {record.reason}")


def print_kernel_plan(notebook: str, plan: KernelPlan, seconds: float, *, is_dry_run: bool) -> None:
    """Print what making a kernel did, or would do."""
    count = f"{plan.package_count} package{'' if plan.package_count == 1 else 's'}"
    what = f"{count} for Python {plan.python_version}"
    how = "the environment was there" if plan.is_reused else f"{seconds:.1f} s"
    verb = "would make" if is_dry_run else "made"
    echo(f"{notebook}: {verb} the kernel {plan.name}: {what}, {how}")


def print_kernel_check(shown: str, check: KernelCheck) -> None:
    """Print how a kernel compares with a lock."""
    echo(f"{shown}: {check.kernel or 'no kernel'} is {_state(check.state)}")
    if check.reason:
        echo(f"  - {check.reason}")
    if check.matches:
        echo("  everything is installed as it is locked")
    if check.matches is None:
        echo("  there is nothing to compare")
    for each in check.differences:
        locked, installed = each.locked or "nothing", each.installed or "nothing"
        echo_styled(f"  ~ {each.name}: locked {locked}, installed {installed}", fg="yellow")


def print_kernel_removal(removal: KernelRemoval, *, is_dry_run: bool) -> None:
    """Print what deleting a kernel did, or would do."""
    verb = "would delete" if is_dry_run else "deleted"
    echo(f"{removal.name}: {verb} the kernel")
    if removal.shared_with:
        echo(f"  its environment is kept for {', '.join(removal.shared_with)}")
    for key in removal.environments[:_NAMED]:
        echo(f"  - environment {key}")
    if len(removal.environments) > _NAMED:
        echo(f"  - and {len(removal.environments) - _NAMED} more")
    echo(f"  {removal.freed_bytes / 1e6:.0f} MB")


def age_of(seconds: float) -> str:
    """A time that has passed, in words."""
    for size, name in _AGES:
        if seconds >= size:
            count = int(seconds // size)
            return f"{count} {name}{'' if count == 1 else 's'} old"
    return "new"


def _state(state: KernelState) -> str:
    return styled(state.value, fg=_COLOURS.get(state, "yellow"))
