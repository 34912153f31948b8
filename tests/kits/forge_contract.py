"""The exchanges with a forge, held against the description that the forge publishes of its API.

``AIDEVSECOPS_SPECS`` names a folder that may hold them: ``api.github.com.json`` (OpenAPI 3.0, from
the npm package ``@octokit/openapi``, which ``make unit`` fetches) and ``gitea-v1.swagger.json``
(Swagger 2.0). GitLab's is in no package of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from aidevsecops_ext.domain.forge import ForgeKind
from tests.kits.forge_server import Exchange
from tests.kits.specs import description

_FILES = {ForgeKind.GITHUB: "api.github.com.json", ForgeKind.GITEA: "gitea-v1.swagger.json"}
_URI = "urn:description"


def is_published(kind: ForgeKind) -> bool:
    """True where a forge publishes a description that answers can be held against."""
    return kind in _FILES


def is_described(kind: ForgeKind) -> bool:
    """True where the description of a forge is given."""
    return is_published(kind) and description(_FILES[kind]) is not None


def faults_of(kind: ForgeKind, exchanges: list[Exchange]) -> list[str]:
    """What in the exchanges is not as the forge describes it."""
    return [
        f"{one.method} {one.path}: {fault}"
        for one in exchanges
        for fault in _faults(_description(kind), kind, one)
    ]


@cache
def _description(kind: ForgeKind) -> dict[str, Any]:
    file = description(_FILES[kind])
    assert file is not None
    return dict(json.loads(file.read_text(encoding="utf-8")))


@cache
def _paths(kind: ForgeKind) -> list[tuple[re.Pattern[str], str]]:
    """The patterns of all paths, those with the fewest names that may be anything first."""
    templates = sorted(_description(kind)["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path) for path in templates]


@cache
def _registry(kind: ForgeKind) -> Registry[Any]:
    meant = _absolute(_description(kind))
    known: Registry[Any] = Registry().with_resource(_URI, DRAFT4.create_resource(meant))
    return known


def _faults(description: dict[str, Any], kind: ForgeKind, one: Exchange) -> Iterator[str]:
    template = next((path for found, path in _paths(kind) if found.fullmatch(one.path)), None)
    operation = description["paths"].get(template, {}).get(one.method.lower())
    if operation is None:
        yield "there is no such operation"
        return
    parameters = [_resolved(description, each) for each in operation.get("parameters", [])]
    known = {each["name"] for each in parameters if each["in"] == "query"}
    yield from (f"there is no parameter {name}" for name in one.query if name not in known)
    if one.body:
        yield from _violations(kind, _body_schema(description, operation), json.loads(one.body))
    answers = {code: _resolved(description, each) for code, each in operation["responses"].items()}
    answer = answers.get(str(one.status), answers.get("default"))
    if answer is None:
        # Anybody may be refused, whether that is written down or not.
        if one.status not in {401, 403, 404, 422, 500, 502, 503}:
            yield f"there is no answer {one.status}"
    elif one.status < 300 and one.answer:
        yield from _violations(kind, _schema(answer), json.loads(one.answer))


def _body_schema(description: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any]:
    if "requestBody" in operation:
        return _schema(_resolved(description, operation["requestBody"]))
    found = [each for each in operation.get("parameters", []) if each.get("in") == "body"]
    return dict(found[0]["schema"]) if found else {"not": {}}


def _schema(part: dict[str, Any]) -> dict[str, Any]:
    if "content" in part:
        return dict(part["content"]["application/json"]["schema"])
    return dict(part.get("schema", {}))


def _violations(kind: ForgeKind, schema: dict[str, Any], value: Any) -> Iterator[str]:
    # Swagger 2.0 cannot say that something may be null.
    held = _without_nulls(value) if kind is ForgeKind.GITEA else value
    validator = OAS30Validator(
        _absolute(schema), registry=_registry(kind), format_checker=OAS30Validator.FORMAT_CHECKER
    )
    for error in validator.iter_errors(held):
        # Of several shapes, what keeps it from being the one that comes nearest.
        nearest = best_match([error]) or error
        yield f"{'/'.join(map(str, nearest.absolute_path))}: {nearest.message[:200]}"


def _absolute(schema: Any) -> Any:
    """The schema with references that lead into the whole description, as it is meant.

    GitHub's says "one of" for shapes that overlap, and leaves null out of what may be null.
    """
    if isinstance(schema, list):
        return [_absolute(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    meant = {
        "anyOf" if key == "oneOf" else key: f"{_URI}{value}" if key == "$ref" else _absolute(value)
        for key, value in schema.items()
        # It only says which of several shapes to look at first.
        if key != "discriminator"
    }
    if schema.get("nullable") and "enum" in schema:
        meant["enum"] = [*schema["enum"], None]
    return meant


def _resolved(description: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found: Any = description
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value
