"""Our keyboard shortcuts take none of JupyterLab's away, nor of Notebook 7."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from .sources import find_sources

_SHARED = Path(sys.prefix) / "share" / "jupyter"
_KEYS = ("keys", "winKeys", "macKeys", "linuxKeys")


def _shortcuts(path: Path) -> list[dict[str, Any]]:
    schema = json.loads(path.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = schema.get("jupyter.lab.shortcuts", [])
    return found


def _theirs() -> list[dict[str, Any]]:
    files = [*(_SHARED / "lab" / "schemas").rglob("*.json")]
    files += (_SHARED / "labextensions" / "@jupyter-notebook").rglob("schemas/**/*.json")
    return [each for file in files for each in _shortcuts(file)]


def test_shortcuts_begin_with_keys_that_nobody_else_has() -> None:
    ours = [each for path in find_sources("schema", ".json") for each in _shortcuts(path)]
    theirs = _theirs()

    # What begins as another one ends never gets the second key.
    taken = {each[kind][0] for each in theirs for kind in _KEYS if each.get(kind)}
    assert len(theirs) > 100
    assert ours
    assert {each["keys"][0] for each in ours} & taken == set()


def test_shortcuts_are_one_command_each() -> None:
    ours = [each for path in find_sources("schema", ".json") for each in _shortcuts(path)]

    keys = [tuple(each["keys"]) for each in ours]
    assert len(keys) == len({*keys})
