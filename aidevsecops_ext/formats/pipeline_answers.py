"""Pipelines as the JSON that both faces answer with (``openapi.yaml``, ``--json``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..domain.engine import IssueLevel
from ..domain.pipeline import NodeKind
from .elyra_nodes import custody_of, position_of
from .elyra_pipeline import primary_of
from .overlay_answers import file_json
from .toml_text import tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.file_preview import FilePreview
    from ..domain.json_value import Json
    from ..domain.pipeline import Node, Parameter, Resources
    from ..domain.pipeline_findings import PipelineFinding
    from .elyra_pipeline import PipelineDocument


def pipeline_json(document: PipelineDocument, path: str) -> dict[str, Json]:
    """A pipeline with its nodes, in the order of the document."""
    pipeline = document.pipeline
    raw = {text_of(n, "id"): n for n in tables_of(primary_of(document.content), "nodes")}
    return {
        "path": path,
        "name": pipeline.name,
        "version": document.version,
        "runtime_type": pipeline.runtime_type.value,
        "default_image": pipeline.default_image,
        "default_environment": dict(pipeline.default_environment),
        "parameters": [_parameter_json(each) for each in pipeline.parameters],
        "nodes": [_node_json(node, raw.get(node.id, {})) for node in pipeline.nodes],
    }


def draft_json(
    document: PipelineDocument, preview: FilePreview, path: str, notes: Iterable[str]
) -> dict[str, Json]:
    """A pipeline as it would be written, or was, and how its file changes."""
    return {
        "pipeline": pipeline_json(document, path),
        "file": file_json(path, preview.state, preview.text, preview.diff()),
        "revision": preview.revision,
        "notes": [*notes],
    }


def report_json(
    document: PipelineDocument, path: str, findings: Iterable[PipelineFinding]
) -> dict[str, Json]:
    """What validating a pipeline found."""
    found = [*findings]
    return {
        "path": path,
        "name": document.pipeline.name,
        "version": document.version,
        "valid": not any(each.level is IssueLevel.ERROR for each in found),
        "findings": [
            {
                "level": each.level.value,
                "code": each.code,
                "message": each.message,
                "hint": each.hint,
                "node": each.node or None,
                "field": each.field or None,
            }
            for each in found
        ],
    }


def _node_json(node: Node, raw: dict[str, Json]) -> dict[str, Json]:
    custody, place = custody_of(raw), position_of(raw)
    return {
        "id": node.id,
        "name": node.name,
        "kind": node.kind.name.lower(),
        "operation": node.op,
        "file": node.file if node.kind is not NodeKind.OTHER else None,
        "image": node.image,
        "dependencies": [*node.dependencies],
        "include_subdirectories": node.include_subdirectories,
        "outputs": [*node.outputs],
        "environment": dict(node.environment),
        "resources": _resources_json(node.resources),
        "upstream": [*node.upstream],
        "parameters": [*node.parameters],
        "position": None if place is None else {"x": place.x, "y": place.y},
        "custody": None
        if custody is None
        else {
            "notebook": custody.notebook,
            "step": custody.step,
            "overlay": custody.overlay,
            "lock_hash": custody.lock,
        },
    }


def _resources_json(resources: Resources) -> dict[str, Json]:
    return {
        "cpu": resources.cpu,
        "cpu_limit": resources.cpu_limit,
        "memory": resources.memory,
        "memory_limit": resources.memory_limit,
        "gpu": resources.gpu,
        "gpu_vendor": resources.gpu_vendor,
    }


def _parameter_json(parameter: Parameter) -> dict[str, Json]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "default": parameter.default,
        "required": parameter.is_required,
    }
