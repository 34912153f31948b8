"""``pyproject.toml``: what is asked for, as a project that uv and pip know; comments survive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from ..domain.exchange import FileReading
from ..domain.requirements import Requirement, RequirementSet
from .asked_lists import read_list
from .requires_python import read_requires_python, write_requires_python
from .toml_text import invalid_file, read_toml, table_of, text_of
from .uv_tables import read_uv_table, write_uv_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.json_value import Json

NAME = "pyproject.toml"
_FOREIGN = ("optional-dependencies", "dynamic")


def write_pyproject(asked: RequirementSet, name: str, old: str = "") -> tuple[str, tuple[str, ...]]:
    """The file that asks for that, made from the old one; and what it does not keep.

    Raises:
        UserError: the old file is not TOML, or its tables are none.
    """
    try:
        document = tomlkit.parse(old)
        project = document.setdefault("project", tomlkit.table())
        project.setdefault("name", re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-").lower() or "nb")
        project.setdefault("version", "0")
        if asked.python_version:
            _set(project, "requires-python", write_requires_python(asked.python_version))
        _set(project, "dependencies", _texts(asked.requirements, is_dev=False))
        dev = _texts(asked.requirements, is_dev=True)
        groups = document.get("dependency-groups")
        if dev or (groups is not None and "dev" in groups):
            _set(document.setdefault("dependency-groups", tomlkit.table()), "dev", dev)
        lost = write_uv_table(document, asked)
    except (TOMLKitError, AttributeError, TypeError, AssertionError) as error:
        raise invalid_file(NAME, f"it is not a project's ({error})") from error
    return document.as_string(), lost


def read_pyproject(text: str) -> FileReading:
    """What the project asks for.

    Raises:
        UserError: it is not TOML, or an index's address is not one.
    """
    document = read_toml(text, NAME)
    project = table_of(document, "project")
    lost = [f"[project] {key} is not taken over." for key in _FOREIGN if project.get(key)]
    runtime = read_list(project.get("dependencies"), lost)
    groups = table_of(document, "dependency-groups")
    dev = read_list(groups.get("dev"), lost, runtime, is_dev=True)
    lost += [f"The dependency group '{key}' is not taken over." for key in groups if key != "dev"]
    uv = read_uv_table(table_of(document, "tool", "uv"))
    python, lost_python = read_requires_python(text_of(project, "requires-python"))
    asked = uv.applied_to(RequirementSet((*runtime, *dev), python_version=python))
    return FileReading(asked, lost=(*lost, *lost_python, *uv.lost))


def _texts(requirements: Iterable[Requirement], *, is_dev: bool) -> list[str]:
    return [r.to_pep508() for r in requirements if r.is_dev is is_dev]


def _set(table: dict[str, Json], key: str, value: str | list[str]) -> None:
    old = table.get(key)
    if old == value:
        return
    if isinstance(value, str):
        table[key] = value
        return
    if isinstance(old, list):
        edit_list(old, value)
        return
    entries = tomlkit.array()
    entries.extend(value)
    table[key] = entries.multiline(bool(value))


def edit_list(entries: list[Json], wanted: list[str]) -> None:
    """Make the list hold what is wanted; what stays keeps its line and its comment."""
    for place in reversed(range(len(entries))):
        if entries[place] not in wanted:
            del entries[place]
    entries.extend(text for text in wanted if text not in list(entries))
