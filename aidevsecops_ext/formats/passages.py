"""The texts of a file that secrets can be in, decoded as people see them."""

from __future__ import annotations

import json
import re
from html import unescape
from posixpath import basename
from typing import TYPE_CHECKING

import msgspec

from ..domain.secrets_found import Passage, PassagePart
from .json_reading import require_light

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# Pictures, fonts and the like within a text: long, random, and no secret.
_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=-]+)*;base64,[A-Za-z0-9+/=]+")
_LOCK_NAMES = frozenset(
    {
        *("Pipfile.lock", "poetry.lock", "uv.lock", "pdm.lock", "pixi.lock", "conda-lock.yml"),
        *("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"),
        *("Cargo.lock", "Gemfile.lock", "composer.lock", "go.sum"),
    }
)
_PYLOCK = re.compile(r"pylock(\.[^.]+)?\.toml")
_HASHES = frozenset({"hash", "hashes", "sha256", "digest"})


def passages_of(path: str, text: str) -> tuple[Passage, ...]:
    """What to look through: a notebook cell by cell, without pictures and ids; others as they are.

    Of a lock only the addresses count.
    """
    if path.endswith(".ipynb"):
        notebook = _notebook(text)
        if notebook is not None:
            return tuple(_of_notebook(path, notebook))
    return (Passage(path, _without_embedded(text), is_addresses_only=is_lock(path)),)


def is_lock(path: str) -> bool:
    """True for a file that holds hashes of packages."""
    name = basename(path)
    return name in _LOCK_NAMES or _PYLOCK.fullmatch(name) is not None


def _notebook(text: str) -> dict[str, Json] | None:
    try:
        value: Json = _decoded(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("cells"), list) else None


def _decoded(text: str) -> Json:
    require_light(text)
    try:
        # Many times as fast, but strict: NaN, which Python writes, is no JSON.
        value: Json = msgspec.json.decode(text)
    except (ValueError, UnicodeEncodeError):
        value = json.loads(text)
    return value


def _of_notebook(path: str, notebook: Mapping[str, Json]) -> Iterator[Passage]:
    said = "\n".join(_members(notebook.get("metadata")))
    if said:
        yield Passage(path, said, PassagePart.METADATA)
    cells = notebook.get("cells")
    for index, cell in enumerate(cells if isinstance(cells, list) else ()):
        if not isinstance(cell, dict):
            continue
        source = _joined(cell.get("source"))
        if source:
            yield Passage(path, _without_embedded(source), PassagePart.SOURCE, index)
        shown = "\n".join(_shown(cell.get("outputs")))
        if shown:
            yield Passage(path, _without_embedded(shown), PassagePart.OUTPUT, index)
        said = "\n".join(_members(cell.get("metadata")))
        if said:
            yield Passage(path, said, PassagePart.METADATA, index)


def _shown(outputs: Json) -> Iterator[str]:
    for output in outputs if isinstance(outputs, list) else ():
        if not isinstance(output, dict):
            continue
        kind = output.get("output_type")
        if kind == "stream":
            yield _plain(_joined(output.get("text")))
        elif kind == "error":
            trace = output.get("traceback")
            lines = trace if isinstance(trace, list) else []
            yield _plain("\n".join(line for line in lines if isinstance(line, str)))
            yield _plain(_joined(output.get("evalue")))
        else:
            yield from _of_bundle(output.get("data"))


def _of_bundle(data: Json) -> Iterator[str]:
    for mime, value in data.items() if isinstance(data, dict) else ():
        if mime == "text/html":
            yield unescape(_joined(value))
        elif mime == "application/json":
            yield "\n".join(_members(value))
        elif mime.startswith("text/"):
            yield _plain(_joined(value))


def _members(value: Json, name: str = "") -> Iterator[str]:
    """Each text in a JSON value with its name, a line each, as it would stand in JSON."""
    if isinstance(value, dict):
        for key, member in value.items():
            if key not in _HASHES:
                yield from _members(member, key)
    elif isinstance(value, list):
        for member in value:
            yield from _members(member, name)
    elif isinstance(value, str) and value:
        yield f'"{name}": "{_without_embedded(" ".join(value.split()))}"'


def _joined(value: Json) -> str:
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else ""


def _plain(text: str) -> str:
    """The text without the colours of a terminal: they would stand within a password's line."""
    return _ESCAPES.sub("", text) if "\x1b" in text else text


def _without_embedded(text: str) -> str:
    return _EMBEDDED.sub("data:", text) if ";base64," in text else text
