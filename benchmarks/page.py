"""The page of the documentation that tells what a run of all benchmarks found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures import Case, Figure, Findings, Role

if TYPE_CHECKING:
    from run_all import Run

_HEAD = """# Benchmarks

`make bench` wrote this page, its plot and [all of its figures](benchmarks.json) in one run on one
machine. Compare figures within a table, not between machines. Each tool ran in turn with the
others, as a whole process unless the table says otherwise, with warm caches; a figure is the median
of its runs. *Bare* is what does the raw work without us: what we take more than that is ours to
answer for. A ratio above 1 is how many times longer a tool took than we did.

![How long other tools take, as multiples of ours](../images/benchmarks.svg)
"""
_WORDS = {Role.OURS: "ours", Role.PEER: "other tool", Role.LIMIT: "bare"}


def page(run: Run) -> str:
    """The text of the page, in Markdown."""
    parts = [_HEAD, _about(run), *(_section(each) for each in run.found)]
    if run.failures:
        rows = "".join(f"| {name} | {why} |\n" for name, why in run.failures.items())
        parts.append(f"## Not measured\n\n| benchmark | why |\n|---|---|\n{rows}")
    return "\n".join(parts)


def _about(run: Run) -> str:
    versions = ", ".join(f"{name} {said}" for name, said in run.versions.items())
    rounds = "1 round" if run.rounds == 1 else f"{run.rounds} rounds"
    return f"{run.machine}. {run.when}, {rounds}.\n\nVersions: {versions}.\n"


def _section(findings: Findings) -> str:
    tables = "\n".join(_table(case) for case in findings.cases)
    goals = "".join(
        f"- {goal.text}: {'met' if goal.is_met else '**missed**'}\n" for goal in findings.goals
    )
    return f"## {findings.title}\n\n{tables}\n{f'Goals:{chr(10)}{chr(10)}{goals}' if goals else ''}"


def _table(case: Case) -> str:
    ours = [each.value for each in case.figures if each.role is Role.OURS]
    # With several of ours, or with counts, a ratio would say nothing.
    base = ours[0] if len(ours) == 1 and case.unit else None
    head = f"| {case.name} | | {case.unit or 'count'} | to ours |\n|---|---|--:|--:|\n"
    return head + "".join(_row(each, base) for each in case.figures)


def _row(figure: Figure, base: float | None) -> str:
    what = _WORDS[figure.role]
    if figure.value is None:
        return f"| {figure.tool} | {what} | {_escaped(figure.note)} | |\n"
    is_compared = base and figure.role is not Role.OURS
    ratio = f"{figure.value / base:.2f}" if base and is_compared else ""
    return f"| {figure.tool} | {what} | {_rounded(figure.value)} | {ratio} |\n"


def _rounded(value: float) -> str:
    if value == int(value):
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
