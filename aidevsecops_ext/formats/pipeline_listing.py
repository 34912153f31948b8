"""A pipeline in a list as JSON (``openapi.yaml``): what a face shows of it before it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.pipeline import NodeKind

if TYPE_CHECKING:
    from ..domain.errors import AidevsecopsError
    from ..domain.json_value import Json
    from ..domain.pipeline import Node, Parameter, Pipeline


def entry_json(path: str, pipeline: Pipeline | None, error: AidevsecopsError | None) -> Json:
    """A pipeline with its nodes as the document has them, or why it cannot be read."""
    nodes = () if pipeline is None else pipeline.nodes
    names = {node.id: node.name for node in nodes}
    return {
        "path": path,
        "runtime_type": "" if pipeline is None else pipeline.runtime_type.value,
        "nodes": [_node(node, names) for node in nodes],
        "parameters": [_parameter(each) for each in (pipeline.parameters if pipeline else ())],
        "error": None
        if error is None
        else {"code": error.code.value, "message": error.message, "hint": error.hint},
    }


def _node(node: Node, names: dict[str, str]) -> Json:
    return {
        "name": node.name,
        "file": node.file,
        "upstream": [names[id_] for id_ in node.upstream if id_ in names],
        "runs_here": node.kind is not NodeKind.OTHER,
    }


def _parameter(parameter: Parameter) -> Json:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "default": parameter.default,
        "is_required": parameter.is_required,
    }
