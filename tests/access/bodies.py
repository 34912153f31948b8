"""Requests that fit the contract, with paths of somebody's choice in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.kits.contract import load_contract
from tests.server.notebooks import make_notebook

from .routes import Operation

# Fields that name files.
_PATHS = ("path", "folder", "out", "overlay")


def fitting_body(operation: Operation) -> dict[str, Any] | None:
    """The smallest body that fits the contract; None where it has none."""
    body = described(operation).get("requestBody")
    if body is None:
        return None
    fitting: dict[str, Any] = smallest(body["content"]["application/json"]["schema"])
    return fitting


def with_paths(operation: Operation, path: str) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Each way to name that path in a request that fits else: the address, and the body."""
    for given in _parameters(operation):
        if given["name"] in _PATHS:
            query = {given["name"]: path}
            others = [p for p in _parameters(operation) if p.get("required") and p["in"] == "query"]
            query |= {p["name"]: smallest(p["schema"]) for p in others if p["name"] not in query}
            yield f"{operation.at()}?{urlencode(query)}", fitting_body(operation)
    body = fitting_body(operation)
    for field, schema in _properties(operation).items():
        if field in _PATHS and schema.get("type") == "string":
            alone = {k: v for k, v in (body or {}).items() if k not in {"folder", "path", field}}
            kept = {} if field in {"folder", "path"} else {"path": "nb.ipynb"}
            fits = {k: v for k, v in kept.items() if k in _properties(operation)}
            yield operation.at(), {**alone, **fits, field: path}


def described(operation: Operation) -> dict[str, Any]:
    """What the document says of an operation, with the parameters of its address."""
    for address, methods in load_contract()["paths"].items():
        pattern = re.sub(r"\{\w+\}", "{}", address)
        if operation.address.endswith(f"/aidevsecops-ext{pattern}"):
            shared = {"parameters": methods.get("parameters", [])}
            found = methods[operation.method.lower()]
            return {**found, "parameters": [*shared["parameters"], *found.get("parameters", [])]}
    raise AssertionError(f"{operation} is not in the contract")


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    return [resolved(each) for each in described(operation)["parameters"]]


def _properties(operation: Operation) -> dict[str, dict[str, Any]]:
    body = described(operation).get("requestBody")
    if body is None:
        return {}
    schema = resolved(body["content"]["application/json"]["schema"])
    return {name: resolved(each) for name, each in schema.get("properties", {}).items()}


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """The schema or parameter itself, where another place of the document has it."""
    if "$ref" not in node:
        return node
    found: Any = load_contract()
    for step in node["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return resolved(found)


def smallest(node: dict[str, Any]) -> Any:
    """The smallest value that fits a schema."""
    schema = resolved(node)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    if kind == "object":
        needed = list(schema.get("required", []))
        for choice in ("anyOf", "oneOf"):
            needed += schema[choice][0]["required"] if choice in schema else []
        known = schema.get("properties", {})
        return {
            name: make_notebook("1") if name == "notebook" else smallest(known[name])
            for name in needed
        }
    if kind == "array":
        return [smallest(schema["items"])] * schema.get("minItems", 0)
    if kind in {"integer", "number"}:
        return schema.get("minimum", 0)
    return False if kind == "boolean" else "x"
