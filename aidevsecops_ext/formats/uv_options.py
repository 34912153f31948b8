"""``uv.toml`` and ``[tool.uv]`` of strangers: which of their settings steer uv somewhere.

Most say how the project itself is resolved, and are nobody's danger. Others name an index, a folder
of packages, a host whose certificate does not count, a proxy, a keyring, a program or a place to
write to: whatever is not known to be harmless counts as one of these.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..domain.json_value import Json

_PIP = "pip"
_ADDRESSES = ("index-url", "default-index", "extra-index-url", "find-links")
_HARMLESS_KEYS = """
resolution prerelease fork-strategy exclude-newer exclude-newer-package required-version
environments required-environments conflicts python-version python-platform universal no-binary
no-binary-package no-build no-build-package only-binary no-sources no-sources-package no-deps extra
all-extras no-extra upgrade upgrade-package strict package managed workspace sources
dev-dependencies default-groups dependency-groups build-backend cache-keys add-bounds publish-url
check-url trusted-publishing reinstall reinstall-package link-mode compile-bytecode
concurrent-builds concurrent-downloads concurrent-installs no-cache offline no-index native-tls
system-certs preview preview-features python-preference python-downloads no-progress color
generate-hashes require-hashes no-header no-annotate annotation-style custom-compile-command
no-strip-extras no-strip-markers no-emit-package emit-index-url emit-find-links emit-build-options
emit-marker-expression emit-index-annotation allow-empty-requirements
"""
_HARMLESS = frozenset(_HARMLESS_KEYS.split())
# Names of packages are harmless in them, addresses are not.
_PACKAGE_KEYS = """
constraint-dependencies override-dependencies build-constraint-dependencies exclude-dependencies
dependency-metadata extra-build-dependencies
"""
_WITH_PACKAGES = frozenset(_PACKAGE_KEYS.split())


class Steering(Struct, frozen=True):
    """The indexes that a table names, by name and address, and its other settings that count."""

    indexes: tuple[tuple[str, str], ...] = ()
    settings: tuple[str, ...] = ()


def steering(options: Mapping[str, Json]) -> Steering:
    """What in a ``[tool.uv]`` steers uv."""
    pip = options.get(_PIP)
    tables = [("", options), *([(f"{_PIP}.", pip)] if isinstance(pip, dict) else [])]
    return Steering(
        tuple(dict.fromkeys(index for _, table in tables for index in _indexes(table))),
        tuple(prefix + key for prefix, table in tables for key in _steering_keys(table)),
    )


def _indexes(table: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    for index in _entries(table.get("index")):
        if isinstance(index, dict):
            yield str(index.get("name", "")), str(index.get("url", ""))
        else:
            yield "", str(index)
    for key in _ADDRESSES:
        for address in _entries(table.get(key)):
            yield "", str(address)


def _entries(value: Json) -> list[Json]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _steering_keys(table: Mapping[str, Json]) -> Iterator[str]:
    for key, value in table.items():
        if key in _HARMLESS or key in (_PIP, "index", *_ADDRESSES):
            continue
        if key not in _WITH_PACKAGES or _has_address(value):
            yield key


def _has_address(value: Json) -> bool:
    text = json.dumps(value, default=str)
    return "@" in text or "://" in text
