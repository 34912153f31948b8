"""Which steps draw with matplotlib, although they do not import it, and which in one figure.

``frame.plot()`` of pandas and ``ConfusionMatrixDisplay`` of scikit-learn need it all the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from .late_patterns import late_pattern
from .split import SplitCode, SplitWarning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .flow_facts import Statement
    from .split_cells import Placed
    from .split_values import StepFacts

_MANY = 4096
"""Of so many functions it is kept whether they draw: a notebook calls few, and those often."""

MATPLOTLIB = "matplotlib"

_DRAWS_WITH_IT = frozenset({"pandas", "geopandas", "dask", "xarray", "sklearn", "lightgbm"})
_DRAWING = frozenset({"plot", "hist", "boxplot", "hexbin", "plotting"})
_PYPLOT = "matplotlib.pyplot."
_LEAVES_OPEN = late_pattern(r"\bclose_figures\s*=\s*False\b")
_BACKENDS = frozenset({"matplotlib.use", "matplotlib.pyplot.switch_backend"})
_BEGINNING = frozenset({"figure", "subplots", "subplot_mosaic"})
_CURRENT_WORDS = (
    "annotate axes axhline axis axvline bar barh boxplot cla clf colorbar contour contourf "
    "errorbar fill fill_between gca gcf grid hexbin hist hist2d imshow legend pie plot savefig "
    "scatter semilogx semilogy stem step subplot subplots_adjust suptitle text tight_layout title "
    "violinplot xlabel xlim xscale xticks ylabel ylim yscale yticks"
)
_CURRENT = frozenset(_CURRENT_WORDS.split())
"""Functions of pyplot that work on the current figure."""


def draws_pictures(facts: StepFacts, roots: frozenset[str]) -> bool:
    """True for a step that draws by what comes of these modules, which have matplotlib do it."""
    if roots.isdisjoint(_DRAWS_WITH_IT):
        return False
    statements = [placed.statement for placed in facts.statements]
    statements += [binding.placed.statement for binding in facts.definitions]
    return any(
        _draws(call.target or call.callee) for statement in statements for call in statement.calls
    )


@lru_cache(_MANY)
def _draws(target: str) -> bool:
    parts = target.split(".")
    if not _DRAWING.isdisjoint(parts[1:]) or "Display" in target:
        return True
    return parts[0] == "lightgbm" and parts[-1].startswith("plot_")


def lost_figures(statements: Sequence[Placed]) -> Iterator[SplitWarning]:
    """Calls that go on with the current figure of an earlier step.

    Jupyter closes all figures at the end of each cell, unless the notebook chooses otherwise.
    """
    if not any(_keeps_figures(placed.statement) for placed in statements):
        return
    drawn: int | None = None
    for placed in statements:
        for call in placed.statement.calls:
            if call.is_deferred:
                continue
            name = call.target.removeprefix(_PYPLOT) if call.target.startswith(_PYPLOT) else ""
            if name == "close":
                drawn = None
            elif name in _BEGINNING:
                drawn = placed.step
            elif name in _CURRENT:
                if drawn is not None and drawn != placed.step:
                    yield SplitWarning(
                        SplitCode.NOT_KEPT,
                        f"{call.callee} goes on with the figure that an earlier step has begun, "
                        "and a step begins its own. Have all that draws in a figure in one step, "
                        "or hand on the figure as a variable.",
                        placed.cell,
                        call.line,
                    )
                drawn = placed.step


def _keeps_figures(statement: Statement) -> bool:
    """True for what makes figures stay open from one cell to the next."""
    source = statement.source
    # To look for words is many times as fast as to look at all calls.
    if not statement.magics and "use" not in source and "backend" not in source:
        return False
    for magic in statement.magics:
        words = magic.arguments.split()
        if magic.name == "matplotlib" and words and words[0] not in ("inline", "-l", "--list"):
            return True
        if magic.name == "config" and _LEAVES_OPEN.search(magic.arguments):
            return True
    return any(
        call.target in _BACKENDS and not any("inline" in str(a.literal) for a in call.arguments)
        for call in statement.calls
    )
