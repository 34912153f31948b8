"""Plans of notebooks in a line: each text is a step of one cell."""

from __future__ import annotations

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import SplitPlan
from aidevsecops_ext.domain.steps import cut
from tests.kits.cut_notebooks import CellText, notebook_of


def plan(*steps: CellText) -> SplitPlan:
    """The plan of steps of one cell each, called s0, s1 …; a tuple has tags of its own."""
    notebook = notebook_of(*tagged(steps))
    return plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))


def tagged(steps: tuple[CellText, ...]) -> list[CellText]:
    """The cells, each with the tag of a step where it has no tags of its own."""
    return [
        (step, f"step:s{number}") if isinstance(step, str) else step
        for number, step in enumerate(steps)
    ]


def codes_of(found: SplitPlan) -> list[str]:
    """What the warnings of a plan are about, but for how few steps it has."""
    return [warning.code.value for warning in found.warnings if warning.code.value != "steps.few"]
