"""The hash that ties a Pipfile.lock to its Pipfile.

It is the SHA-256 of a compact JSON text with sorted keys. Three ways of computing it are in use:

- pipenv since 2025 writes package names in their normalised form and counts custom categories;
- pipenv before counted custom categories and took names as they are;
- jupyterlab-requirements and micropipenv take names as they are and know no categories.

They agree wherever names are normalised and there are no categories, which is how this package
writes Pipfiles; :func:`is_hash_of` accepts all three for locks made by others.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...domain.names import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...domain.json_value import Json

_SECTIONS = frozenset(
    {"source", "packages", "dev-packages", "requires", "scripts", "pipfile", "pipenv"}
    # Thoth's own section holds settings, not packages; pipenv itself cannot read a file with it.
    | {"thoth", "default", "develop"}
)


def hash_of(pipfile: Mapping[str, Json]) -> str:
    """The hash as the current pipenv computes it."""
    return _hash(pipfile, is_normalised=True, has_categories=True)


def is_hash_of(pipfile: Mapping[str, Json], value: str) -> bool:
    """True when a tool that writes Pipfile locks would record ``value`` for this Pipfile."""
    return value == hash_of(pipfile) or any(
        value == _hash(pipfile, is_normalised=False, has_categories=has_categories)
        for has_categories in (True, False)
    )


def _hash(pipfile: Mapping[str, Json], *, is_normalised: bool, has_categories: bool) -> str:
    def packages(section: Json) -> Json:
        if not is_normalised or not isinstance(section, dict):
            return section
        return {canonicalize_name(name): value for name, value in section.items()}

    counted: dict[str, Json] = {
        "_meta": {
            "sources": pipfile.get("source", []),
            "requires": pipfile.get("requires", {}),
        },
        "default": packages(pipfile.get("packages", {})),
        "develop": packages(pipfile.get("dev-packages", {})),
    }
    if has_categories:
        for name, section in pipfile.items():
            if name not in _SECTIONS:
                counted[name] = packages(section)
    text = json.dumps(counted, sort_keys=True, separators=(",", ":"))
    # Here and not above: it loads OpenSSL, and a lock needs it only when uv is done.
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()
