"""Texts that are made to take long: they take no longer than others of their length."""

from __future__ import annotations

from aidevsecops_ext.domain.cut import CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.steps import cut
from aidevsecops_ext.formats import notebook_json
from tests.kits.notebooks import notebook_text


def test_split_looks_at_many_brackets_after_each_other_once() -> None:
    notebook = notebook_json.parse(
        notebook_text(["import os", f"os.a{'[0]' * 90}.append(1)", "print(os)"]), "nb.ipynb"
    )

    plan = plan_split(notebook, cut(notebook, CutRequest()))

    assert plan.steps
