"""Descriptions that services publish of their APIs: ``AIDEVSECOPS_SPECS`` names the folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = os.environ.get("AIDEVSECOPS_SPECS", "")
THOTH = Path(FOLDER, "thoth-user-api.openapi.yaml")

needs_thoth_api = pytest.mark.skipif(
    not (FOLDER and THOTH.is_file()),
    reason="AIDEVSECOPS_SPECS names no folder with the description of Thoth's User API",
)
