"""Documents of Elyra's older versions as those of today, 8.

Texts like ``NAME=value`` are cut at their first ``=``: a value may hold commas, dots, slashes and
further signs, as ``prometheus.io/scrape=true`` does. What is known of no version stays as it is.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from ..domain.pipeline import NodeKind
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from ..domain.json_value import Json

OLDEST, NEWEST = 3, 8
_WITHOUT_PARAMETERS, _WITH_RUNTIME, _WITH_OPTIONS = 3, 5, 6
_ENGINES = {"kfp": "KUBEFLOW_PIPELINES", "airflow": "APACHE_AIRFLOW"}
_WIDGETS = {
    "BooleanControl": "boolean",
    "NumberControl": "number",
    "NestedEnumControl": "inputpath",
    "StringControl": "string",
}
_PAIRS = {
    "env_vars": ("env_var", "value"),
    "mounted_volumes": ("path", "pvc_name"),
    "kubernetes_pod_annotations": ("key", "value"),
    "kubernetes_pod_labels": ("key", "value"),
}
_TOLERATION = ("key", "operator", "value", "effect")


def version_of(document: dict[str, Json]) -> int | None:
    """The version of a document; None where it says none that is a number."""
    value = table_of(_first(document), "app_data").get("version")
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def migrated(document: dict[str, Json], version: int, name: str) -> dict[str, Json]:
    """An older document in version 8; ``name`` is the pipeline's, where it says no properties."""
    document = copy.deepcopy(document)
    pipelines = tables_of(document, "pipelines")
    nodes = [node for pipeline in pipelines for node in tables_of(pipeline, "nodes")]
    if version <= _WITHOUT_PARAMETERS:
        for node in nodes:
            _move_parameters(node)
    app_data = table_of(_first(document), "app_data")
    if version <= _WITH_RUNTIME:
        _name_engine(app_data)
    for pipeline in pipelines:
        _split_texts(table_of(pipeline, "app_data", "properties", "pipeline_defaults"))
    for node in nodes:
        parameters = table_of(node, "app_data", "component_parameters")
        _split_texts(parameters)
        _name_widgets(parameters)
    # Elyra refuses a document without.
    app_data.setdefault("properties", {"name": name, "runtime": "Generic"})
    app_data["version"] = NEWEST
    return document


def needs_editor(document: dict[str, Json], version: int) -> tuple[str, ...]:
    """The nodes whose migration needs the components that an editor has loaded."""
    if version > _WITH_OPTIONS:
        return ()
    nodes = [
        node
        for pipeline in tables_of(document, "pipelines")
        for node in tables_of(pipeline, "nodes")
        if text_of(node, "type") == "execution_node"
    ]
    return tuple(
        label_of(node) for node in nodes if NodeKind.of(text_of(node, "op")) is NodeKind.OTHER
    )


def label_of(node: dict[str, Json]) -> str:
    """What people call a node."""
    app_data = table_of(node, "app_data")
    return text_of(table_of(app_data, "ui_data"), "label") or text_of(app_data, "label")


def _first(document: dict[str, Json]) -> dict[str, Json]:
    return next(iter(tables_of(document, "pipelines")), {})


def _move_parameters(node: dict[str, Json]) -> None:
    """Put what belongs to the node's code below a key of its own."""
    if text_of(node, "type") != "execution_node":
        return
    parameters = table_of(node, "app_data")
    ui_data = parameters.pop("ui_data", {})
    # What an editor last thought of the node.
    parameters.pop("invalidNodeError", None)
    node["app_data"] = {
        "component_parameters": parameters,
        "label": text_of(ui_data, "label"),
        "ui_data": ui_data,
    }


def _name_engine(app_data: dict[str, Json]) -> None:
    engine = _ENGINES.get(text_of(app_data, "runtime"))
    app_data.pop("runtime", None)
    if engine is not None:
        app_data["runtime_type"] = engine


def _split_texts(parameters: dict[str, Json]) -> None:
    """Replace texts such as ``NAME=value`` by their parts."""
    for key, value in parameters.items():
        if isinstance(value, list) and (key in _PAIRS or key.startswith("kubernetes_")):
            entries = [_parts(key, entry) if isinstance(entry, str) else entry for entry in value]
            parameters[key] = [entry for entry in entries if entry is not None]


def _parts(key: str, text: str) -> Json:
    """The parts of an entry; None for an empty one."""
    name, _, rest = text.partition("=")
    if not name.strip():
        return None
    if key in _PAIRS:
        return dict(zip(_PAIRS[key], (name.strip(), rest), strict=True))
    if key == "kubernetes_secrets":
        secret, _, inner = rest.partition(":")
        return {"env_var": name.strip(), "name": secret.strip(), "key": inner.strip()}
    if key == "kubernetes_tolerations":
        values = (*rest.split(":"), "", "", "")[: len(_TOLERATION)]
        return dict(zip(_TOLERATION, values, strict=True))
    return text


def _name_widgets(parameters: dict[str, Json]) -> None:
    """Say for the properties of components in today's words how each is entered."""
    for key, value in parameters.items():
        control = text_of(value, "activeControl")
        if isinstance(value, dict) and control:
            parameters[key] = {
                "widget": _WIDGETS.get(control, "string"),
                "value": value.get(control),
            }
        elif isinstance(value, dict) and value.keys() == {"option", "value"}:
            parameters[key] = {"widget": "inputpath", "value": value}
