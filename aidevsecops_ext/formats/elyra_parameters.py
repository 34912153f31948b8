"""Values of parameters and of nodes' properties in Elyra's documents."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from .elyra_pipeline import primary_of
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..domain.json_value import Json
    from ..domain.pipeline_findings import Correction

_TRUE = frozenset({"true", "1", "yes"})


def with_values(content: dict[str, Json], values: Mapping[str, str]) -> dict[str, Json]:
    """The document of version 8 with these values, which fit, as defaults of its parameters."""
    if not values:
        return content
    changed = copy.deepcopy(content)
    primary = text_of(changed, "primary_pipeline")
    for pipeline in tables_of(changed, "pipelines"):
        if text_of(pipeline, "id") == primary:
            properties = table_of(pipeline, "app_data", "properties")
            for parameter in tables_of(properties, "pipeline_parameters"):
                name = text_of(parameter, "name")
                default = table_of(parameter, "default_value")
                if name in values:
                    kind = text_of(default, "type")
                    parameter["default_value"] = {**default, "value": _value(values[name], kind)}
    return changed


def with_corrections(
    content: dict[str, Json], corrections: Iterable[Correction]
) -> dict[str, Json]:
    """The document of version 8 with these values; one that all nodes have is changed for all."""
    changed = copy.deepcopy(content)
    primary = primary_of(changed)
    nodes = {text_of(node, "id"): node for node in tables_of(primary, "nodes")}
    defaults = table_of(primary, "app_data", "properties", "pipeline_defaults")
    for correction in corrections:
        own = table_of(nodes[correction.node], "app_data", "component_parameters")
        place = own if text_of(own, correction.field) else defaults
        place[correction.field] = correction.value
    return changed


def _value(text: str, kind: str) -> Json:
    match kind:
        case "Integer":
            return int(text) if text else None
        case "Float":
            return float(text) if text else None
        case "Bool":
            return text.lower() in _TRUE
        case _:
            return text
