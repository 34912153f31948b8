"""A verification that found a bit of everything."""

from __future__ import annotations

from aidevsecops_ext.domain.notebook_run import RunEnd, RunFailure
from aidevsecops_ext.domain.verification import (
    CellLeftOut,
    Comparison,
    Likeness,
    RunReport,
    Verification,
)
from tests.kits.outputs import stream

SAME, DIFFERENT, UNKNOWN = Likeness.SAME, Likeness.DIFFERENT, Likeness.NOT_CHECKABLE

FOUND = Verification(
    notebook="a/<b>.ipynb",
    verdict=DIFFERENT,
    summary="It does <not>.",
    runs=(
        RunReport(None, "here", RunEnd.DONE, 1.0),
        RunReport("fit", "there", RunEnd.FAILED, 2.0, RunFailure(3, "KeyError", "x", ("at <x>",))),
        RunReport("plot", "there", RunEnd.DIED, 2.0, RunFailure(None, "Kernel", "It died.")),
    ),
    cells=(
        Comparison("a <1>", SAME, "", "fit", 0, (stream("1"),), (stream("1"),)),
        Comparison("b", UNKNOWN, "Varies.", "fit", 1, (stream("1"),), (stream("2"),)),
        Comparison("c", DIFFERENT, "Other <x>.", "fit", 2, (stream("1"),), (stream("2"),)),
        Comparison("d", DIFFERENT, "Other."),
    ),
    variables=(Comparison("x", DIFFERENT, "It was 1 and is 2.", "fit", None, ("1",), ("2",)),),
    files=(Comparison("out.csv", SAME, "", None, None, ("abc",), ("abc",)),),
    left_out=(CellLeftOut(5, "import <os>", "Repeated."),),
    notes=("data was <not> copied.",),
    seconds=12.3456,
)
EMPTY = Verification("nb.ipynb", SAME, "Nothing.", ())
