"""Request bodies held against the schemas of ``openapi.yaml``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.errors import ErrorCode, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jsonschema import ValidationError  # type: ignore[import-untyped]
    from jsonschema.protocols import Validator  # type: ignore[import-untyped]

    from ..domain.json_value import Json

# Generated; reading the YAML would hold up all other threads for a while.
_SCHEMAS = Path(__file__).with_name("request_schemas.json")

_TYPES = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}


def check_body(schema: str, body: Json) -> dict[str, Json]:
    """The body, which is what the schema of that name says.

    Raises:
        UserError: it is not; the message names the field, and never repeats its value.
    """
    errors = list(_validator(schema).iter_errors(body))
    if errors:
        from jsonschema.exceptions import relevance  # type: ignore[import-untyped]

        field, complaint = _explain(max(errors, key=relevance))
        raise UserError(
            ErrorCode.REQUEST_INVALID,
            f"The request is not valid: {field or 'the body'} {complaint}.",
            hint="See the reference of the REST interface.",
            details={"field": field},
        )
    assert isinstance(body, dict)  # noqa: S101 (every schema of a body is an object's)
    return body


@cache
def _validator(schema: str) -> Validator:
    # Imported late: a server that nobody asks anything should start fast.
    from jsonschema import Draft202012Validator

    schemas = json.loads(_SCHEMAS.read_text(encoding="utf-8"))
    return Draft202012Validator({"$ref": f"#/components/schemas/{schema}", **schemas})


def _explain(error: ValidationError) -> tuple[str, str]:
    """The field, and what is wrong with it in words that do not repeat what was sent."""
    path = list(error.absolute_path)
    if error.validator == "required":
        missing = next(name for name in error.validator_value if name not in error.instance)
        return _name([*path, missing]), "is missing"
    if error.validator == "additionalProperties":
        unknown = min(set(error.instance) - set(error.schema["properties"]))
        # A name comes from the request too, and may be as long as that.
        return _name([*path, unknown[:80]]), "is not known"
    if error.validator == "type":
        allowed = error.validator_value
        names = [allowed] if isinstance(allowed, str) else allowed
        return _name(path), f"must be {' or '.join(_TYPES[name] for name in names)}"
    if error.validator in {"anyOf", "oneOf"}:
        return _explain_choice(error, path)
    if error.validator == "minLength":
        return _name(path), "must not be empty"
    return _name(path), f"does not fit: {error.validator} {error.validator_value}"


def _explain_choice(error: ValidationError, path: list[str | int]) -> tuple[str, str]:
    """Which fields one has to be chosen of; our schemas use choices for nothing else."""
    names = [choice["required"][0] for choice in error.validator_value]
    together = ", and not both" if error.validator == "oneOf" else ""
    return _name([*path, names[0]]), f"or {' or '.join(names[1:])} must be given{together}"


def _name(path: Iterable[str | int]) -> str:
    """A field as it would be written in code: ``add[0].name``."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step}"
    return name.removeprefix(".")
