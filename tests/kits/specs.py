"""Descriptions that services publish of their APIs: ``AIDEVSECOPS_SPECS`` names the folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_FOLDERS = [*filter(None, os.environ.get("AIDEVSECOPS_SPECS", "").split(os.pathsep))]


def description(name: str) -> Path | None:
    """The file of that name in the first folder that has it; None where none has."""
    found = (Path(folder, name) for folder in _FOLDERS)
    return next((path for path in found if path.is_file()), None)


THOTH = description("thoth-user-api.openapi.yaml")

needs_thoth_api = pytest.mark.skipif(
    THOTH is None,
    reason="AIDEVSECOPS_SPECS names no folder with the description of Thoth's User API",
)
