"""Splits of real notebooks: what their previews say, as far as it was held against the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from aidevsecops_ext.domain.cut import CutBy, CutRequest
from aidevsecops_ext.domain.plan import plan_split
from aidevsecops_ext.domain.split import SplitCode, SplitPlan
from aidevsecops_ext.domain.steps import cut
from aidevsecops_ext.formats.notebook_json import parse
from tests.kits.corpus import FOLDER, needs_corpus, notebooks

pytestmark = needs_corpus


def preview(path: Path | str, by: CutBy = CutBy.HEADING) -> SplitPlan:
    """The plan of a real notebook, which is not changed."""
    notebook = parse((Path(FOLDER) / path).read_text("utf-8"), str(path))
    return plan_split(notebook, cut(notebook, CutRequest(by)))


def codes_of(found: SplitPlan) -> list[tuple[SplitCode, int | None, int | None]]:
    return [(each.code, each.cell, each.line) for each in found.warnings if each.is_error]


@pytest.mark.parametrize("path", notebooks(), ids=lambda path: path.stem)
def test_previews_of_real_notebooks_refuse_only_what_cannot_cross(path: Path) -> None:
    found = preview(path)

    refused = [(SplitCode.NOT_WRITABLE, 4, 6)] if path.stem == "frauddetection" else []
    assert codes_of(found) == refused
    names = [step.name for step in found.steps]
    assert len(set(names)) == len(names) > 1
    assert all(name.isidentifier() and name == name.lower() for name in names)
    places = {name: place for place, name in enumerate(names)}
    assert all(places[edge.source] < places[edge.target] for edge in found.edges)
    for step in found.steps:
        for taking in step.takes:
            assert set(taking.names) <= set(found.steps[places[taking.producer]].outputs)


def test_preview_says_in_which_lines_real_notebooks_read_what_nobody_binds() -> None:
    folder = "elyra-aidevsecops-tutorial/notebooks/neural-magic-torch-mnist"

    found = preview(f"{folder}/download_dataset.ipynb")

    undefined = [each for each in found.warnings if each.code is SplitCode.UNDEFINED_NAME]
    assert [(each.cell, each.message.split()[0]) for each in undefined] == [(5, "data_name")]
    assert [each.line for each in undefined] == [42]


def test_preview_repeats_the_logging_of_a_real_notebook_where_it_logs() -> None:
    found = preview("elyra-aidevsecops-tutorial/notebooks/tf-mnist/download_dataset.ipynb")

    (setting,) = found.steps[1].settings
    assert "logging.basicConfig(level=logging.INFO)" in setting.source
    assert "DEBUG_LEVEL" in found.steps[1].inputs


def test_preview_takes_no_variable_that_only_making_a_model_reads() -> None:
    folder = "elyra-aidevsecops-tutorial/notebooks/neural-magic-torch-mnist"

    for name in ("training", "sparsify"):
        steps = {step.name: step for step in preview(f"{folder}/{name}.ipynb").steps}
        assert "num_classes" in steps["create_cnn_model"].inputs
        assert not any(
            "num_classes" in step.inputs for step in steps.values() if step.name.startswith("eval")
        )


def test_preview_gives_matplotlib_to_the_steps_of_a_real_notebook_that_draw() -> None:
    found = preview("fraud_detection_support/notebook/frauddetection.ipynb")

    drawing = {
        step.name
        for step in found.steps
        if "matplotlib" in {module.top_level for module in step.modules}
    }
    assert "alternatively_perform_a_correlation" in drawing
    assert drawing.isdisjoint({"read_data_based_on_selection", "seldon_deployment"})


def test_preview_has_training_and_model_of_the_seldon_workflow() -> None:
    found = preview("fraud_detection_support/notebook/frauddetection.ipynb", CutBy.TAG)

    assert [step.name for step in found.steps] == ["train", "wrapper"]
    assert [(edge.source, edge.target) for edge in found.edges] == [("train", "wrapper")]
    assert codes_of(found) == []
