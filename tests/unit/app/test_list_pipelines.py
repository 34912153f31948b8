"""List pipelines, also those that cannot be read."""

from __future__ import annotations

import json

from aidevsecops_ext.app.list_pipelines import list_pipelines
from aidevsecops_ext.domain.pipeline import Node, NodeKind, Parameter, Pipeline
from aidevsecops_ext.formats.pipeline_listing import entry_json
from tests.fakes.files import FakeFiles
from tests.kits.pipelines import node, text


def test_pipelines_are_listed_by_path_and_hidden_ones_left_out() -> None:
    good = text(node("load"), node("train", "load"))
    files = FakeFiles(
        {
            "flows/b.pipeline": good,
            "a.pipeline": "{",
            ".ipynb_checkpoints/a-checkpoint.pipeline": good,
            ".a.pipeline": good,
            "a.ipynb": "{}",
        }
    )

    first, second = list_pipelines(files)

    assert (first.path, second.path) == ("a.pipeline", "flows/b.pipeline")
    assert first.pipeline is None
    assert first.error is not None
    assert second.pipeline is not None
    assert [each.name for each in second.pipeline.nodes] == ["load", "train"]


def test_an_entry_names_the_nodes_before_each_and_what_a_run_is_given() -> None:
    pipeline = Pipeline(
        "p",
        (
            Node("1", "load", NodeKind.NOTEBOOK, "execute-notebook-node", "load.ipynb"),
            Node("2", "notify", NodeKind.OTHER, "catalog:slack", upstream=("1", "gone")),
        ),
        parameters=(Parameter("rate", "Float", "0.1"), Parameter("token", is_required=True)),
    )

    assert entry_json("p.pipeline", pipeline, None) == {
        "path": "p.pipeline",
        "runtime_type": "",
        "nodes": [
            {"name": "load", "file": "load.ipynb", "upstream": [], "runs_here": True},
            {"name": "notify", "file": "", "upstream": ["load"], "runs_here": False},
        ],
        "parameters": [
            {"name": "rate", "kind": "Float", "default": "0.1", "is_required": False},
            {"name": "token", "kind": "String", "default": None, "is_required": True},
        ],
        "error": None,
    }


def test_an_entry_says_why_a_document_cannot_be_read() -> None:
    (found,) = list_pipelines(FakeFiles({"a.pipeline": "{"}))

    entry = entry_json(found.path, found.pipeline, found.error)

    assert isinstance(entry, dict)
    assert entry["nodes"] == []
    assert found.error is not None
    assert entry["error"] == {
        "code": found.error.code.value,
        "message": found.error.message,
        "hint": found.error.hint,
    }
    assert json.dumps(entry)
