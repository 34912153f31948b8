"""How the runs of the steps compare with the run of the notebook: cells, variables, files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from .cell_outputs import OutputSide, compare_outputs
from .notebook_run import UNREAD, Fingerprint, NotebookRun, RunEnd
from .output_text import normalised
from .verification import Comparison, Likeness

if TYPE_CHECKING:
    from collections.abc import Mapping

_GONE = "it was deleted"
_NUMBERS = re.compile(r"(?<![A-Za-z])[0-9a-fA-F]{6,}(?![A-Za-z])|\d+")
_DEFINITIONS = frozenset(
    {"module", "function", "builtin_function_or_method", "type", "abc.ABCMeta"}
)


class CellPair(Struct, frozen=True):
    """A code cell of the notebook, and the one of a step (by its position) that runs its code.

    With ``is_timed`` it reads a clock. ``names`` are those that it uses.
    """

    cell: int
    name: str
    step: str
    position: int
    is_timed: bool = False
    names: frozenset[str] = frozenset()


class Runs(Struct, frozen=True):
    """What is compared: ``control`` is a second run of the notebook, where there was one.

    ``holders`` are the steps that have the final value of each name. ``files`` of the steps are
    those of all of them together.
    """

    original: NotebookRun
    steps: Mapping[str, NotebookRun]
    pairs: tuple[CellPair, ...]
    holders: Mapping[str, str] = {}
    files: Mapping[str, str | None] = {}
    control: NotebookRun | None = None


def compare_cells(runs: Runs) -> tuple[Comparison, ...]:
    """The outputs of each cell that a step runs, in the order of the notebook."""
    found = (_compare_cell(runs, pair) for pair in sorted(runs.pairs, key=_cell_of))
    varying = _varying(runs)
    names = {(pair.step, pair.cell): pair.names & varying for pair in runs.pairs}
    return tuple(_unless_varying(one, names[one.step or "", one.cell or 0]) for one in found)


def _varying(runs: Runs) -> frozenset[str]:
    """The variables that have another value at each run of the notebook."""
    if runs.control is None:
        return frozenset()
    again = runs.control.variables
    return frozenset(
        name
        for name, one in runs.original.variables.items()
        if name in again and (one.kind, one.digest) != (again[name].kind, again[name].digest)
    )


def _unless_varying(one: Comparison, names: frozenset[str]) -> Comparison:
    """A cell whose output depends on chance may differ, and be the same in two runs by chance."""
    if not names or one.outcome is not Likeness.DIFFERENT:
        return one
    reason = f"It uses {', '.join(sorted(names))}, which is another at each run of the notebook."
    return replace(one, outcome=Likeness.NOT_CHECKABLE, message=f"{one.message} {reason}")


def compare_variables(runs: Runs) -> tuple[Comparison, ...]:
    """The final values, and how variables of one step share objects.

    Modules, functions and classes are named only where they differ: steps have those that they use.
    """
    held: dict[str, list[str]] = {}
    found: list[Comparison] = []
    for name, holder in runs.holders.items():
        if holder not in runs.steps:
            continue
        step = _step_with(runs, name, holder)
        before, after = _in(runs.original, name), _in(runs.steps[step], name)
        if after.is_missing and (before.is_missing or before.kind in _DEFINITIONS):
            continue
        one = _compare_variable(runs, step, name)
        held.setdefault(step, []).append(name)
        if one.outcome is not Likeness.SAME or before.kind not in _DEFINITIONS:
            found.append(one)
    for step, names in held.items():
        found += _compare_sharing(runs, step, frozenset(names))
    return tuple(found)


def compare_files(runs: Runs) -> tuple[Comparison, ...]:
    """The files that were written, by path."""
    paths = sorted({*runs.original.files, *runs.files})
    return tuple(_compare_file(runs, path) for path in paths)


def verdict_of(
    runs: Runs, cells: tuple[Comparison, ...], others: tuple[Comparison, ...]
) -> Likeness:
    """What all of it together says.

    What cannot be compared does not count among variables and files (the time that a cell took may
    well be in a variable). Among outputs it does: nobody can say that those are the same.
    """
    outcomes = {one.outcome for one in (*cells, *others)}
    if runs.original.end is not RunEnd.DONE:
        return Likeness.NOT_CHECKABLE
    if Likeness.DIFFERENT in outcomes or any(
        run.end is not RunEnd.DONE for run in runs.steps.values()
    ):
        return Likeness.DIFFERENT
    if Likeness.SAME not in outcomes or any(
        cell.outcome is Likeness.NOT_CHECKABLE for cell in cells
    ):
        return Likeness.NOT_CHECKABLE
    return Likeness.SAME


def summary_of(verdict: Likeness, runs: Runs, compared: tuple[Comparison, ...]) -> str:
    """What was found, in a sentence or two."""
    failure = runs.original.failure
    if failure is not None:
        where = "" if failure.cell is None else f" in cell {failure.cell + 1}"
        return f"The notebook itself fails{where} ({failure.sentence}): nothing was compared."
    failed = [(name, run.failure) for name, run in runs.steps.items() if run.failure is not None]
    if failed:
        name, stopped = failed[0]
        return f"The step {name} fails where the notebook does not ({stopped.sentence})."
    counts = {outcome: sum(one.outcome is outcome for one in compared) for outcome in Likeness}
    said = {
        Likeness.SAME: "Running the steps gives what running the notebook gives",
        Likeness.DIFFERENT: "Running the steps does not give what running the notebook gives",
        Likeness.NOT_CHECKABLE: "Whether running the steps gives the same cannot be said",
    }[verdict]
    return (
        f"{said}: {counts[Likeness.SAME]} the same, {counts[Likeness.DIFFERENT]} different, "
        f"{counts[Likeness.NOT_CHECKABLE]} not checkable."
    )


def _cell_of(pair: CellPair) -> int:
    return pair.cell


def _compare_cell(runs: Runs, pair: CellPair) -> Comparison:
    original, step = runs.original, runs.steps.get(pair.step)
    before = original.outputs.get(pair.cell)
    after = None if step is None else step.outputs.get(pair.position)
    outcome, message = Likeness.NOT_CHECKABLE, f"The step {pair.step} was not run."
    if before is None:
        message = "The notebook stopped before this cell."
    elif step is not None and step.failure is not None and step.failure.cell == pair.position:
        outcome, message = Likeness.DIFFERENT, f"It fails in the step: {step.failure.sentence}"
    elif step is not None and after is None:
        message = f"The step {pair.step} stopped before this cell."
    elif step is not None:
        control = runs.control
        outcome, message = compare_outputs(
            OutputSide(before, original.prefixes, pair.is_timed),
            OutputSide(after or (), step.prefixes),
            None
            if control is None
            else OutputSide(control.outputs.get(pair.cell, ()), control.prefixes),
        )
    return Comparison(
        name=pair.name,
        outcome=outcome,
        message=message,
        step=pair.step,
        cell=pair.cell,
        before=before or (),
        after=after or (),
    )


def _in(run: NotebookRun, name: str) -> Fingerprint:
    return run.variables.get(name, Fingerprint())


def _step_with(runs: Runs, name: str, holder: str) -> str:
    """The step to look for a name in: its holder, or the last one that has it all the same.

    What the holder does not need (an import, a constant) is repeated where it is needed.
    """
    if _in(runs.original, name).is_missing or not _in(runs.steps[holder], name).is_missing:
        return holder
    having = (step for step, run in runs.steps.items() if not _in(run, name).is_missing)
    return next(reversed([*having]), holder)


def _compare_variable(runs: Runs, step: str, name: str) -> Comparison:
    before, after = _in(runs.original, name), _in(runs.steps[step], name)
    control = None if runs.control is None else _in(runs.control, name)
    outcome, message = _compare_values(before, after, control)
    return Comparison(
        name=name,
        outcome=outcome,
        message=message,
        step=step,
        before=(before.shown,),
        after=(after.shown,),
    )


def _compare_values(
    before: Fingerprint, after: Fingerprint, control: Fingerprint | None
) -> tuple[Likeness, str]:
    if UNREAD in (before.kind, after.kind):
        return Likeness.NOT_CHECKABLE, f"{_sentence(before.gaps or after.gaps)}."
    if before.digest == after.digest and before.kind == after.kind:
        if after.gaps:
            return Likeness.NOT_CHECKABLE, f"{_sentence(after.gaps)}; the rest is the same."
        return Likeness.SAME, ""
    if before.is_missing or after.is_missing:
        one, other = ("step", "notebook") if before.is_missing else ("notebook", "step")
        return Likeness.DIFFERENT, f"The {one} leaves it, the {other} does not."
    if control is not None and (control.kind, control.digest) != (before.kind, before.digest):
        return Likeness.NOT_CHECKABLE, "The notebook itself leaves another value at each run."
    return Likeness.DIFFERENT, _difference(before, after)


def _difference(before: Fingerprint, after: Fingerprint) -> str:
    if before.kind != after.kind:
        return f"It was of the type {before.kind} and is {after.kind}."
    if before.rounded == after.rounded:
        return "Only beyond the ninth digit: numbers differ within 1e-9."
    shown = normalised(before.shown), normalised(after.shown)
    if shown[0] == shown[1]:
        return "The values differ where their short forms do not show it."
    return f"It was {shown[0]} and is {shown[1]}."


def _compare_sharing(runs: Runs, step: str, names: frozenset[str]) -> list[Comparison]:
    """The pairs of names that had an object in common and have none in the step, or now have."""

    def pairs_of(run: NotebookRun) -> set[tuple[str, str]]:
        return {pair for pair in run.shared if names.issuperset(pair)}

    before, after = pairs_of(runs.original), pairs_of(runs.steps[step])
    again = before if runs.control is None else pairs_of(runs.control)
    return [
        Comparison(
            name=" and ".join(pair),
            outcome=Likeness.DIFFERENT,
            message="They are one object, or have one in common, only in the "
            f"{'notebook' if pair in before else 'step'}.",
            step=step,
        )
        for pair in sorted(before ^ after)
        if (pair in again) == (pair in before)
    ]


def _compare_file(runs: Runs, path: str) -> Comparison:
    before, after = runs.original.files, runs.files
    control = None if runs.control is None else runs.control.files
    varies = control is not None and control.get(path, "") != before.get(path, "")
    outcome, message = Likeness.DIFFERENT, "The content is another."
    if path in before and path in after and before[path] == after[path]:
        outcome, message = Likeness.SAME, ""
    elif varies:
        outcome = Likeness.NOT_CHECKABLE
        message = "The notebook itself writes something else at each run."
    elif path not in after:
        message = "The notebook writes it, the steps do not."
    elif path not in before:
        message = "The steps write it, the notebook does not."
        if control is not None and _shape(path) in map(_shape, control.keys() - before.keys()):
            outcome = Likeness.NOT_CHECKABLE
            message = "The notebook itself writes files of other names at each run."
    return Comparison(
        name=path,
        outcome=outcome,
        message=message,
        before=(before[path] or _GONE,) if path in before else (),
        after=(after[path] or _GONE,) if path in after else (),
    )


def _shape(path: str) -> str:
    """A path without the numbers in it, those of times and random ones too."""
    return _NUMBERS.sub("#", path)


def _sentence(gaps: tuple[str, ...]) -> str:
    text = ", ".join(gaps)
    return text[:1].upper() + text[1:]
