"""Pipelines of older versions, and what does not fit their repository any more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aidevsecops_ext.app.import_pipeline import import_pipeline
from aidevsecops_ext.app.validate_pipeline import ValidatePorts
from aidevsecops_ext.domain.errors import ErrorCode, RefusedError
from aidevsecops_ext.domain.json_value import Json
from aidevsecops_ext.formats.elyra_pipeline import primary_of
from aidevsecops_ext.formats.toml_text import table_of
from tests.fakes.files import FakeFiles
from tests.fakes.secret_scanner import FakeSecretScanner
from tests.kits.corpus import FOLDER, needs_corpus
from tests.kits.notebooks import notebook_text
from tests.kits.pipeline_projects import AICOE_CI, PipelineKit
from tests.kits.pipelines import node, old_node, text


def _ports(kit: PipelineKit) -> ValidatePorts:
    return ValidatePorts(kit.ports, FakeSecretScanner, frozenset, lambda: kit.kernels)


def test_an_older_pipeline_becomes_one_of_today() -> None:
    image = "registry.example/o/churn-train:v1.0.0"
    kit = PipelineKit(
        FakeFiles(
            {
                "old.pipeline": text(
                    old_node("train", runtime_image=image, env_vars=["A=x,y"]),
                    old_node("gone", "train", runtime_image="o/b:v1"),
                    version=3,
                ),
                "n/gone.ipynb": "",
                "train.ipynb": notebook_text(["open('nowhere.csv')"]),
                ".aicoe-ci.yaml": AICOE_CI,
            }
        ),
        tags=("v1.2.0",),
    )

    draft = import_pipeline("old.pipeline", None, _ports(kit), kit.cancel)

    assert draft.preview.path == "old.pipeline"
    assert draft.preview.state == "replaced"
    assert draft.document.version == 8
    assert draft.document.pipeline.nodes[0].environment == {"A": "x,y"}
    assert draft.notes == (
        "Version 3 becomes version 8.",
        f"train: Its image {image} is not of the newest release. "
        "Use registry.example/o/churn-train:v1.2.0.",
        "gone: Its file gone.ipynb is not there. Is it n/gone.ipynb?",
        "Corrected on wish (--fix), for there is but one answer: 2.",
    )


def test_what_has_one_answer_is_corrected() -> None:
    image = "registry.example/o/churn-train:v1.0.0"
    nodes = (
        node("train", filename="t/train.ipynb", runtime_image=image),
        node("gone", "train"),
        node("twice"),
    )
    there = ("train.ipynb", "n/gone.ipynb", "a/twice.ipynb", "b/twice.ipynb")
    texts = {path: notebook_text([]) for path in there}
    defaults: Json = {"pipeline_defaults": {"runtime_image": image}}
    texts |= {"p.pipeline": text(*nodes, properties=defaults), ".aicoe-ci.yaml": AICOE_CI}
    kit = PipelineKit(FakeFiles(texts), tags=("v1.2.0",))

    draft = import_pipeline("p.pipeline", None, _ports(kit), kit.cancel, is_corrected=True)

    fresh, pipeline = "registry.example/o/churn-train:v1.2.0", draft.document.pipeline
    assert [each.file for each in pipeline.nodes] == [
        "train.ipynb",
        "n/gone.ipynb",
        "twice.ipynb",
    ]
    assert [each.image for each in pipeline.nodes] == [fresh, "", ""]
    assert {pipeline.image_of(each) for each in pipeline.nodes} == {fresh}
    assert "train: Its file t/train.ipynb is not there. It becomes train.ipynb." in draft.notes
    assert draft.notes[-1].endswith("Is it a/twice.ipynb or b/twice.ipynb?")
    kit.files.texts["p.pipeline"] = draft.preview.text
    again = import_pipeline("p.pipeline", None, _ports(kit), kit.cancel, is_corrected=True)
    assert again.preview.state == "unchanged"


@pytest.mark.parametrize("out", ["new", "new.pipeline"])
def test_a_pipeline_of_today_stays_as_it_is_written(out: str) -> None:
    written = text(node("a", runtime_image="o/a:v1")) + "\n"
    kit = PipelineKit(FakeFiles({"p.pipeline": written, "a.ipynb": notebook_text([])}))

    same = import_pipeline("p.pipeline", None, _ports(kit), kit.cancel)
    other = import_pipeline("p.pipeline", out, _ports(kit), kit.cancel)

    assert (same.preview.state, same.notes) == ("unchanged", ())
    assert (other.preview.path, other.preview.state) == ("new.pipeline", "created")
    assert other.preview.text == written


def test_what_only_the_editor_can_migrate_is_left_to_it() -> None:
    kit = PipelineKit(FakeFiles({"p.pipeline": text(node("a", op="filter-text"), version=5)}))

    with pytest.raises(RefusedError) as caught:
        import_pipeline("p.pipeline", None, _ports(kit), kit.cancel)

    assert caught.value.code is ErrorCode.PIPELINE_NEEDS_EDITOR
    assert "(a)" in caught.value.message


@needs_corpus
@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("elyra-aidevsecops-tutorial", ["download_dataset.ipynb", "training.ipynb"]),
        ("elyra-aidevsecops-tutorial-neural-magic", []),
    ],
)
def test_real_pipelines_are_imported(name: str, missing: list[str]) -> None:
    folder = Path(FOLDER) / "elyra-aidevsecops-tutorial"
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.suffix in (".ipynb", ".pipeline", ".yaml")
    }
    kit = PipelineKit(FakeFiles(texts), tags=("v0.13.0",))

    draft = import_pipeline(f"{name}.pipeline", None, _ports(kit), kit.cancel)

    old = json.loads(texts[f"{name}.pipeline"])["pipelines"][0]
    nodes = draft.document.pipeline.nodes
    assert [each.name for each in nodes] == [
        each["app_data"]["ui_data"]["label"] for each in old["nodes"]
    ]
    for before, after in zip(old["nodes"], nodes, strict=True):
        assert [f"{n}={v}" for n, v in after.environment.items()] == before["app_data"]["env_vars"]
    for label in missing:
        assert any(f"{label}: Its file" in note and "Is it" in note for note in draft.notes)
    stale = [note for note in draft.notes if "not of the newest release" in note]
    assert len(stale) == len(missing)
    drawn = table_of(primary_of(draft.document.content), "app_data", "ui_data")
    assert drawn == old["app_data"]["ui_data"]
