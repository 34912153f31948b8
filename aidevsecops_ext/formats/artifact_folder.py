"""The folder that a step leaves its variables in: what is in it when it is as a step wrote it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json

MANIFEST = "manifest.json"
_ALWAYS = frozenset({MANIFEST, "values.json", "objects.pkl"})
_ENDINGS = (".npy", ".parquet", ".pt", ".keras")


def is_artifact_of(step: str, manifest: str, files: Iterable[str]) -> bool:
    """True for the manifest of a step of that name, among files that steps write."""
    try:
        said: Json = json.loads(manifest)
    except (ValueError, RecursionError):
        return False
    if not isinstance(said, dict) or said.get("step") != step:
        return False
    names = said.get("names")
    if not isinstance(said.get("format"), int) or not isinstance(names, dict):
        return False
    return all(file in _ALWAYS or _is_of_a_variable(file, names) for file in files)


def _is_of_a_variable(file: str, names: Iterable[str]) -> bool:
    return file.endswith(_ENDINGS) and any(file.startswith((f"{n}.", f"{n}-")) for n in names)
