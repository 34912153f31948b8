"""What is found when a machine is looked at: whether all is there that the work needs."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class FindingGroup(str, Enum):
    """What a finding is about, in the order in which it is told."""

    TOOLS = "tools"
    NETWORK = "network"
    GIT = "git"
    DISK = "disk"
    KERNELS = "kernels"
    VARIABLES = "variables"
    PIPELINES = "pipelines"


class FindingState(str, Enum):
    """How a thing is: as it should be, worth a look, in the way of something, or not known."""

    GOOD = "good"
    ATTENTION = "attention"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


class FixAction(str, Enum):
    """What JupyterLab has a dialog for."""

    MANAGE_KERNELS = "manage-kernels"
    KEEP_TOKEN = "keep-forge-token"  # noqa: S105 - the name of a command


class Fix(Struct, frozen=True):
    """What to do, in words; ``command`` does it in a terminal, ``action`` in JupyterLab."""

    words: str
    command: str = ""
    action: FixAction | None = None


class Finding(Struct, frozen=True):
    """One thing that was looked at; nothing in it is secret."""

    name: str
    group: FindingGroup
    state: FindingState
    message: str
    fix: Fix | None = None


class Diagnosis(Struct, frozen=True):
    """All findings, group by group."""

    findings: tuple[Finding, ...]

    @property
    def has_problem(self) -> bool:
        """True when anything is in the way."""
        return self.count(FindingState.PROBLEM) > 0

    def count(self, state: FindingState) -> int:
        """How many findings have that state."""
        return sum(finding.state is state for finding in self.findings)


def sorted_by_group(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings, group by group, each group in the order in which it was looked at."""
    order = [*FindingGroup]
    return tuple(sorted(findings, key=lambda finding: order.index(finding.group)))
