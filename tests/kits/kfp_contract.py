"""Exchanges with Kubeflow Pipelines, held against the description that it publishes of its API.

``AIDEVSECOPS_SPECS`` names the folder of ``kfp-v2beta1.swagger.json`` (Swagger 2.0).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.kits.kfp_service import ROOT
from tests.kits.loopback import Heard, Loopback, Said
from tests.kits.specs import description

_FILE = description("kfp-v2beta1.swagger.json")
_URI = "urn:kfp"

needs_kfp_api = pytest.mark.skipif(
    _FILE is None,
    reason="AIDEVSECOPS_SPECS names no folder with the description of Kubeflow Pipelines' API",
)


def faults_of(served: Loopback) -> list[str]:
    """What in the exchanges is not as the service describes it."""
    return [
        f"{heard.method} {heard.path}: {fault}"
        for heard, said in served.exchanges
        if heard.path.startswith(f"{ROOT}/apis/")
        for fault in _faults(heard, said)
    ]


@cache
def _description() -> dict[str, Any]:
    assert _FILE is not None
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))


def _faults(heard: Heard, said: Said) -> Iterator[str]:
    path = heard.path.removeprefix(ROOT)
    templates = sorted(_description()["paths"], key=lambda known: known.count("{"))
    template = next(
        (known for known in templates if re.fullmatch(_pattern(known), path)), "no such path"
    )
    operation = _description()["paths"].get(template, {}).get(heard.method.lower())
    if operation is None:
        yield "there is no such operation"
        return
    parameters = operation.get("parameters", [])
    known = {one["name"] for one in parameters if one["in"] == "query"}
    yield from (f"there is no parameter {name}" for name in heard.query if name not in known)
    bodies = [one["schema"] for one in parameters if one["in"] == "body"]
    if bodies:
        yield from _violations(bodies[0], json.loads(heard.body))
    answer = operation["responses"].get(str(said.status), operation["responses"]["default"])
    yield from _violations(answer.get("schema", {}), json.loads(said.body))


def _pattern(template: str) -> str:
    return re.sub(r"\{[^}]+\}", "[^/:]+", template)


def _violations(schema: dict[str, Any], value: Any) -> Iterator[str]:
    resource = DRAFT4.create_resource(_absolute(_description()))
    registry: Registry[Any] = Registry().with_resource(_URI, resource)
    validator = OAS30Validator(_absolute(schema), registry=registry)
    for error in validator.iter_errors(value):
        yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def _absolute(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_absolute(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": f"{_URI}{schema['$ref']}"}
    return {key: _absolute(value) for key, value in schema.items()}
