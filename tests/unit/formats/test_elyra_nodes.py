"""Nodes of Elyra's documents: made, and made again around what people edited."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from aidevsecops_ext.domain.environment_names import Variable
from aidevsecops_ext.domain.pipeline import NodeKind
from aidevsecops_ext.domain.pipeline_draft import NodeCustody, PlannedNode
from aidevsecops_ext.domain.pipeline_layout import ACROSS, LEFT, TOP, Position
from aidevsecops_ext.formats.elyra_nodes import (
    custody_of,
    empty_content,
    new_id,
    position_of,
    with_nodes,
)
from aidevsecops_ext.formats.elyra_pipeline import primary_of, read, text_of_document
from aidevsecops_ext.formats.toml_text import table_of, tables_of, text_of
from tests.kits.pipelines import document, node

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json
    from aidevsecops_ext.domain.pipeline import Pipeline

Content = dict[str, "Json"]

LOAD = PlannedNode(
    id="load",
    name="load",
    file="flow-load.ipynb",
    comment="Load\nflow.ipynb, cells 1-4",
    custody=NodeCustody("flow.ipynb", "load", "overlays/load", "abc"),
    image="example.org/o/load:v1",
    dependencies=("lib.py",),
    outputs=("artifacts/flow/load/*",),
    variables=(Variable("KEY", is_required=True),),
)
TRAIN = PlannedNode(
    id="train",
    name="train",
    file="flow-train.ipynb",
    comment="Train",
    custody=NodeCustody("flow.ipynb", "train"),
    upstream=("load",),
)


def _made(*planned: PlannedNode) -> Content:
    return with_nodes(empty_content("flow"), planned or (LOAD, TRAIN)).content


def _node(content: Content, id_: str) -> Content:
    nodes = tables_of(primary_of(content), "nodes")
    return next(node for node in nodes if text_of(node, "id") == id_)


def _parameters(content: Content, id_: str) -> Content:
    return table_of(_node(content, id_), "app_data", "component_parameters")


def _comments(content: Content) -> list[Content]:
    return tables_of(table_of(primary_of(content), "app_data", "ui_data"), "comments")


def _move(content: Content, id_: str, x: int, y: int) -> None:
    table_of(_node(content, id_), "app_data", "ui_data").update({"x_pos": x, "y_pos": y})


def _pipeline(content: Content) -> Pipeline:
    return read(text_of_document(content), "flow.pipeline").pipeline


def test_a_new_document_says_all_that_was_planned() -> None:
    content = _made()

    load, train = _pipeline(content).nodes
    assert (load.file, load.image, load.kind) == (
        "flow-load.ipynb",
        "example.org/o/load:v1",
        NodeKind.NOTEBOOK,
    )
    assert (load.dependencies, load.outputs) == (("lib.py",), ("artifacts/flow/load/*",))
    assert (load.environment, train.upstream) == ({"KEY": ""}, ("load",))
    assert custody_of(_node(content, "load")) == LOAD.custody
    assert position_of(_node(content, "load")) == Position(LEFT, TOP)
    assert position_of(_node(content, "train")) == Position(LEFT + ACROSS, TOP)
    first, second = _comments(content)
    assert (first["content"], first["associated_id_refs"]) == (LOAD.comment, [{"node_ref": "load"}])
    assert (second["x_pos"], second["y_pos"]) == (LEFT + ACROSS, TOP - 78)


def test_scripts_are_nodes_of_their_kind() -> None:
    python, r = replace(LOAD, file="a.py"), replace(TRAIN, file="b.R")

    assert [each.kind for each in _pipeline(_made(python, r)).nodes] == [
        NodeKind.PYTHON,
        NodeKind.R,
    ]


def test_ids_are_the_same_for_the_same_words() -> None:
    assert new_id("a", "b") == new_id("a", "b") != new_id("a", "c")


def test_the_same_plan_changes_nothing() -> None:
    content = _made()

    assert text_of_document(with_nodes(content, (LOAD, TRAIN)).content) == text_of_document(content)


def test_what_nobody_edited_becomes_what_is_planned_now() -> None:
    later = replace(
        LOAD,
        name="fetch",
        file="flow-fetch.ipynb",
        image="example.org/o/load:v2",
        dependencies=("other.py",),
        outputs=(),
        variables=(Variable("TOKEN", is_required=False),),
        comment="Fetch",
        custody=NodeCustody("flow.ipynb", "load", "overlays/load", "def"),
    )

    content = with_nodes(_made(), (later, replace(TRAIN, upstream=()))).content

    load, train = _pipeline(content).nodes
    assert (load.name, load.file, load.image) == (
        "fetch",
        "flow-fetch.ipynb",
        "example.org/o/load:v2",
    )
    assert (load.dependencies, load.outputs) == (("other.py",), ())
    assert load.environment == {"TOKEN": ""}
    assert train.upstream == ()
    assert custody_of(_node(content, "load")) == later.custody
    assert _comments(content)[0]["content"] == "Fetch"


def test_what_somebody_edited_stays() -> None:
    content = _made()
    parameters = _parameters(content, "load")
    parameters |= {
        "runtime_image": "example.org/mine/load:v9",
        "cpu": 4,
        "dependencies": ["mine.csv"],
        "outputs": ["artifacts/flow/load/*", "report.html"],
        "env_vars": [
            {"env_var": "KEY", "value": "1"},
            {"env_var": "MINE", "value": ""},
        ],
    }
    app_data = table_of(_node(content, "load"), "app_data")
    app_data["label"] = table_of(app_data, "ui_data")["label"] = "Laden"
    _comments(content)[0]["content"] = "My words"
    later = replace(
        LOAD, image="example.org/o/load:v2", variables=(), dependencies=("lib.py", "x.py")
    )

    load = _pipeline(with_nodes(content, (later, TRAIN)).content).nodes[0]
    found = with_nodes(content, (later, TRAIN)).content

    assert (load.name, load.image) == ("Laden", "example.org/mine/load:v9")
    assert load.resources.cpu == 4
    assert load.dependencies == ("mine.csv", "x.py")
    assert load.outputs == ("artifacts/flow/load/*", "report.html")
    assert load.environment == {"KEY": "1", "MINE": ""}
    assert _comments(found)[0]["content"] == "My words"


def test_links_that_people_made_and_cut_stay_so() -> None:
    third = replace(TRAIN, id="score", name="score", upstream=("load", "train"))
    content = _made(LOAD, TRAIN, third)
    port = tables_of(_node(content, "score"), "inputs")[0]
    port["links"] = [link for link in tables_of(port, "links") if link["node_id_ref"] == "train"]
    load: Content = {"id": "mine", "node_id_ref": "score", "port_id_ref": "outPort"}
    tables_of(_node(content, "load"), "inputs")[0]["links"] = [load]

    nodes = _pipeline(with_nodes(content, (LOAD, TRAIN, third)).content).nodes

    assert [each.upstream for each in nodes] == [("score",), ("load",), ("train",)]


def test_places_stay_once_somebody_moved_one() -> None:
    content = _made()
    _move(content, "load", 500, 600)

    found = with_nodes(content, (LOAD, TRAIN, replace(TRAIN, id="new", name="new"))).content

    assert position_of(_node(found, "load")) == Position(500, 600)
    assert position_of(_node(found, "train")) == Position(LEFT + ACROSS, TOP)
    assert position_of(_node(found, "new")) == Position(LEFT + ACROSS, TOP + 180)
    comments = {text_of(each, "content"): each for each in _comments(found)}
    assert len(_comments(found)) == 3
    assert comments[LOAD.comment]["x_pos"] == LEFT


def test_places_and_comments_are_made_anew_while_nobody_moved_any() -> None:
    first = replace(LOAD, id="zero", name="zero", upstream=(), comment="Zero")

    found = with_nodes(_made(), (first, replace(LOAD, upstream=("zero",)), TRAIN)).content

    assert position_of(_node(found, "load")) == Position(LEFT + ACROSS, TOP)
    comments = {text_of(each, "content"): each for each in _comments(found)}
    assert comments[LOAD.comment]["x_pos"] == LEFT + ACROSS
    assert comments["Zero"]["x_pos"] == LEFT


def test_a_comment_that_was_deleted_does_not_come_back() -> None:
    content = _made()
    table_of(primary_of(content), "app_data", "ui_data")["comments"] = []

    assert _comments(with_nodes(content, (LOAD, TRAIN)).content) == []


def test_a_step_that_is_no_more_goes_with_its_links_and_comment() -> None:
    content = _made()
    mine: Content = node("mine", "load")
    tables = primary_of(content)["nodes"]
    assert isinstance(tables, list)
    tables.append(mine)

    found = with_nodes(content, (replace(TRAIN, upstream=()),))

    assert [(n.name, n.upstream) for n in _pipeline(found.content).nodes] == [
        ("train", ()),
        ("mine", ()),
    ]
    assert [each["content"] for each in _comments(found.content)] == ["Train"]
    assert found.notes == ()


def test_a_step_that_is_no_more_stays_where_somebody_edited_it() -> None:
    for change in ({"cpu": 1, "outputs": []}, {"env_vars": [{"env_var": "KEY", "value": "1"}]}):
        content = _made()
        _parameters(content, "load").update(copy.deepcopy(change))  # type: ignore[arg-type]

        found = with_nodes(content, (replace(TRAIN, upstream=()),))

        assert len(_pipeline(found.content).nodes) == 2
        assert found.notes == ("load belongs to no step any more; it was edited, and stays.",)


def test_a_node_that_somebody_made_for_the_file_is_taken() -> None:
    theirs = node("theirs", filename="flow-load.ipynb", runtime_image="example.org/o/mine:v1")
    theirs["inputs"] = []
    other = node("other")

    found = with_nodes(document(theirs, other), (LOAD, TRAIN)).content

    load, _, train = _pipeline(found).nodes
    assert (load.id, load.name, load.image) == ("theirs", "theirs", "example.org/o/mine:v1")
    assert load.dependencies == ("lib.py",)
    assert train.upstream == ("theirs",)
    assert custody_of(_node(found, "theirs")) == LOAD.custody
    assert custody_of(_node(found, "other")) is None
    assert position_of({}) is None
