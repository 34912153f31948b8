"""Notebooks as an editor sends them."""

from __future__ import annotations

from typing import Any


def make_notebook(*sources: str, language: str = "python", **metadata: Any) -> dict[str, Any]:
    """A notebook with one code cell a source."""
    kernel = {"name": language, "display_name": language, "language": language}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel, **metadata},
        "cells": [
            {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "source": source}
            for n, source in enumerate(sources)
        ],
    }
