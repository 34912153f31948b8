"""Requests that fit the contract, with paths of somebody's choice in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.kits.contract import load_contract
from tests.server.notebooks import make_notebook

from .routes import Operation

# Fields that name files; a ``paths`` is a list of them.
_PATHS = ("path", "folder", "out", "overlay")
_LISTS = ("paths", "files")


def fitting_body(operation: Operation) -> dict[str, Any] | None:
    """The smallest body that fits the contract; None where it has none."""
    described = _described(operation).get("requestBody")
    if described is None:
        return None
    schema = described["content"]["application/json"]["schema"]
    body: dict[str, Any] = _smallest(schema)
    return body


def with_paths(operation: Operation, path: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Each way to name that path in a request that fits else: the address, and the body."""
    for given in _parameters(operation):
        if given["name"] in _PATHS:
            query = {given["name"]: path}
            others = [p for p in _parameters(operation) if p.get("required") and p["in"] == "query"]
            query |= {p["name"]: _smallest(p["schema"]) for p in others if p["name"] not in query}
            yield f"{operation.at()}?{urlencode(query)}", fitting_body(operation)
    body = fitting_body(operation)
    for field, schema in _properties(operation).items():
        if field in _PATHS and schema.get("type") == "string":
            alone = {k: v for k, v in (body or {}).items() if k not in {"folder", "path", field}}
            kept = {} if field in {"folder", "path"} else {"path": "nb.ipynb"}
            fits = {k: v for k, v in kept.items() if k in _properties(operation)}
            yield operation.at(), {**alone, **fits, field: path}


def _described(operation: Operation) -> dict[str, Any]:
    for address, methods in load_contract()["paths"].items():
        pattern = re.sub(r"\{\w+\}", "{}", address)
        if operation.address.endswith(f"/aidevsecops-ext{pattern}"):
            shared = {"parameters": methods.get("parameters", [])}
            found = methods[operation.method.lower()]
            return {**found, "parameters": [*shared["parameters"], *found.get("parameters", [])]}
    raise AssertionError(f"{operation} is not in the contract")


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    return [_resolved(each) for each in _described(operation)["parameters"]]


def _properties(operation: Operation) -> dict[str, dict[str, Any]]:
    described = _described(operation).get("requestBody")
    if described is None:
        return {}
    schema = _resolved(described["content"]["application/json"]["schema"])
    return {name: _resolved(each) for name, each in schema.get("properties", {}).items()}


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in node:
        return node
    found: Any = load_contract()
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return _resolved(found)


def _smallest(node: dict[str, Any]) -> Any:
    schema = _resolved(node)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        needed = list(schema.get("required", []))
        for choice in ("anyOf", "oneOf"):
            needed += schema[choice][0]["required"] if choice in schema else []
        known = schema.get("properties", {})
        return {
            name: make_notebook("1") if name == "notebook" else _smallest(known[name])
            for name in needed
        }
    if kind == "array":
        return [_smallest(schema["items"])] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 0)
    return False if kind == "boolean" else "x"
