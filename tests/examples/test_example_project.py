"""The example project is real: its notebooks run, and its own tools understand it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from nbclient import NotebookClient

from aidevsecops_ext.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
STEPS = ["notebooks/01-data.ipynb", "notebooks/02-training.ipynb", "notebooks/03-scoring.ipynb"]
MONOLITH = "digits-pipeline.ipynb"
SECONDS_A_CELL = 50


@pytest.fixture
def project(tmp_path: Path) -> Path:
    made = shutil.ignore_patterns("data", "models", "reports", "__pycache__")
    return Path(shutil.copytree(EXAMPLES, tmp_path / "project", ignore=made))


def run(notebook: Path) -> None:
    """Run every cell in the notebook's own folder, as Run All in JupyterLab does."""
    content = nbformat.read(notebook, as_version=4)
    resources = {"metadata": {"path": str(notebook.parent)}}
    NotebookClient(content, timeout=SECONDS_A_CELL, resources=resources).execute()


@pytest.mark.parametrize("name", [*STEPS, MONOLITH])
def test_example_notebook_is_committed_clean(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")

    content = nbformat.reads(text, as_version=4)

    nbformat.validate(content)
    assert (content.nbformat, content.nbformat_minor) == (4, 5)
    assert content.metadata.kernelspec.name == "python3"
    assert not [cell.id for cell in content.cells if cell.get("outputs")]
    assert text == json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        (STEPS[0], {"matplotlib", "numpy", "scikit-learn"}),
        (STEPS[1], {"joblib", "matplotlib", "numpy", "scikit-learn"}),
        (STEPS[2], {"joblib", "matplotlib", "numpy"}),
        (MONOLITH, {"joblib", "matplotlib", "numpy", "scikit-learn"}),
    ],
)
def test_discover_finds_exactly_what_the_example_needs(
    project: Path, name: str, needed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)

    answer = CliRunner().invoke(main, ["discover", "--json", "--offline", name])

    found = json.loads(answer.stdout)
    assert {requirement["name"] for requirement in found["requirements"]} == needed
    assert found["unresolved"] == []
    assert found["problems"] == []
    assert "digits" in {module["import"] for module in found["local"]}


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_example_steps_leave_a_good_model_when_run_in_order(project: Path) -> None:
    for step in STEPS:
        run(project / step)

    metrics = json.loads((project / "reports" / "metrics.json").read_text(encoding="utf-8"))
    predictions = (project / "reports" / "predictions.csv").read_text(encoding="utf-8")
    assert metrics["accuracy"] >= 0.97
    assert len(predictions.splitlines()) == 121


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_example_pipeline_leaves_a_good_model_when_run_alone(project: Path) -> None:
    run(project / MONOLITH)

    report = project / "reports" / "pipeline-metrics.json"
    assert json.loads(report.read_text(encoding="utf-8"))["accuracy"] >= 0.97
