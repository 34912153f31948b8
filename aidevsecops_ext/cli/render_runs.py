"""Runs of pipelines as text on the terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ..domain.pipeline_run import RunState, StepState
from .screen import echo, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..domain.pipeline_run import PipelineRun, StepRun
    from ..domain.run_comparison import RunComparison, StepComparison

_COLOURS = {
    "succeeded": "green",
    "cached": "green",
    "failed": "red",
    "cancelled": "yellow",
    "running": "cyan",
}
_TRACEBACK_LINES = 30


def print_run(run: PipelineRun, shown: Callable[[str], str]) -> None:
    """Print a run and its steps."""
    took = "" if run.seconds is None else f" in {_seconds(run.seconds)}"
    echo(f"{shown(run.pipeline)}: {_coloured(run.state.value)}{took} (run {run.id})")
    if run.error is not None:
        echo_styled(f"  {run.error.message}", fg="red")
        if run.error.hint:
            echo(f"  Hint: {run.error.hint}")
    width = max((len(step.name) for step in run.steps), default=0)
    for step in run.steps:
        took = "" if step.seconds is None else _seconds(step.seconds)
        state = _coloured(f"{step.state.value:9}", step.state.value)
        echo(f"  {step.name:{width}}  {state}  {took:>8}  {_about(step)}".rstrip())
        for note in step.notes:
            echo_styled(f"  {'':{width}}  note: {note}", fg="yellow")
    for step in run.steps:
        if step.error is not None and step.error.traceback:
            echo_styled(f"{step.name}:", is_bold=True)
            for line in step.error.traceback[-_TRACEBACK_LINES:]:
                echo(f"  {line}")
    for note in run.notes:
        echo_styled(f"  note: {note}", fg="yellow")
    _print_places(run, shown)


def _print_places(run: PipelineRun, shown: Callable[[str], str]) -> None:
    for name, url in run.links.items():
        echo(f"  {name}: {url}")
    if run.remote is None:
        echo(f"  {shown(run.folder)}: executed copies, logs, outputs")


def print_runs(runs: Sequence[PipelineRun], shown: Callable[[str], str]) -> None:
    """Print one line a run."""
    if not runs:
        echo("no runs")
    for run in runs:
        began = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(run.started_at))
        took = "" if run.seconds is None else _seconds(run.seconds)
        state = _coloured(f"{run.state.value:9}", run.state.value)
        echo(f"{run.id}  {state}  {began}  {took:>8}  {shown(run.pipeline)}{_counts(run)}")


def print_comparison(found: RunComparison) -> None:
    """Print what differs between two runs."""
    echo_styled(f"{found.before.id} → {found.after.id}", is_bold=True)
    for parameter in found.parameters:
        echo(f"  parameter {parameter.name}: {parameter.before or '–'} → {parameter.after or '–'}")
    for step in found.steps:
        echo(f"  {step.name}: {_ends(step)}")
        for change in step.changes:
            echo(f"    {change}")
        for output in step.outputs:
            what = "differs" if output.before and output.after else "is new"
            echo(f"    output {output.path} {what if output.after else 'is gone'}")
    if found.is_same:
        echo("  Nothing differs but times.")


def _about(step: StepRun) -> str:
    if step.state is StepState.RUNNING and step.cell_count:
        return f"cell {step.cell} of {step.cell_count}"
    if step.error is not None:
        # From 1, as JupyterLab's status bar counts for people.
        where = "" if step.error.cell is None else f"cell {step.error.cell + 1}: "
        return f"{where}{step.error.sentence}"
    is_told = step.state is not StepState.SUCCEEDED or step.reason
    return step.reason if is_told else step.where


def _counts(run: PipelineRun) -> str:
    if run.state is not RunState.FAILED:
        return ""
    failed = [step.name for step in run.steps if step.state is StepState.FAILED]
    return f"  ({', '.join(failed)} failed)" if failed else ""


def _ends(step: StepComparison) -> str:
    sides = []
    for side in (step.before, step.after):
        took = "" if side is None or side.seconds is None else f" {_seconds(side.seconds)}"
        sides.append("not there" if side is None else f"{side.state.value}{took}")
    return " → ".join(sides)


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s"


def _coloured(text: str, word: str = "") -> str:
    return styled(text, fg=_COLOURS.get(word or text))
