"""Elyra's files of runtime configurations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..domain.runtime import EngineKind, RuntimeConfiguration
from .toml_text import table_of, text_of

if TYPE_CHECKING:
    from ..domain.json_value import Json


def read_runtime(text: str, name: str) -> RuntimeConfiguration:
    """The configuration that a file of that name holds.

    Raises:
        ValueError: it holds none, or one for an engine that is not known; the message says which.
    """
    try:
        document: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON") from error
    schema = text_of(document, "schema_name")
    # What is no object has no schema, either.
    kind = next((kind for kind in EngineKind if kind.value == schema), None)
    if kind is None:
        raise ValueError(f"it is for the engine '{schema}'" if schema else "it names no engine")
    metadata = table_of(document, "metadata")
    display_name = text_of(document, "display_name") or name
    return RuntimeConfiguration(name, display_name, kind, metadata)


def write_runtime(configuration: RuntimeConfiguration) -> str:
    """The text of the file of a configuration, its secrets included."""
    document: dict[str, Json] = {
        "display_name": configuration.display_name,
        "metadata": dict(configuration.metadata),
        "schema_name": configuration.kind.value,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
