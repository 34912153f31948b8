"""What the command that examines this machine does."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from ..app.examine_setup import ExamineRequest, examine_setup
from ..domain.diagnosis import FindingState
from ..formats.diagnosis_answers import diagnosis_json
from ..jobs.cancel import CancelSource
from . import render
from .batch import cancelled_by_signals
from .exit_codes import DONE, FINDINGS
from .progress import progress_board
from .screen import echo, echo_styled, styled
from .workspace import Workspace

if TYPE_CHECKING:
    from ..domain.diagnosis import Diagnosis, Finding

_MARKS = {
    FindingState.GOOD: ("ok", "green"),
    FindingState.ATTENTION: ("note", "yellow"),
    FindingState.PROBLEM: ("PROBLEM", "red"),
    FindingState.UNKNOWN: ("unknown", "cyan"),
}
_WIDTH = max(len(mark) for mark, _ in _MARKS.values())


def run_doctor(*, is_offline: bool, is_json: bool) -> None:
    """Answer all findings; exit with 1 where one is a problem."""
    workspace = Workspace.current()
    # Kernels are the user's: their notebooks may be anywhere.
    ports = workspace.here().setup_ports(workspace.everywhere().kernel_ports())
    cancel = CancelSource()
    with progress_board(is_quiet=True, is_verbose=False) as board, cancelled_by_signals(cancel):
        progress = board.of("doctor")
        found = examine_setup(ExamineRequest(is_offline), ports, progress, cancel)
        board.end("doctor")
    if is_json:
        render.print_json(diagnosis_json(found))
    else:
        _print(found)
    click.get_current_context().exit(FINDINGS if found.has_problem else DONE)


def _print(found: Diagnosis) -> None:
    for group, findings in groupby(found.findings, lambda finding: finding.group):
        echo_styled(group.value, is_bold=True)
        for finding in findings:
            _print_finding(finding)
    counts = {state: found.count(state) for state in FindingState}
    said = ", ".join(f"{count} {_MARKS[state][0]}" for state, count in counts.items() if count)
    echo(f"\n{said}")


def _print_finding(finding: Finding) -> None:
    mark, colour = _MARKS[finding.state]
    echo(f"  {styled(f'{mark:{_WIDTH}}', fg=colour)}  {finding.name}: {finding.message}")
    # What could be added to what is good is in the JSON, and in JupyterLab.
    if finding.fix is not None and finding.state is not FindingState.GOOD:
        margin = " " * (_WIDTH + 4)
        echo(f"{margin}{finding.fix.words}")
        if finding.fix.command:
            echo(f"{margin}$ {finding.fix.command}")
