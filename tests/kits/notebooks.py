"""Notebooks made by tests."""

from __future__ import annotations

import json
from collections.abc import Sequence

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.lock import Lock, LockedPackage
from aidevsecops_ext.domain.notebook import Notebook
from aidevsecops_ext.domain.requirements import Index
from aidevsecops_ext.formats import horus_metadata
from aidevsecops_ext.formats.notebook_json import parse
from aidevsecops_ext.formats.pipfile import empty_pipfile, hash_of, lockfile_of

INDEX = Index("pypi", "https://index.example/simple")


def notebook_text(sources: Sequence[str] = (), /, **metadata: Json) -> str:
    """The text of a notebook with those code cells, as Jupyter writes it."""
    value = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"cell-{number}",
                "metadata": {},
                "outputs": [],
                "source": source.splitlines(keepends=True),
            }
            for number, source in enumerate(sources)
        ],
        "metadata": metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def locked_metadata(
    declared: dict[str, Json],
    packages: Sequence[LockedPackage],
    python: str = "3.11",
    *others: Index,
) -> dict[str, Json]:
    """The metadata of a notebook whose lock holds those packages for those requirements."""
    pipfile = empty_pipfile((INDEX, *others), python)
    pipfile["packages"] = declared
    lock = Lock(tuple(packages), hash_of(pipfile), (INDEX, *others), python)
    return horus_metadata.write(
        pipfile=pipfile, lockfile=lockfile_of(lock, pipfile), engine="pipenv"
    )


def notebook(sources: Sequence[str] = (), /, **metadata: Json) -> Notebook:
    """The same notebook as a value."""
    return parse(notebook_text(sources, **metadata), "nb.ipynb")
