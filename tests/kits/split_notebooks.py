"""Notebooks to split."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aidevsecops_ext.domain.json_value import Json

CHURN = (
    "# Churn",
    ">import json\nimport math\nlimit = 3",
    "## Load",
    ">rows = [1, 2, 3]\ndef scaled(x):\n    return math.sqrt(x) * limit",
    "## Train",
    ">model = [scaled(row) for row in rows]",
    "## Say",
    ">print(json.dumps(model))",
)
"""Three steps at headings of level 2; ``train`` repeats a function, and reads what it reads."""


def split_source(
    cells: Sequence[str] = CHURN, tags: dict[int, list[str]] | None = None, **metadata: Json
) -> dict[str, Json]:
    """The notebook as JSON; a cell that begins with ``>`` is code, the others are markdown."""
    made: list[Json] = []
    for index, cell in enumerate(cells):
        is_code = cell.startswith(">")
        own: dict[str, Json] = {"tags": [*(tags or {})[index]]} if index in (tags or {}) else {}
        made.append(
            {
                "cell_type": "code" if is_code else "markdown",
                **({"execution_count": None, "outputs": []} if is_code else {}),
                "id": f"cell-{index}",
                "metadata": own,
                "source": [*cell.removeprefix(">").splitlines(keepends=True)],
            }
        )
    kernel: Json = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "cells": made,
        "metadata": {"kernelspec": kernel, **metadata},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def split_text(
    cells: Sequence[str] = CHURN, tags: dict[int, list[str]] | None = None, **metadata: Json
) -> str:
    """The same as Jupyter writes it."""
    value = split_source(cells, tags, **metadata)
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
