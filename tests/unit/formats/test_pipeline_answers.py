"""Pipelines, images and runtime configurations as both faces answer with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aidevsecops_ext.domain.engine import IssueLevel
from aidevsecops_ext.domain.file_preview import FilePreview
from aidevsecops_ext.domain.pipeline_findings import FindingCode, error, note
from aidevsecops_ext.domain.runtime import EngineKind, RuntimeConfiguration
from aidevsecops_ext.domain.runtime_image import PullPolicy, RuntimeImage
from aidevsecops_ext.formats.elyra_pipeline import read
from aidevsecops_ext.formats.elyra_runtime import read_runtime, write_runtime
from aidevsecops_ext.formats.pipeline_answers import draft_json, pipeline_json, report_json
from aidevsecops_ext.formats.runtime_answers import image_json, runtime_json
from tests.kits.pipelines import node, text

if TYPE_CHECKING:
    from aidevsecops_ext.domain.json_value import Json


def test_a_pipeline_is_told_with_its_nodes() -> None:
    properties: Json = {"pipeline_parameters": [{"name": "rate", "required": True}]}
    written = text(node("a"), node("b", "a", op="catalog:1"), properties=properties)

    found = pipeline_json(read(written, "p.pipeline"), "f/p.pipeline")

    assert (found["path"], found["name"], found["version"]) == ("f/p.pipeline", "p", 8)
    assert found["parameters"] == [
        {"name": "rate", "kind": "String", "default": None, "required": True}
    ]
    first, second = found["nodes"]  # type: ignore[misc,str-unpack]
    assert (first["kind"], first["file"], first["position"]) == (  # type: ignore[index,call-overload]
        "notebook",
        "a.ipynb",
        {"x": 40, "y": 40},
    )
    assert (second["kind"], second["file"], second["custody"]) == ("other", None, None)  # type: ignore[index,call-overload]


def test_a_draft_is_told_with_its_file() -> None:
    document = read(text(node("a")), "p.pipeline")

    found = draft_json(document, FilePreview("p.pipeline", document.text), "p.pipeline", ["Hm."])

    assert (found["revision"], found["notes"]) == (None, ["Hm."])
    assert found["file"] == {
        "path": "p.pipeline",
        "state": "created",
        "text": document.text,
        "diff": FilePreview("p.pipeline", document.text).diff(),
    }


def test_a_report_is_valid_without_errors() -> None:
    document = read(text(node("a")), "p.pipeline")
    small = note(FindingCode.NO_OVERLAY, "Hm.", "", "a")
    large = error(FindingCode.CYCLE, "No.", "Cut it.", "")

    assert report_json(document, "p.pipeline", [small])["valid"] is True
    assert report_json(document, "p.pipeline", [small, large]) == {
        "path": "p.pipeline",
        "name": "p",
        "version": 8,
        "valid": False,
        "findings": [
            {
                "level": IssueLevel.NOTE.value,
                "code": "overlay.none",
                "message": "Hm.",
                "hint": "",
                "node": "a",
                "field": None,
            },
            {
                "level": IssueLevel.ERROR.value,
                "code": "links.cycle",
                "message": "No.",
                "hint": "Cut it.",
                "node": None,
                "field": None,
            },
        ],
    }


def test_an_image_is_told_as_it_is_registered() -> None:
    image = RuntimeImage("a", "A", "o/a:v1", pull_policy=PullPolicy.NEVER)

    found = image_json(image)

    assert (found["pull_policy"], found["pull_secret"]) == ("Never", None)
    assert image_json(RuntimeImage("a", "A", "o/a:v1"))["pull_policy"] is None


def test_a_runtime_is_written_whole_and_told_without_its_secrets() -> None:
    metadata: dict[str, Json] = {
        "api_endpoint": "https://kfp.example.org/pipeline",
        "cos_bucket": "runs",
        "cos_password": "very-secret",
    }
    runtime = RuntimeConfiguration("r", "R", EngineKind.KUBEFLOW, metadata)

    assert read_runtime(write_runtime(runtime), "r") == runtime
    assert "very-secret" not in json.dumps(runtime_json(runtime))
    assert runtime_json(runtime)["keys_in_clear"] is True
