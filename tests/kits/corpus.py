"""Real notebooks, found by the environment variable ``AIDEVSECOPS_CORPUS``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("AIDEVSECOPS_CORPUS", "")

needs_corpus = pytest.mark.skipif(
    not FOLDER, reason="AIDEVSECOPS_CORPUS names no folder of real notebooks"
)


def notebooks() -> list[Path]:
    """The real notebooks, none when there is no corpus."""
    return sorted(Path(FOLDER).rglob("*.ipynb")) if FOLDER else []
