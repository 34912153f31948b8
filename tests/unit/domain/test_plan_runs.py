"""Programs that hypothesis makes, cut at random: their steps end as the whole does."""

from __future__ import annotations

from hypothesis import given, settings

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.steps import cut
from tests.kits.cut_notebooks import notebook_of
from tests.kits.programs import cut_programs
from tests.kits.split_runs import differences


@settings(max_examples=60)
@given(cut_programs())
def test_steps_end_as_the_notebook_does(cells: tuple[tuple[str, ...], ...]) -> None:
    notebook = notebook_of(*cells)
    done = cut(notebook, CutRequest(CutBy.TAG))

    is_refused = any(warning.is_error for warning in plan_split(notebook, done).warnings)

    assert is_refused or differences(notebook, done) == []
