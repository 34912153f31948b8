"""Pipelines as files: documents of Elyra's with the notebooks and scripts of their nodes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.kits.notebooks import notebook_text


def document_text(*nodes: dict[str, Any], parameters: tuple[dict[str, Any], ...] = ()) -> str:
    """A document whose nodes are ``{"name", "file", "after", ...component parameters}``."""
    return json.dumps(
        {
            "doc_type": "pipeline",
            "version": "3.0",
            "id": "1",
            "primary_pipeline": "p",
            "pipelines": [
                {
                    "id": "p",
                    "nodes": [_node(dict(node)) for node in nodes],
                    "app_data": {
                        "version": 8,
                        "properties": {
                            "name": "churn",
                            "runtime": "Generic",
                            "pipeline_parameters": [*parameters],
                        },
                        "ui_data": {"comments": []},
                    },
                    "runtime_ref": "",
                }
            ],
            "schemas": [],
        }
    )


def write_pipeline(path: Path, *nodes: dict[str, Any], **texts: str) -> None:
    """Write a document and the files of its nodes; ``texts`` are the codes by names of nodes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document_text(*nodes))
    for node in nodes:
        code = texts.get(node["name"], "print(1)")
        is_notebook = node["file"].endswith(".ipynb")
        (path.parent / node["file"]).write_text(notebook_text([code]) if is_notebook else code)


def _node(node: dict[str, Any]) -> dict[str, Any]:
    name, after = node.pop("name"), node.pop("after", ())
    file = node.pop("file")
    operation = "execute-notebook-node" if file.endswith(".ipynb") else "execute-python-node"
    return {
        "id": name,
        "type": "execution_node",
        "op": operation,
        "app_data": {
            "label": name,
            "component_parameters": {"filename": file, "runtime_image": "a/b:1", **node},
            "ui_data": {"label": name, "x_pos": 0, "y_pos": 0},
        },
        "inputs": [
            {
                "id": "inPort",
                "links": [
                    {"id": f"{other}-{name}", "node_id_ref": other, "port_id_ref": "outPort"}
                    for other in after
                ],
            }
        ],
        "outputs": [{"id": "outPort"}],
    }
