"""Lock files that repeat the version of the project itself: ``uv.lock`` and ``package-lock.json``.

A project whose lock says another version than its ``pyproject.toml`` fails with ``uv sync
--locked``. Every byte but the version stays.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ..domain.package_versions import package_version
from .toml_text import table_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# By the file that says the version.
_LOCKS: Mapping[str, str] = {"pyproject.toml": "uv.lock", "package.json": "package-lock.json"}
_OWN_PACKAGE = re.compile(
    r'^\[\[package\]\]\r?\nname = "[^"\n]+"\r?\nversion = "(?P<value>[^"\n]+)"\r?\n'
    r'source = \{ (?:editable|virtual) = "\." \}',
    re.M,
)
_MEMBER = re.compile(r'"version"\s*:\s*"(?P<value>[^"\\\n]+)"')


def lock_beside(path: str) -> str | None:
    """The lock that repeats the version which that file says; None where there is none of them."""
    return _LOCKS.get(path)


def with_locked_version(path: str, text: str, version: str) -> str:
    """The lock with another version of the project; as it is where it does not say one."""
    if path == "uv.lock":
        return _OWN_PACKAGE.sub(lambda found: _put(found, _python_version(version)), text, count=1)
    try:
        return _npm_lock(text, version)
    except (ValueError, RecursionError):
        return text


def _npm_lock(text: str, version: str) -> str:
    document = json.loads(text)
    # The project itself comes first: once, and again among the packages in newer formats.
    own = table_of(document, "packages", "")
    tables = [table for table in (document, own) if text_of(table, "version")]
    for table in tables:
        table["version"] = version
    if not tables:
        return text
    changed = _MEMBER.sub(lambda found: _put(found, version), text, count=len(tables))
    return changed if json.loads(changed) == document else text


def _put(found: re.Match[str], version: str) -> str:
    start, end = (place - found.start() for place in found.span("value"))
    return found[0][:start] + version + found[0][end:]


def _python_version(version: str) -> str:
    """The version as Python's tools write it: ``1.3.0rc1``."""
    return str(package_version(version) or version)
