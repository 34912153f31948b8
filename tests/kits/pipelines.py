"""Small documents of Elyra's, and files with the notebooks and scripts of their nodes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.kits.notebooks import notebook_text

if TYPE_CHECKING:
    from pathlib import Path

    from aidevsecops_ext.domain.json_value import Json


def node(
    name: str, *upstream: str, op: str = "execute-notebook-node", **parameters: Json
) -> dict[str, Json]:
    """A node of version 8, called like its id, that runs after others."""
    return {
        "id": name,
        "type": "execution_node",
        "op": op,
        "app_data": {
            "component_parameters": {"filename": f"{name}.ipynb", **parameters},
            "label": name,
            "ui_data": {"label": name, "x_pos": 40, "y_pos": 40},
        },
        "inputs": [
            {
                "id": "inPort",
                "links": [
                    {"id": f"{other}-{name}", "node_id_ref": other, "port_id_ref": "outPort"}
                    for other in upstream
                ],
            }
        ],
        "outputs": [{"id": "outPort"}],
    }


def old_node(name: str, *upstream: str, **app_data: Json) -> dict[str, Json]:
    """A node of version 3."""
    new = node(name, *upstream)
    flat = {"filename": f"{name}.ipynb", **app_data, "invalidNodeError": None}
    return {**new, "app_data": {**flat, "ui_data": {"label": name, "x_pos": 1.5, "y_pos": 2.5}}}


def document(*nodes: Json, version: Json = 8, **app_data: Json) -> dict[str, Json]:
    """A document with these nodes; ``app_data`` is of its pipeline."""
    properties: dict[str, Json] = {} if version != 8 else {"properties": {"name": "p"}}
    return {
        "doc_type": "pipeline",
        "version": "3.0",
        "id": "d",
        "primary_pipeline": "primary",
        "pipelines": [
            {
                "id": "primary",
                "nodes": [*nodes],
                "app_data": {
                    "ui_data": {"comments": []},
                    "version": version,
                    **properties,
                    **app_data,
                },
                "runtime_ref": "",
            }
        ],
        "schemas": [],
    }


def text(*nodes: Json, version: Json = 8, **app_data: Json) -> str:
    """The same as text."""
    return json.dumps(document(*nodes, version=version, **app_data), indent=2) + "\n"


def document_text(*nodes: dict[str, Any], parameters: tuple[Any, ...] = ()) -> str:
    """A document whose nodes are ``{"name", "file", "after", ...component parameters}``."""
    properties: Json = {
        "name": "churn",
        "runtime": "Generic",
        "pipeline_parameters": [*parameters],
    }
    return text(*(_node_of(**each) for each in nodes), properties=properties)


def write_pipeline(path: Path, *nodes: dict[str, Any], **texts: str) -> None:
    """Write such a document and the files of its nodes; ``texts`` are codes by names of nodes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(document_text(*nodes))
    for each in nodes:
        code = texts.get(each["name"], "print(1)")
        is_notebook = each["file"].endswith(".ipynb")
        (path.parent / each["file"]).write_text(notebook_text([code]) if is_notebook else code)


def _node_of(
    name: str, file: str, after: tuple[str, ...] = (), **parameters: Json
) -> dict[str, Json]:
    kind = "notebook" if file.endswith(".ipynb") else "python"
    given: dict[str, Json] = {"filename": file, "runtime_image": "a/b:1", **parameters}
    return node(name, *after, op=f"execute-{kind}-node", **given)
