"""The document that describes the REST interface."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

import aidevsecops_ext

CONTRACT_PATH = Path(aidevsecops_ext.__file__).parent / "server" / "openapi.yaml"


@cache
def load_contract() -> dict[str, Any]:
    """The document ``openapi.yaml``."""
    return dict(yaml.safe_load(CONTRACT_PATH.read_text(encoding="utf-8")))
