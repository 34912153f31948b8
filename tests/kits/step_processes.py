"""Runs a notebook, and the notebooks of its steps, each in a Python process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import SplitPlan
from aidevsecops_ext.domain.steps import cut
from aidevsecops_ext.formats.notebook_json import parse_json
from aidevsecops_ext.formats.step_notebook import StepPlace, write_step_notebook

_SIZES = re.compile(r"^[\w ]+: [\w.<>]+(?: \(.*\))?, [\d.]+ \w+\n", re.MULTILINE)
"""What writing a variable says of it."""


def step_source(steps: Sequence[str]) -> dict[str, Json]:
    """A notebook whose steps, s0, s1 …, are one cell each."""
    cells: list[Json] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {"tags": [f"step:s{number}"]},
            "outputs": [],
            "source": code,
        }
        for number, code in enumerate(steps)
    ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def run_both_ways(steps: Sequence[str], folder: Path) -> tuple[str, str, SplitPlan]:
    """What the notebook prints, what its steps print one after another, and the plan."""
    source = step_source(steps)
    notebook = parse_json(source, "nb.ipynb")
    plan = plan_split(notebook, cut(notebook, CutRequest(CutBy.TAG)))
    texts = [
        write_step_notebook(
            step, source, StepPlace("nb.ipynb", f"nb-{step.name}.ipynb", "artifacts/nb")
        )
        for step in plan.steps
    ]
    whole = _run(source, folder)
    parts = "".join(_run(json.loads(text), folder) for text in texts)
    return whole, _SIZES.sub("", parts), plan


def _run(notebook: Mapping[str, Json], folder: Path) -> str:
    cells = notebook["cells"]
    assert isinstance(cells, list)
    code = "\n\n".join(
        _source(cell["source"])
        for cell in cells
        if isinstance(cell, dict) and cell["cell_type"] == "code"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr.strip().rpartition("\n")[2]


def _source(source: Json) -> str:
    assert isinstance(source, str | list)
    return "".join(str(line) for line in source)
