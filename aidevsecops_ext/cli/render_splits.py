"""Splits as text on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.cut import CutBy
from ..domain.step_record import StepState
from ..formats.custody import ranges_of
from .screen import echo, echo_exactly, echo_styled, styled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..app.apply_split import AppliedSplit
    from ..domain.split import SplitWarning
    from ..domain.split_preview import Split, SplitStep, StepFile

_CUT = {
    CutBy.TAG: "cut by tags",
    CutBy.HAND: "cut by hand",
    CutBy.HEADING: "cut at headings",
}
_WOULD_BE = {
    StepState.NEW: "would be created",
    StepState.UNCHANGED: "unchanged",
    StepState.CHANGED: "would be replaced",
    StepState.EDITED: "was edited by hand: replaced with --force only",
    StepState.FOREIGN: "is of something else: stands in the way",
}


def print_split(
    split: Split, applied: AppliedSplit | None, shown: Callable[[str], str], *, is_diff: bool
) -> None:
    """Print the steps, what flows, what a person should know, and what becomes of each file."""
    count = len(split.steps)
    level = f" of level {split.level}" if split.level and split.by is CutBy.HEADING else ""
    summary = f"{count} step{'' if count == 1 else 's'}, {_CUT[split.by]}{level}"
    echo_styled(f"{shown(split.path)}: {summary}", is_bold=True)
    for step in split.steps:
        _print_step(step, shown)
    _print_orders(split)
    _print_warnings(split.warnings if applied is None else applied.warnings)
    if applied is None:
        for file in split.files:
            echo(f"{shown(file.path)}: {_WOULD_BE[file.state]}")
            _print_diff(file, is_shown=is_diff)
        for left in split.removals:
            echo(f"{shown(left.path)}: would be deleted")
        if split.metadata:
            echo(f"{shown(split.path)}: would record how it is cut")
        if split.steps and split.steps[0].overlay is not None:
            echo("Overlays would be locked when it is done.")
        return
    _print_applied(split, applied, shown, is_diff=is_diff)


def _print_step(step: SplitStep, shown: Callable[[str], str]) -> None:
    plan = step.plan
    after = f" after {', '.join(plan.upstream)}" if plan.upstream else ""
    cells = f"cell{'' if len(plan.cells) == 1 else 's'} {ranges_of(plan.cells)}"
    title = f" “{plan.title}”" if plan.title not in ("", plan.name) else ""
    echo(f"  {styled(plan.name, is_bold=True)}{title} ({cells}){after}")
    for label, text in _lines(step, shown):
        echo(f"    {label + ':':<10} {text}")


def _lines(step: SplitStep, shown: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    plan = step.plan
    for taking in plan.takes:
        states = (f"the state of {generator.value}" for generator in taking.generators)
        yield "takes", f"{', '.join((*taking.names, *states))} from {taking.producer}"
    left = (*plan.outputs, *(f"the state of {each.value}" for each in plan.generators))
    if left:
        yield "leaves", ", ".join(left)
    if plan.definitions:
        yield "repeats", ", ".join(dict.fromkeys(each.name for each in plan.definitions))
    if plan.files.reads:
        yield "reads", ", ".join(plan.files.reads)
    if plan.files.writes:
        yield "writes", ", ".join(plan.files.writes)
    yield "installs", ", ".join(each.to_pep508() for each in step.needs.requirements)
    if step.needs.optional:
        yield "can use", ", ".join(each.to_pep508() for each in step.needs.optional)
    if step.needs.local:
        yield "needs", ", ".join(shown(path) for path in step.needs.local)


def _print_orders(split: Split) -> None:
    """Print why steps wait for others from which they take nothing."""
    for edge in split.edges:
        if not edge.names:
            for reason in edge.reasons:
                echo(f"  {edge.target} after {edge.source}: {reason}")


def _print_warnings(warnings: Iterable[SplitWarning]) -> None:
    # What is the same in several places is said once.
    same: dict[tuple[bool, str, str], list[str]] = {}
    for warning in warnings:
        key = (warning.is_error, warning.message, warning.code.value)
        places = same.setdefault(key, [])
        if warning.cell is not None:
            # From 1, as JupyterLab counts for people; JSON has the indexes, from 0.
            line = "" if warning.line is None else f":{warning.line}"
            places.append(f"{warning.cell + 1}{line}")
    for (is_error, message, code), places in same.items():
        where = f"cell{'s' if len(places) > 1 else ''} {', '.join(places)}: " if places else ""
        word = "error" if is_error else "warning"
        echo_styled(f"{word}: {where}{message} [{code}]", fg="red" if is_error else "yellow")


def _print_diff(file: StepFile, *, is_shown: bool) -> None:
    if is_shown and file.diff:
        echo_exactly(file.diff)


def _print_applied(
    split: Split, applied: AppliedSplit, shown: Callable[[str], str], *, is_diff: bool
) -> None:
    for file in split.files:
        _print_diff(file, is_shown=is_diff)
    for note in applied.notes:
        echo_styled(f"note: {note}", fg="yellow")
    left = [*applied.written]
    for overlay in applied.overlays.overlays if applied.overlays else ():
        inside = [path for path in left if path.startswith(f"{overlay.folder}/")]
        left = [path for path in left if path not in inside]
        count = overlay.lock.count
        word = "written" if inside else "unchanged"
        packages = f"{count} package{'' if count == 1 else 's'}"
        echo(f"{shown(overlay.folder)}: {word}, {packages}")
    for path in left:
        echo(f"{shown(path)}: written")
    for path in applied.deleted:
        echo(f"{shown(path)}: deleted")
    if not (applied.written or applied.deleted):
        echo("All files are as they should be.")
    if applied.verification is None:
        if applied.written:
            echo("Not verified: --verify runs the notebook and the steps, and compares.")
        return
    for note in applied.verification.notes:
        echo(note)
    colours = {True: "green", False: "red", None: "yellow"}
    echo_styled(applied.verification.summary, fg=colours[applied.verified])
