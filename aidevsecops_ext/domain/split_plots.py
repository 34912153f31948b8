"""Which steps draw with matplotlib, although they do not import it.

``frame.plot()`` of pandas and ``ConfusionMatrixDisplay`` of scikit-learn need it all the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .split_values import StepFacts

_MANY = 4096
"""Of so many functions it is kept whether they draw: a notebook calls few, and those often."""

MATPLOTLIB = "matplotlib"

_DRAWS_WITH_IT = frozenset({"pandas", "geopandas", "dask", "xarray", "sklearn", "lightgbm"})
_DRAWING = frozenset({"plot", "hist", "boxplot", "hexbin", "plotting"})


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
