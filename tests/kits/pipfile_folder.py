"""A folder with the Pipfile and Pipfile.lock that a notebook's metadata record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from aidevsecops_ext.domain.json_value import Json


def write_pipfile_folder(folder: Path, metadata: Mapping[str, Json]) -> None:
    """Write both files as the tools of the field expect them."""
    folder.mkdir(parents=True, exist_ok=True)
    pipfile: dict[str, Json] = json.loads(str(metadata["requirements"]))
    (folder / "Pipfile").write_text(_toml(pipfile))
    (folder / "Pipfile.lock").write_text(
        json.dumps(json.loads(str(metadata["requirements_lock"])), indent=4)
    )


def _toml(pipfile: Mapping[str, Json]) -> str:
    lines: list[str] = []
    for key, value in pipfile.items():
        tables = value if isinstance(value, list) else [value]
        for table in tables:
            assert isinstance(table, dict)
            lines.append(f"[[{key}]]" if isinstance(value, list) else f"[{key}]")
            lines += [f"{json.dumps(name)} = {_inline(entry)}" for name, entry in table.items()]
    return "\n".join(lines) + "\n"


def _inline(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_inline(entry)}" for key, entry in value.items()) + "}"
    return json.dumps(value)
