"""Examine this machine: whether all is there that notebooks, kernels and releases need."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.diagnosis import Diagnosis, Finding, FindingGroup, FindingState, sorted_by_group
from .check_variables import check_variables
from .network_checks import network_checks
from .run_checks import Check, run_checks
from .setup_checks import machine_checks

if TYPE_CHECKING:
    from .ports import CancelToken, Progress
    from .setup_ports import SetupPorts


class ExamineRequest(Struct, frozen=True):
    """What to look at; ``seconds`` is what each check may take."""

    is_offline: bool = False
    seconds: float = 20.0


def examine_setup(
    request: ExamineRequest, ports: SetupPorts, progress: Progress, cancel: CancelToken
) -> Diagnosis:
    """All findings; what cannot be found out is one of them, and keeps nothing else.

    Raises:
        CancelledError: cancelled.
    """
    checks = (
        *machine_checks(ports, is_offline=request.is_offline),
        Check("Variables", FindingGroup.VARIABLES, partial(check_variables, ports)),
        # What they start in turn has to be given up before they are.
        *(() if request.is_offline else network_checks(ports, request.seconds * 0.75)),
    )
    progress.report(f"Looking at {len(checks)} things", 0.0)
    found = run_checks(
        checks,
        request.seconds,
        cancel,
        lambda done: progress.report(
            f"Looked at {done} of {len(checks)} things", done / len(checks)
        ),
    )
    if request.is_offline:
        said = "Package indexes and services were not asked."
        found += (Finding("Network", FindingGroup.NETWORK, FindingState.UNKNOWN, said),)
    return Diagnosis(sorted_by_group(found))
