"""Small documents of Elyra's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
