"""Writes what the server checks bodies against, in JSON: reading YAML takes a server too long.

``python -m scripts.request_schemas``, which ``jlpm generate:api`` does too.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

_SERVER = Path(__file__).parents[1] / "aidevsecops_ext" / "server"
SOURCE, TARGET = _SERVER / "openapi.yaml", _SERVER / "request_schemas.json"


def request_schemas_text() -> str:
    """The components of ``openapi.yaml`` as JSON Schema 2020-12."""
    document = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    components = {"schemas": _to_json_schema(document["components"]["schemas"])}
    return json.dumps({"components": components}, ensure_ascii=False, indent=1) + "\n"


def _to_json_schema(node: Any) -> Any:
    """The same in JSON Schema, which has no ``nullable``, and without what only people read."""
    if isinstance(node, list):
        return [_to_json_schema(each) for each in node]
    if not isinstance(node, dict):
        return node
    converted = {
        key: _to_json_schema(value)
        for key, value in node.items()
        if key not in {"nullable", "example"} and not (key == "description" and _is_text(value))
    }
    if node.get("nullable") is True:
        converted["type"] = [converted["type"], "null"]
    return converted


def _is_text(value: object) -> bool:
    """True for a description, which may also be the name of a property."""
    return isinstance(value, str)


if __name__ == "__main__":
    TARGET.write_text(request_schemas_text(), encoding="utf-8")
