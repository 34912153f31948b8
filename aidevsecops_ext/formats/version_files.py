"""Files that say a project's version: where they say it, and the same file with another one.

Read are those that Kebechet read (a line ``__version__ = "1.2.3"`` in a few Python files), and
the version of a project in ``pyproject.toml`` (https://packaging.python.org/specifications) and in
``package.json``. Every byte but the version stays.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct

from .toml_text import parse_toml, table_of, text_of

_PYTHON_FILES = frozenset(
    {"setup.py", "__init__.py", "__about__.py", "version.py", "_version.py", "app.py", "wsgi.py"}
)
_ASSIGNED = re.compile(
    r"""^(?:__version__(?:[ \t]*:[ \t]*str)?|[ \t]*version)[ \t]*=[ \t]*"""
    r"""(["'])(?P<value>[^"'\n]+)\1""",
    re.M,
)
_MEMBER = re.compile(r'"version"\s*:\s*"(?P<value>[^"\\\n]+)"')
# No project has this version: what a parser reads after it was put in was put in the right place.
_PROBE = "0.0.0+aidevsecops.probe"


class FoundVersion(Struct, frozen=True):
    """A version in a text: ``start`` and ``end`` are where it stands, ``line`` counts from 1."""

    value: str
    line: int
    start: int
    end: int


def is_version_file(path: str) -> bool:
    """True for a file that may say the version; those of tests and hidden folders do not."""
    *folders, name = path.split("/")
    if name in _READERS:
        return not folders
    is_own = not any(folder.startswith(".") or folder in {"test", "tests"} for folder in folders)
    return name in _PYTHON_FILES and is_own


def version_in(path: str, text: str) -> FoundVersion | None:
    """Where that file says a version; None where it says none, or finds it out when it runs."""
    name = path.rpartition("/")[2]
    if name not in _READERS:
        lines = (match for match in _ASSIGNED.finditer(text) if match[0].startswith("__version__"))
        return next((_at(text, match) for match in lines), None)
    read, pattern = _READERS[name]
    try:
        places = [_at(text, match) for match in pattern.finditer(text)] if read(text) else []
        proved = (at for at in places if read(_put(text, at, _PROBE)) == _PROBE)
        return next(proved, None)
    except (ValueError, RecursionError):
        return None


def with_version(path: str, text: str, version: str) -> str:
    """The file with another version where it says one."""
    found = version_in(path, text)
    return _put(text, found, version) if found else text


def _put(text: str, found: FoundVersion, version: str) -> str:
    return text[: found.start] + version + text[found.end :]


def _at(text: str, match: re.Match[str]) -> FoundVersion:
    start, end = match.span("value")
    return FoundVersion(match["value"], text.count("\n", 0, start) + 1, start, end)


def _toml_version(text: str) -> str:
    """The version of the project, by the standard or as Poetry has it; empty for none."""
    document = parse_toml(text)
    tables = (table_of(document, "project"), table_of(document, "tool", "poetry"))
    return next(filter(None, (text_of(table, "version") for table in tables)), "")


def _json_version(text: str) -> str:
    return text_of(json.loads(text), "version")


_READERS = {"pyproject.toml": (_toml_version, _ASSIGNED), "package.json": (_json_version, _MEMBER)}
