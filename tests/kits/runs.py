"""Notebooks run in real kernels of this interpreter."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from aidevsecops_ext.adapters.kernel_environments import KernelEnvironments
from aidevsecops_ext.adapters.notebook_runs import KernelNotebookRuns
from aidevsecops_ext.app.ports import CancelToken
from aidevsecops_ext.app.verification_ports import CopyRequest, KernelStart, RunRequest
from aidevsecops_ext.domain.notebook_run import NotebookRun
from aidevsecops_ext.jobs.cancel import CancelSource

HERE = KernelStart(sys.executable)


def step_text(*cells: tuple[str, str, int | None]) -> str:
    """A step notebook: source, role and cell of the notebook of each of its cells."""
    return json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "execution_count": None,
                    "id": f"cell-{number}",
                    "metadata": {"aidevsecops": {"role": role, "cell": cell}},
                    "outputs": [],
                    "source": source,
                }
                for number, (source, role, cell) in enumerate(cells)
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def runs_in(root: Path, timeout: float = 60, limit: int = 10_000_000) -> KernelNotebookRuns:
    """What runs the notebooks of a folder."""
    return KernelNotebookRuns(root, KernelEnvironments(), timeout=timeout, limit=limit)


def ignore(*_: int) -> None:
    """Listens to no progress."""


def run_text(
    runs: KernelNotebookRuns,
    text: str,
    names: tuple[str, ...] = (),
    cancel: CancelToken | None = None,
    on_cell: Callable[[int, int], None] = ignore,
) -> NotebookRun:
    """The run of a notebook in a copy of its folder."""
    token = cancel or CancelSource()
    with runs.copy_of(CopyRequest("nb.ipynb"), token) as copy:
        request = RunRequest("nb.ipynb", text, HERE, copy, names)
        return runs.run(request, on_cell, token)
