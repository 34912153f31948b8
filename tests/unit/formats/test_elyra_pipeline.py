"""Elyra's documents as pipelines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError, UserError
from aidevsecops_ext.domain.pipeline import NodeKind, Parameter, Resources, RuntimeType
from aidevsecops_ext.formats.elyra_pipeline import read
from tests.kits.pipelines import document, node, old_node, text

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json


def _parameters(content: dict[str, Json], number: int = 0) -> dict[str, Json]:
    found: dict[str, Json] = content["pipelines"][0]["nodes"][number]["app_data"]  # type: ignore[index,call-overload,assignment]
    parameters = found["component_parameters"]
    assert isinstance(parameters, dict)
    return parameters


def _read(document: Json) -> str:
    with pytest.raises(UserError) as caught:
        read(json.dumps(document), "a/flow.pipeline")
    assert caught.value.code is ErrorCode.PIPELINE_INVALID
    return caught.value.message


def test_a_node_is_read_whole() -> None:
    one = node(
        "train",
        "load",
        runtime_image="example.org/o/train:v1",
        dependencies=["a.py", "", " data/*.csv "],
        include_subdirectories=True,
        outputs=["model.bin"],
        env_vars=[{"env_var": "MODE", "value": "a=b,c"}, {"env_var": "KEY", "value": None}],
        cpu=2,
        cpu_limit=None,
        memory=1.5,
        memory_limit="",
        gpu=1,
        gpu_vendor="example.org/gpu",
        pipeline_parameters=["rate"],
    )

    found = read(text(node("load"), one), "a/flow.pipeline").pipeline.nodes[1]

    assert (found.id, found.name, found.kind) == ("train", "train", NodeKind.NOTEBOOK)
    assert found.file == "train.ipynb"
    assert found.image == "example.org/o/train:v1"
    assert found.dependencies == ("a.py", "data/*.csv")
    assert found.include_subdirectories
    assert found.outputs == ("model.bin",)
    assert found.environment == {"MODE": "a=b,c", "KEY": ""}
    assert found.resources == Resources(cpu=2, memory=1.5, gpu=1, gpu_vendor="example.org/gpu")
    assert found.upstream == ("load",)
    assert found.parameters == ("rate",)


def test_the_pipeline_is_called_like_its_file() -> None:
    found = read(text(node("a"), name="other"), "folder/flow.pipeline")

    assert (found.name, found.pipeline.name, found.is_migrated) == ("flow", "flow", False)


def test_defaults_and_parameters_are_those_of_its_properties() -> None:
    properties: Json = {
        "name": "p",
        "pipeline_defaults": {
            "runtime_image": "example.org/o/all:v1",
            "env_vars": [{"env_var": "LOG", "value": "1"}],
        },
        "pipeline_parameters": [
            {"name": "rate", "default_value": {"type": "Float", "value": 0.1}, "required": False},
            {"name": "who", "default_value": {"type": "String", "value": ""}, "required": True},
            {"name": "bare"},
        ],
    }
    found = read(text(node("a"), properties=properties), "p.pipeline").pipeline

    assert found.default_image == "example.org/o/all:v1"
    assert found.default_environment == {"LOG": "1"}
    assert found.parameters == (
        Parameter("rate", "Float", "0.1"),
        Parameter("who", is_required=True),
        Parameter("bare"),
    )


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("KUBEFLOW_PIPELINES", RuntimeType.KUBEFLOW),
        ("APACHE_AIRFLOW", RuntimeType.AIRFLOW),
        ("ARGO", RuntimeType.GENERIC),
    ],
)
def test_engine_is_that_of_the_document(said: str, kind: RuntimeType) -> None:
    assert read(text(node("a"), runtime_type=said), "p.pipeline").pipeline.runtime_type is kind


def test_equal_labels_become_different_names() -> None:
    second, third = node("b"), node("c")
    for each in (second, third):
        each["app_data"]["ui_data"]["label"] = "a"  # type: ignore[index,call-overload]

    found = read(text(node("a"), second, third), "p.pipeline").pipeline

    assert [each.name for each in found.nodes] == ["a", "a (2)", "a (3)"]


@pytest.mark.parametrize(("file", "name"), [("x/train.ipynb", "train.ipynb"), ("", "n1")])
def test_a_node_without_label_is_called_like_its_file_or_id(file: str, name: str) -> None:
    bare = node("n1", filename=file)
    bare["app_data"] = {"component_parameters": {"filename": file}}

    assert read(text(bare), "p.pipeline").pipeline.nodes[0].name == name


def test_a_component_of_a_catalog_is_kept_and_not_looked_into() -> None:
    found = read(text(node("filter", op="some-catalog:0a1b", env_vars=7)), "p.pipeline").pipeline

    assert found.nodes[0].kind is NodeKind.OTHER
    assert (found.nodes[0].op, found.nodes[0].file) == ("some-catalog:0a1b", "")


def test_nodes_within_a_super_node_count_as_the_pipelines_own() -> None:
    inner = node("inner")
    group: Json = {
        "id": "group",
        "type": "super_node",
        "app_data": {"ui_data": {"label": "Group"}},
        "subflow_ref": {"pipeline_id_ref": "sub"},
        "inputs": [
            {
                "id": "inner_inPort",
                "links": [{"node_id_ref": "first", "port_id_ref": "outPort"}],
            },
            {"id": "other_inPort", "links": [{"node_id_ref": "x", "port_id_ref": "outPort"}]},
        ],
    }
    last = node("last")
    last["inputs"] = [
        {
            "id": "inPort",
            "links": [
                {"node_id_ref": "group", "port_id_ref": "inner_outPort"},
                {"node_id_ref": "group", "port_id_ref": "strange"},
            ],
        }
    ]
    whole = document(node("first"), group, last)
    sub: Json = {"id": "sub", "nodes": [inner, {"id": "b", "type": "binding"}], "app_data": {}}
    whole["pipelines"].append(sub)  # type: ignore[union-attr]

    nodes = read(json.dumps(whole), "p.pipeline").pipeline.nodes

    assert [(each.name, each.upstream) for each in nodes] == [
        ("first", ()),
        ("inner", ("first",)),
        ("last", ("inner",)),
    ]


def test_other_content_is_laid_out_as_elyra_writes_it() -> None:
    found = read(text(node("a")), "p.pipeline")
    content = json.loads(found.text)
    content["extra"] = "ä"

    changed = found.with_content(content)

    assert changed.text == found.text.removesuffix("\n}\n") + ',\n  "extra": "ä"\n}'
    assert changed.pipeline == found.pipeline


def test_a_document_of_version_3_is_migrated() -> None:
    one = old_node(
        "train",
        "load",
        runtime_image="example.org/o/train:v1",
        env_vars=["A=x,y", "B=", "", "C", "D=1=2"],
        cpu=1,
        something=["else"],
    )

    binding: Json = {"id": "b", "type": "binding"}
    found = read(text(old_node("load"), one, binding, version="3"), "flow.pipeline")

    assert (found.version, found.is_migrated) == (3, True)
    assert found.pipeline.nodes[1].environment == {"A": "x,y", "B": "", "C": "", "D": "1=2"}
    assert found.pipeline.nodes[1].name == "train"
    pipeline = found.content["pipelines"][0]  # type: ignore[index]
    assert pipeline["app_data"]["version"] == 8  # type: ignore[index,call-overload]
    assert pipeline["app_data"]["properties"] == {"name": "flow", "runtime": "Generic"}  # type: ignore[index,call-overload]
    assert _parameters(found.content, 1)["something"] == ["else"]
    assert "invalidNodeError" not in _parameters(found.content, 1)
    assert json.loads(found.text)["pipelines"][0]["app_data"]["version"] == "3"


def test_texts_are_cut_where_their_parts_are() -> None:
    one = node(
        "a",
        mounted_volumes=["/mnt/my-data=claim"],
        kubernetes_pod_annotations=["prometheus.io/scrape=true"],
        kubernetes_pod_labels=[{"key": "team", "value": "a"}],
        kubernetes_secrets=["KEY=store:key-of-it"],
        kubernetes_tolerations=["T=example.org/gpu:Exists::NoExecute", "U=key"],
        kubernetes_unknown=["x=y"],
        other=["x=y"],
    )
    defaults: Json = {"pipeline_defaults": {"env_vars": ["LOG=a,b"]}}

    found = read(text(one, version=7, properties=defaults), "p.pipeline")

    parameters = _parameters(found.content)
    assert parameters["mounted_volumes"] == [{"path": "/mnt/my-data", "pvc_name": "claim"}]
    assert parameters["kubernetes_pod_annotations"] == [
        {"key": "prometheus.io/scrape", "value": "true"}
    ]
    assert parameters["kubernetes_pod_labels"] == [{"key": "team", "value": "a"}]
    assert parameters["kubernetes_secrets"] == [
        {"env_var": "KEY", "name": "store", "key": "key-of-it"}
    ]
    assert parameters["kubernetes_tolerations"] == [
        {"key": "example.org/gpu", "operator": "Exists", "value": "", "effect": "NoExecute"},
        {"key": "key", "operator": "", "value": "", "effect": ""},
    ]
    assert (parameters["kubernetes_unknown"], parameters["other"]) == (["x=y"], ["x=y"])
    assert found.pipeline.default_environment == {"LOG": "a,b"}


def test_an_old_name_of_the_engine_becomes_that_of_today() -> None:
    found = read(text(node("a"), version=5, runtime="kfp"), "p.pipeline")

    assert found.pipeline.runtime_type is RuntimeType.KUBEFLOW


def test_properties_of_components_are_named_as_today() -> None:
    one = node(
        "a",
        op="some-catalog:0a1b",
        text={"activeControl": "StringControl", "StringControl": "x"},
        path={"value": "a", "option": "b"},
    )

    found = read(text(one, version=7), "p.pipeline")

    parameters = _parameters(found.content)
    assert parameters["text"] == {"widget": "string", "value": "x"}
    assert parameters["path"] == {"widget": "inputpath", "value": {"value": "a", "option": "b"}}
    assert found.needs_editor == ()


def test_components_of_older_documents_are_left_to_the_editor() -> None:
    found = read(text(node("a"), node("b", op="filter-text"), version=5), "p.pipeline")

    assert found.needs_editor == ("b",)


@pytest.mark.parametrize(("version", "word"), [(2, "newer one"), (9, "update this extension")])
def test_other_versions_are_refused(version: int, word: str) -> None:
    with pytest.raises(RefusedError) as caught:
        read(text(node("a"), version=version), "p.pipeline")

    assert caught.value.code is ErrorCode.PIPELINE_UNSUPPORTED_VERSION
    assert f"of version {version}" in caught.value.message
    assert word in caught.value.hint


@pytest.mark.parametrize("written", ["{", "[]", "{}", '{"pipelines": []}', "[" * 100_000])
def test_what_is_no_document_is_said(written: str) -> None:
    with pytest.raises(UserError, match="The pipeline flow cannot be read"):
        read(written, "flow.pipeline")


def _broken(change: str) -> Json:
    whole: dict[str, Json] = document(node("a"), node("b"))
    pipeline: dict[str, Json] = whole["pipelines"][0]  # type: ignore[index,assignment]
    if change == "primary":
        whole["primary_pipeline"] = "gone"
    elif change == "nodes":
        pipeline["nodes"] = {}
    elif change == "entry":
        pipeline["nodes"] = [node("a"), "b"]
    elif change == "type":
        pipeline["nodes"] = [{"id": "a", "type": "model_node"}]
    elif change == "version":
        pipeline["app_data"] = {"version": True}
    elif change == "twice":
        pipeline["nodes"] = [node("a"), node("a")]
    elif change == "group":
        pipeline["nodes"] = [{"id": "a", "type": "super_node"}]
    elif change == "endless":
        group: Json = {
            "id": "a",
            "type": "super_node",
            "subflow_ref": {"pipeline_id_ref": "primary"},
        }
        pipeline["nodes"] = [group]
    elif change == "app_data":
        pipeline["nodes"] = [{"id": "a", "type": "execution_node"}]
    return whole


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("primary", "'primary_pipeline' names none"),
        ("nodes", "'nodes' is not a list"),
        ("entry", "node 2 is no object with an 'id'"),
        ("type", "unknown 'type' 'model_node'"),
        ("version", "version' is not a number"),
        ("twice", "two nodes have the 'id' a"),
        ("group", "no pipeline in 'subflow_ref'"),
        ("endless", "no pipeline in 'subflow_ref'"),
        ("app_data", "'app_data.component_parameters' of node a is not an object"),
    ],
)
def test_a_broken_document_says_where(change: str, said: str) -> None:
    assert said in _read(_broken(change))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"cpu": "many"}, "'cpu' of node a is not a number"),
        ({"gpu": True}, "'gpu' of node a is not a number"),
        ({"outputs": "all"}, "'outputs' of node a is not a list"),
        ({"dependencies": [1]}, "'dependencies' of node a is not a list of texts"),
        ({"env_vars": ["A=1"]}, "'env_vars' of node a is not a list of objects"),
        ({"env_vars": [{"env_var": "A", "value": 1}]}, "'env_vars' of node a is not a list"),
    ],
)
def test_a_wrong_property_is_named(parameters: dict[str, Json], said: str) -> None:
    whole = document(node("a"))
    _parameters(whole).update(parameters)

    assert said in _read(whole)
