"""``.thoth.yaml`` with environments for overlays: all that is there stays as it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from ..domain.errors import RefusedError
from .thoth_config import environment_entry
from .thoth_yaml import text_of
from .yaml_edit import load_yaml, with_entry, with_entry_value, with_value, without_entry
from .yaml_text import entry_lines, scalar_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..domain.json_value import Json

THOTH_YAML = ".thoth.yaml"
_ENVIRONMENTS = "runtime_environments"
_FOLDER = "overlays_dir"
# The key is required, also where nobody asks Thoth.
_NO_HOST = 'host: ""  # of a Thoth service, where you use one'
_NAME = re.compile(r"[a-zA-Z0-9_-]+")
_OURS = frozenset({"name", "operating_system", "python_version", "recommendation_type"})
_IMAGE = re.compile(r"[\w][\w./:@-]{0,254}", re.ASCII)


class OverlayEnvironment(Struct, frozen=True):
    """A runtime environment for an overlay; ``like`` names one to take the system from."""

    name: str
    python_version: str
    like: str | None = None


def new_thoth_yaml(host: str, folder: str, environments: Iterable[OverlayEnvironment]) -> str:
    """A whole file that names these; without a host it says that there is none."""
    lines = [
        f"host: {scalar_text(host)}"
        if host
        else 'host: ""  # of a Thoth service, where you use one',
        "tls_verify: true",
        "requirements_format: pipenv",
        f"{_FOLDER}: {scalar_text(folder)}",
        "",
        f"{_ENVIRONMENTS}:",
    ]
    for number, environment in enumerate(environments):
        lines += ([""] if number else []) + entry_lines(_entry(environment, ""), 2)
    return "\n".join(lines) + "\n"


def with_environments(text: str, folder: str, environments: Iterable[OverlayEnvironment]) -> str:
    """The file with an environment for each, and the folder of overlays where it names none.

    One that is there already gets the Python version, and nothing else.

    Raises:
        UserError: it is not YAML, or not a table.
        RefusedError: it is written in a way that nothing can be added to.
    """
    edited = text
    if text_of(load_yaml(text, THOTH_YAML), _FOLDER) is None:
        edited = with_value(edited, _FOLDER, folder, THOTH_YAML)
    for environment in environments:
        known = _entries(load_yaml(edited, THOTH_YAML))
        names = [text_of(entry, "name") if isinstance(entry, dict) else None for entry in known]
        if environment.name not in names:
            entry = _entry(environment, text)
            edited = with_entry(edited, _ENVIRONMENTS, entry, THOTH_YAML)
            continue
        number = names.index(environment.name)
        entry_there = known[number]
        python = text_of(entry_there, "python_version") if isinstance(entry_there, dict) else None
        if python != environment.python_version:
            place = (_ENVIRONMENTS, number, "python_version")
            edited = with_entry_value(edited, place, environment.python_version, THOTH_YAML)
    return edited


def without_environments(text: str, names: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The file without the environments of these names, and the names of those that stay.

    One that somebody added something to stays, and one that cannot be taken out.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    kept = []
    for number, entry in [*enumerate(_entries(load_yaml(text, THOTH_YAML)))][::-1]:
        name = text_of(entry, "name") if isinstance(entry, dict) else None
        if name is None or name not in names or not isinstance(entry, dict):
            continue
        try:
            if not entry.keys() <= _OURS:
                kept.append(name)
            else:
                text = without_entry(text, (_ENVIRONMENTS, number), THOTH_YAML)
        except RefusedError:
            kept.append(name)
    return text, tuple(kept)


def environments_without_overlays(text: str) -> tuple[str, ...]:
    """The names of the environments of a file that keeps no overlays yet.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    document = load_yaml(text, THOTH_YAML)
    if text_of(document, _FOLDER) is not None:
        return ()
    entries = (entry for entry in _entries(document) if isinstance(entry, dict))
    return tuple(name for entry in entries if (name := text_of(entry, "name")))


def is_thoth_name(name: str) -> bool:
    """True for what Thoth allows as the name of an environment."""
    return _NAME.fullmatch(name) is not None


def base_image_of(text: str, name: str) -> str | None:
    """The image that an environment is built from, where the file says one.

    Raises:
        UserError: it is not YAML, or not a table.
    """
    image = environment_entry(text, name).get("base_image")
    return image if isinstance(image, str) and _IMAGE.fullmatch(image) else None


def _entry(environment: OverlayEnvironment, text: str) -> dict[str, Json]:
    entry: dict[str, Json] = {"name": environment.name}
    if environment.like is not None:
        system = environment_entry(text, environment.like).get("operating_system")
        if isinstance(system, dict) and all(isinstance(each, str) for each in system.values()):
            entry["operating_system"] = system
    entry["python_version"] = environment.python_version
    entry["recommendation_type"] = "latest"
    return entry


def _entries(document: dict[str, Json]) -> list[Json]:
    entries = document.get(_ENVIRONMENTS)
    return entries if isinstance(entries, list) else []
