"""The real pipenv computes the same Pipfile hash."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.domain.requirements import Index, Requirement
from aidevsecops_ext.formats.pipfile import (
    empty_pipfile,
    hash_of,
    with_index,
    with_requirement,
    without_requirement,
)

# Another interpreter's pipenv may be named, where this one has none.
PYTHON = os.environ.get("AIDEVSECOPS_PIPENV_PYTHON", sys.executable)
SCRIPT = Path(__file__).parents[1] / "kits" / "pipenv_hash.py"
SOURCE: Json = {"url": "https://index.example/simple", "verify_ssl": True, "name": "pypi"}
OWN = Index("own", "https://own.example/simple", verify_ssl=False)

PLAIN = empty_pipfile((Index("pypi", "https://index.example/simple"),), "3.11")
EDITED = with_requirement(
    with_requirement(
        with_index(PLAIN, OWN), Requirement("Scikit_Learn", ">=1", ("a",), "os_name == 'nt'", "own")
    ),
    Requirement("pytest", is_dev=True),
)

PIPFILES: dict[str, dict[str, Json]] = {
    "plain": PLAIN,
    "edited": EDITED,
    "removed": without_requirement(EDITED, "scikit.learn"),
    "names": {"source": [SOURCE], "packages": {"PyYAML": "*", "my_pkg": ">1", "Zope.x": "*"}},
    "sections": {
        "source": [SOURCE],
        "packages": {"a": {"version": "*", "sys_platform": "== 'win32'", "extras": ["x", "é"]}},
        "dev-packages": {"b": {"git": "https://git.example/b.git", "ref": "main"}},
        "docs": {"Sphinx_X": "*"},
        "scripts": {"go": "python go.py"},
        "pipenv": {"allow_prereleases": True},
        "requires": {"python_version": "3.12", "python_full_version": "3.12.1"},
    },
    "sources": {"source": [SOURCE, {"url": "https://b.example", "verify_ssl": False, "name": "b"}]},
}


def toml(value: Json) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    return json.dumps(value)


def write(folder: Path, pipfile: Mapping[str, Json]) -> Path:
    folder.mkdir()
    lines = []
    for name, section in pipfile.items():
        for table in section if isinstance(section, list) else [section]:
            assert isinstance(table, dict)
            lines.append(f"[[{name}]]" if isinstance(section, list) else f"[{name}]")
            lines += [f"{json.dumps(key)} = {toml(value)}" for key, value in table.items()]
    (folder / "Pipfile").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.slow
@pytest.mark.skipif(
    sys.executable == PYTHON and importlib.util.find_spec("pipenv") is None,
    reason="pipenv is not installed",
)
def test_hash_of_is_what_pipenv_computes_when_pipfiles_vary(tmp_path: Path) -> None:
    folders = [write(tmp_path / name, pipfile) for name, pipfile in PIPFILES.items()]

    answer = subprocess.run(
        [PYTHON, str(SCRIPT), *map(str, folders)], capture_output=True, text=True, check=True
    )

    computed = {name: hash_of(pipfile) for name, pipfile in PIPFILES.items()}
    assert dict(zip(PIPFILES, answer.stdout.split(), strict=True)) == computed
