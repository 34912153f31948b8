"""Pipelines: what a node inherits, and in which order nodes run."""

from __future__ import annotations

import pytest

from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.pipeline import Node, NodeKind, Pipeline, in_order


def _node(name: str, *upstream: str, **more: object) -> Node:
    kind = NodeKind.NOTEBOOK
    return Node(name, name, kind, kind.value, f"{name}.ipynb", upstream=upstream, **more)  # type: ignore[arg-type]


def _names(*nodes: Node) -> list[str]:
    return [node.name for node in in_order(Pipeline("p", nodes))]


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("execute-notebook-node", NodeKind.NOTEBOOK),
        ("execute-python-node", NodeKind.PYTHON),
        ("execute-r-node", NodeKind.R),
        ("url-catalog:0a1b2c3d4e5f", NodeKind.OTHER),
    ],
)
def test_kind_is_that_of_the_operation(operation: str, kind: NodeKind) -> None:
    assert NodeKind.of(operation) is kind


def test_a_node_without_image_has_that_of_the_pipeline() -> None:
    plain, special = _node("a"), _node("b", image="example.org/o/b:v1")
    pipeline = Pipeline("p", (plain, special), default_image="example.org/o/all:v1")

    assert pipeline.image_of(plain) == "example.org/o/all:v1"
    assert pipeline.image_of(special) == "example.org/o/b:v1"


def test_variables_of_a_node_come_before_those_of_the_pipeline() -> None:
    node = _node("a", environment={"MODE": "fast"})
    pipeline = Pipeline("p", (node,), default_environment={"MODE": "slow", "LOG": "1"})

    assert pipeline.environment_of(node) == {"MODE": "fast", "LOG": "1"}


def test_variables_without_a_value_are_not_set() -> None:
    node = _node("a", environment={"KEY": ""})

    assert Pipeline("p", (node,)).environment_of(node) == {}


def test_order_is_that_of_the_document_where_links_allow_it() -> None:
    assert _names(_node("a"), _node("b"), _node("c")) == ["a", "b", "c"]


def test_order_puts_what_is_needed_first() -> None:
    assert _names(_node("c", "b", "a"), _node("b", "a"), _node("a"), _node("d")) == [
        "a",
        "b",
        "c",
        "d",
    ]


def test_a_link_to_nothing_holds_nothing_up() -> None:
    assert _names(_node("a", "gone")) == ["a"]


def test_a_circle_is_named_in_its_order() -> None:
    with pytest.raises(RefusedError) as caught:
        _names(
            _node("start"),
            _node("a", "c", "start"),
            _node("b", "a"),
            _node("c", "b"),
            _node("end", "c"),
        )

    assert caught.value.code is ErrorCode.PIPELINE_CYCLE
    assert "a → b → c → a" in caught.value.message
    assert caught.value.details == {"nodes": ["a", "b", "c"]}


def test_a_node_that_waits_for_itself_is_a_circle() -> None:
    with pytest.raises(RefusedError, match="a → a"):
        _names(_node("a", "a"))
